using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Audit.Tests;

/// <summary>Checkpoint stores and signers that fail in ways of their own, and somebody who was at the folder of evidence first.</summary>
public sealed class HostileStoreTests : IDisposable
{
    private const string Evidence = Rig.Folder + "-evidence";

    private readonly Rig _rig = new(anchored: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_gives_up_by_itself_is_a_store_that_does_not_answer()
    {
        var store = new Foreign(new FileCheckpointStore(Rig.Store, _rig.Time, _rig.Disk)) { Fault = new TaskCanceledException() };
        await using (AuditLedger closed = NewLedger(store))
            Assert.Equal(Faults.CheckpointStore, (await Assert.ThrowsAsync<MedRedactException>(() => closed.OpenAsync(Token))).Code);

        store.Fault = null;
        await using AuditLedger ledger = NewLedger(store);
        await ledger.AppendAsync(Sample.Event(0), Token);
        store.Fault = new OperationCanceledException();
        Assert.Equal(Faults.CheckpointStore, (await Assert.ThrowsAsync<MedRedactException>(async () => await ledger.PublishCheckpointAsync(Token))).Code);
        store.Fault = null;
        Assert.Equal(1, (await ledger.PublishCheckpointAsync(Token)).Size);
    }

    /// <summary>It would be copied into the evidence, which then is too long to be read.</summary>
    [Fact]
    public async Task A_store_that_pads_what_it_holds_is_one_that_holds_something_else()
    {
        await _rig.WithEventsAsync(3);
        byte[] padded = [.. _rig.Read(_rig.StoredFile()), .. SignedNote.FormatLine(new("padding", 1, new byte[20_000]))];
        Assert.Equal(3, AuditCheckpoint.Open(padded, _rig.Keys.PublicKey)!.Size);
        await using AuditLedger ledger = NewLedger(new Foreign(new FileCheckpointStore(Rig.Store, _rig.Time, _rig.Disk)) { Held = padded });
        Assert.Equal(Faults.CheckpointStore, (await Assert.ThrowsAsync<MedRedactException>(() => ledger.OpenAsync(Token))).Code);
    }

    [Fact]
    public async Task A_ledger_that_was_put_back_is_refused_as_one_whatever_its_signer_throws()
    {
        await PutBackAsync();
        foreach (Exception foreign in new Exception[] { new InvalidOperationException("foreign"), new CryptographicException(), new TaskCanceledException() })
        {
            _rig.Keys.Failure = foreign;
            await using AuditLedger ledger = _rig.NewLedger();
            var refused = await Assert.ThrowsAsync<AuditForkException>(() => ledger.OpenAsync(Token));
            Assert.Equal(Faults.RolledBack, refused.Code);
            Assert.Null(refused.EvidenceFile);
        }

        _rig.Keys.Failure = null;
    }

    [Fact]
    public async Task Evidence_is_written_beside_what_took_its_name_and_once()
    {
        await PutBackAsync();
        string expected = (await RefusedAsync()).EvidenceFile!;
        byte[] sound = _rig.Read($"{Evidence}/{expected}");
        byte[] unsigned = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(sound).Replace("\nat 2", "\nat 3", StringComparison.Ordinal));
        Assert.NotNull(ForkEvidence.Parse(unsigned));
        foreach (byte[] planted in new byte[][] { [], "nonsense"u8.ToArray(), unsigned, new byte[100_000] })
        {
            foreach (string file in _rig.Disk.List(Evidence).Select(entry => entry.Name).ToArray())
                _rig.Disk.Remove($"{Evidence}/{file}");
            _rig.Disk.Plant($"{Evidence}/{expected}", planted);

            string written = (await RefusedAsync()).EvidenceFile!;
            Assert.NotEqual(expected, written);
            Assert.Equal(EvidenceCheck.RolledBack, ForkEvidence.Parse(_rig.Read($"{Evidence}/{written}"))!.Open([_rig.Verifier], out _));
            Assert.Equal(planted, _rig.Read($"{Evidence}/{expected}"));

            _rig.Time.Advance(TimeSpan.FromDays(1));
            Assert.Equal(written, (await RefusedAsync()).EvidenceFile);
            Assert.Equal(2, _rig.Disk.List(Evidence).Count);
        }
    }

    public void Dispose() => _rig.Dispose();

    private AuditLedger NewLedger(ICheckpointStore store)
    {
        _rig.Options.CheckpointFolder = null;
        return new(_rig.Options, _rig.Keys, _rig.Time, _rig.Disk, store);
    }

    private async Task PutBackAsync()
    {
        await _rig.WithEventsAsync(3);
        Dictionary<string, byte[]> earlier = _rig.Save();
        await _rig.WithEventsAsync(2, from: 3);
        _rig.PutBack(earlier);
    }

    private async Task<AuditForkException> RefusedAsync()
    {
        await using AuditLedger ledger = _rig.NewLedger();
        return await Assert.ThrowsAsync<AuditForkException>(() => ledger.OpenAsync(Token));
    }

    private sealed class Foreign(ICheckpointStore inner) : ICheckpointStore
    {
        public Exception? Fault { get; set; }

        public byte[]? Held { get; init; }

        public ValueTask<ReadOnlyMemory<byte>?> FindAsync(string origin, CancellationToken cancellationToken = default)
        {
            if (Fault is not null)
                throw Fault;
            return Held is null ? inner.FindAsync(origin, cancellationToken) : ValueTask.FromResult<ReadOnlyMemory<byte>?>(Held);
        }

        public ValueTask<bool> CompareAndSwapAsync(string origin, AuditCheckpoint? expected, AuditCheckpoint replacement, CancellationToken cancellationToken = default) =>
            Fault is null ? inner.CompareAndSwapAsync(origin, expected, replacement, cancellationToken) : throw Fault;
    }
}

using MedRedact.Durability.Simulation;

namespace MedRedact.Audit.Tests;

/// <summary>A ledger that was put back or forked, though every signature in its folder is right.</summary>
public sealed class AnchorTests : IDisposable
{
    private const string Evidence = Rig.Folder + "-evidence";

    private readonly Rig _rig = new(anchored: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_store_holds_what_was_published_and_the_ledger_goes_on()
    {
        await _rig.WithEventsAsync(5);
        Assert.Equal(5, (await _rig.StoredAsync())!.Size);
        await _rig.WithEventsAsync(300, from: 5);
        AuditCheckpoint stored = (await _rig.StoredAsync())!;
        Assert.Equal((305, _rig.Verify().Checkpoint!.Root), (stored.Size, stored.Root));
    }

    [Fact]
    public async Task A_ledger_that_was_put_back_is_refused_with_evidence_that_proves_it_offline()
    {
        await _rig.WithEventsAsync(3);
        Dictionary<string, byte[]> earlier = _rig.Save();
        await _rig.WithEventsAsync(4, from: 3);
        _rig.PutBack(earlier);

        (AuditForkException refused, ForkEvidence evidence) = await RefusedAsync(Faults.RolledBack);
        Assert.Equal((EvidenceCheck.RolledBack, 3L, 7L), (refused.Verdict, refused.Size, refused.Stored.Size));
        Assert.Equal(EvidenceCheck.RolledBack, evidence.Open([_rig.Verifier], out AuditCheckpoint? stored));
        Assert.Equal(7, stored!.Size);
        Assert.Equal(3, AuditCheckpoint.Open(evidence.Published, _rig.Keys.PublicKey)!.Size);
        Assert.Equal(earlier.Count, _rig.Save().Count);
        Assert.All(earlier, file => Assert.Equal(file.Value, _rig.Read(file.Key)));
    }

    [Fact]
    public async Task A_lost_ledger_is_not_taken_for_a_new_one()
    {
        await _rig.WithEventsAsync(3);
        _rig.PutBack([]);
        (_, ForkEvidence evidence) = await RefusedAsync(Faults.RolledBack);
        Assert.True(evidence.Published.IsEmpty);
        Assert.Equal(EvidenceCheck.RolledBack, evidence.Open([_rig.Verifier], out _));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(5, 9)]
    [InlineData(2, 700)]
    public async Task A_forked_ledger_is_refused_with_evidence_that_proves_it_offline(int after, int instead)
    {
        await _rig.WithEventsAsync(7);
        Dictionary<string, byte[]> common = _rig.Save();
        await _rig.WithEventsAsync(after, from: 100);

        // The other branch grows without the store: somebody with the key, on a copy of the folder.
        Dictionary<string, byte[]> other;
        using (var copy = new Rig(keys: _rig.Keys))
        {
            copy.PutBackInto(common);
            await copy.WithEventsAsync(instead, from: 200);
            other = copy.Save();
        }

        _rig.PutBack(other);
        (AuditForkException refused, ForkEvidence evidence) = await RefusedAsync(Faults.Forked);
        Assert.Equal((7L + after, 7L + instead), (refused.Stored.Size, refused.Size));
        Assert.Equal(EvidenceCheck.Forked, evidence.Open([_rig.Verifier], out _));

        // No single change of a byte leaves it evidence, or makes it evidence of something else.
        byte[] bytes = evidence.Note.ToArray();
        for (int i = 0; i < bytes.Length; i += Optional.Soak ? 1 : 13)
        {
            bytes[i] ^= 1;
            EvidenceCheck check = ForkEvidence.Parse(bytes)?.Open([_rig.Verifier], out _) ?? EvidenceCheck.Malformed;
            Assert.True(check is not (EvidenceCheck.Forked or EvidenceCheck.RolledBack or EvidenceCheck.Verified), $"{check} at {i}");
            bytes[i] ^= 1;
        }
    }

    [Fact]
    public async Task A_second_writer_on_a_copy_of_the_folder_stops_the_first_that_meets_its_checkpoint()
    {
        await _rig.WithEventsAsync(3);
        Dictionary<string, byte[]> common = _rig.Save();
        await using AuditLedger first = _rig.NewLedger();
        await first.OpenAsync(Token);

        foreach ((string file, byte[] bytes) in common)
            _rig.Disk.Plant(file.Replace(Rig.Folder, "/copy", StringComparison.Ordinal), bytes);
        AuditLedgerOptions options = new() { Folder = "/copy", Origin = Rig.Origin, CheckpointFolder = Rig.Store, SegmentSize = 4 << 10 };
        await using (var second = new AuditLedger(options, _rig.Keys, _rig.Time, _rig.Disk))
            await second.AppendAsync(Sample.Event(50), Token);

        await first.AppendAsync(Sample.Event(60), Token);
        await first.AppendAsync(Sample.Event(61), Token);
        var forked = await Assert.ThrowsAsync<AuditForkException>(async () => await first.PublishCheckpointAsync(Token));
        Assert.Equal((Faults.Forked, 4L, 5L), (forked.Code, forked.Stored.Size, forked.Size));
        Assert.Equal(EvidenceCheck.Forked, Read(forked).Open([_rig.Verifier], out _));

        // Closed for good: what would be acknowledged now stands on a branch that nobody will believe.
        for (int i = 0; i < 2; i++)
            Assert.Equal(Faults.Forked, (await Assert.ThrowsAsync<MedRedactException>(async () => await first.AppendAsync(Sample.Event(62), Token))).Code);
        Assert.Equal(Faults.Forked, (await Assert.ThrowsAsync<MedRedactException>(async () => await first.PublishCheckpointAsync(Token))).Code);
    }

    [Fact]
    public async Task Evidence_is_written_once_and_never_replaced()
    {
        await _rig.WithEventsAsync(3);
        Dictionary<string, byte[]> earlier = _rig.Save();
        await _rig.WithEventsAsync(1, from: 3);
        _rig.PutBack(earlier);
        (AuditForkException first, ForkEvidence evidence) = await RefusedAsync(Faults.RolledBack);
        _rig.Time.Advance(TimeSpan.FromDays(1));
        (AuditForkException again, ForkEvidence same) = await RefusedAsync(Faults.RolledBack);
        Assert.Equal(first.EvidenceFile, again.EvidenceFile);
        Assert.Equal(evidence.Note.ToArray(), same.Note.ToArray());
        Assert.Single(_rig.Disk.List(Evidence));
    }

    [Fact]
    public async Task The_refusal_stands_where_evidence_can_be_neither_signed_nor_written()
    {
        await _rig.WithEventsAsync(3);
        Dictionary<string, byte[]> earlier = _rig.Save();
        await _rig.WithEventsAsync(1, from: 3);
        for (int k = 1; ; k++)
        {
            using Rig rig = _rig.AfterPowerCut(Survival.Everything);
            rig.PutBack(earlier);
            rig.Disk.FailAt(k, DiskFault.NoSpace);
            await using AuditLedger ledger = rig.NewLedger();
            var refused = await Assert.ThrowsAnyAsync<MedRedactException>(() => ledger.OpenAsync(Token));
            Assert.Contains(refused.Code, new[] { Faults.RolledBack, Faults.Storage, Faults.CheckpointStore });
            if (!rig.Disk.HasFailed)
                break;
        }

        _rig.PutBack(earlier);
        _rig.Keys.Failure = new MedRedactException(Faults.UnusableKey);
        await using AuditLedger unsigned = _rig.NewLedger();
        Assert.Null((await Assert.ThrowsAsync<AuditForkException>(() => unsigned.OpenAsync(Token))).EvidenceFile);
        _rig.Keys.Failure = null;
    }

    [Fact]
    public async Task A_store_that_is_away_or_holds_something_else_closes_the_ledger_and_is_left_alone()
    {
        await _rig.WithEventsAsync(3);
        string file = _rig.Disk.List(Rig.Store).Single(entry => entry.Name.EndsWith(".checkpoint", StringComparison.Ordinal)).Name;
        using var other = new TestKeys();
        byte[][] planted = ["nonsense"u8.ToArray(), [], other.Checkpoint(Rig.Origin, 3, Sample.Digest(1)), _rig.Keys.Checkpoint("another.example/audit", 3, Sample.Digest(1)), new byte[20_000]];
        foreach (byte[] bytes in planted)
        {
            _rig.Disk.Plant($"{Rig.Store}/{file}", bytes);
            await using AuditLedger ledger = _rig.NewLedger();
            Assert.Equal(Faults.CheckpointStore, (await Assert.ThrowsAsync<MedRedactException>(() => ledger.OpenAsync(Token))).Code);
            Assert.Equal(bytes, _rig.Read($"{Rig.Store}/{file}"));
        }
    }

    [Fact]
    public async Task After_a_key_rotation_what_the_former_key_signed_still_holds_the_ledger()
    {
        await _rig.WithEventsAsync(3);
        Dictionary<string, byte[]> earlier = _rig.Save();
        await _rig.WithEventsAsync(2, from: 3);
        using var rotated = new Rig(_rig.Disk, new TestKeys());
        rotated.Options.CheckpointFolder = Rig.Store;
        rotated.Options.FormerPublicKeys.Add(_rig.Keys.PublicKey);
        await rotated.WithEventsAsync(1, from: 9);
        Assert.Equal(6, (await rotated.StoredAsync())!.Size);

        rotated.PutBack(earlier);
        await using AuditLedger ledger = rotated.NewLedger();
        Assert.Equal(Faults.RolledBack, (await Assert.ThrowsAsync<AuditForkException>(() => ledger.OpenAsync(Token))).Code);
        rotated.Keys.Dispose();
    }

    [Fact]
    public void A_store_inside_the_ledger_or_for_a_ledger_without_a_name_is_refused()
    {
        using var keys = new TestKeys();
        Assert.Throws<ArgumentException>(() => new AuditLedger(new() { Folder = "/ledger", CheckpointFolder = "/store" }, keys));
        Assert.Throws<ArgumentException>(() => new AuditLedger(new() { Folder = "/ledger", Origin = "a", CheckpointFolder = "/ledger/store" }, keys));
        Assert.Throws<ArgumentException>(() => new AuditLedger(new() { Folder = "/ledger", Origin = "a", EvidenceFolder = "/ledger" }, keys));
        Assert.Throws<ArgumentException>(() => new AuditLedger(new() { Folder = "/ledger" }, keys, checkpoints: new FileCheckpointStore("/store")));
    }

    [Fact]
    public async Task A_store_swaps_only_what_it_was_told_it_holds_and_never_back()
    {
        var store = new FileCheckpointStore("/s", _rig.Time, _rig.Disk);
        AuditCheckpoint Signed(long size, int root) => AuditCheckpoint.Open(_rig.Keys.Checkpoint(Rig.Origin, size, Sample.Digest(root)), _rig.Keys.PublicKey)!;
        AuditCheckpoint one = Signed(1, 1), two = Signed(2, 2), other = Signed(2, 3);
        Assert.Null(await store.FindAsync(Rig.Origin, Token));
        Assert.False(await store.CompareAndSwapAsync(Rig.Origin, one, two, Token));
        Assert.True(await store.CompareAndSwapAsync(Rig.Origin, null, one, Token));
        Assert.False(await store.CompareAndSwapAsync(Rig.Origin, null, two, Token));
        Assert.False(await store.CompareAndSwapAsync(Rig.Origin, other, two, Token));
        Assert.True(await store.CompareAndSwapAsync(Rig.Origin, one, two, Token));
        Assert.False(await store.CompareAndSwapAsync(Rig.Origin, two, one, Token));
        Assert.False(await store.CompareAndSwapAsync(Rig.Origin, two, other, Token));
        Assert.True(await store.CompareAndSwapAsync(Rig.Origin, two, Signed(2, 2), Token));
        Assert.Null(await store.FindAsync("another", Token));
        Assert.Equal(2, AuditCheckpoint.Open((await store.FindAsync(Rig.Origin, Token))!.Value, _rig.Keys.PublicKey)!.Size);
    }

    [Fact]
    public async Task A_store_that_goes_away_while_the_ledger_is_open_is_not_begun_anew()
    {
        await _rig.WithEventsAsync(3);
        await using AuditLedger ledger = _rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(3), Token);
        await ledger.PublishCheckpointAsync(Token);
        string stored = _rig.StoredFile();
        byte[] held = _rig.Read(stored);
        _rig.Disk.Remove(stored);

        await ledger.AppendAsync(Sample.Event(4), Token);
        Assert.Equal(Faults.CheckpointStore, (await Assert.ThrowsAnyAsync<MedRedactException>(async () => await ledger.PublishCheckpointAsync(Token))).Code);
        Assert.Null(await _rig.StoredAsync());

        _rig.Disk.Plant(stored, held);
        Assert.Equal(5, (await ledger.PublishCheckpointAsync(Token)).Size);
        Assert.Equal(5, (await _rig.StoredAsync())!.Size);
    }

    public void Dispose() => _rig.Dispose();

    private async Task<(AuditForkException Refused, ForkEvidence Evidence)> RefusedAsync(FaultCode code)
    {
        await using AuditLedger ledger = _rig.NewLedger();
        var refused = await Assert.ThrowsAsync<AuditForkException>(() => ledger.OpenAsync(Token));
        Assert.Equal(code, refused.Code);
        Assert.Equal(code, (await Assert.ThrowsAnyAsync<MedRedactException>(async () => await ledger.AppendAsync(Sample.Event(99), Token))).Code);
        return (refused, Read(refused));
    }

    private ForkEvidence Read(AuditForkException refused) => ForkEvidence.Parse(_rig.Read($"{Evidence}/{refused.EvidenceFile}"))!;
}

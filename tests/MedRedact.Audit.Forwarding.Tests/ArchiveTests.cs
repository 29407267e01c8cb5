using MedRedact.ConformanceTests;
using MedRedact.Durability.Simulation;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>The contract of write-once stores, on a folder.</summary>
[Proves(typeof(FileWormStore))]
public sealed class FolderContract : WormStoreContract, IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("medredact-worm-");

    public void Dispose() => _home.Delete(recursive: true);

    protected override ValueTask<IWormStore> CreateStoreAsync() => new(new FileWormStore(_home.FullName));
}

/// <summary>What is archived is what was signed, and it is a ledger again.</summary>
public sealed class ArchiveTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("medredact-archive-");
    private readonly TestKeys _keys = new();

    public void Dispose()
    {
        _keys.Dispose();
        _home.Delete(recursive: true);
    }

    private string Ledger => Path.Combine(_home.FullName, "ledger");

    private FileWormStore Store => new(Path.Combine(_home.FullName, "worm"));

    [Fact]
    public async Task Every_implementation_is_proved() => Assert.Empty(await Task.FromResult(ContractCoverage.Missing(typeof(FileWormStore).Assembly, typeof(ArchiveTests).Assembly)));

    [Fact]
    public async Task The_archive_is_a_ledger_that_its_verifier_reads()
    {
        await AppendAsync(0, 40);
        LedgerArchiver archiver = Archiver();
        ArchiveReport first = await archiver.ArchiveAsync();
        Assert.True(first.Segments > 1 && first.Events is > 10 and < 40, first.ToString());
        Assert.Equal(first with { Segments = 0 }, await archiver.ArchiveAsync());
        await AppendAsync(40, 60);

        // Another process, and one that lost its place: what is there is not written again.
        ArchiveReport second = await Archiver().ArchiveAsync();
        Assert.True(second.Events > 60, second.ToString());
        File.Delete(Path.Combine(Ledger, "forwarding", "archive.cursor"));
        Assert.Equal(second.Events, (await Archiver().ArchiveAsync()).Events);

        string restored = Path.Combine(_home.FullName, "restored");
        long covered = await RestoreAsync(restored, second.Events);
        Assert.Equal(40, covered);
        AuditVerificationReport report = await AuditLedgerVerifier.VerifyAsync(restored, _keys.PublicKey);
        Assert.DoesNotContain(report.Findings, finding => finding.Kind != AuditFindingKind.EventsUnsigned);
        long events = 0;
        await foreach (AuditRecord record in AuditLedgerReader.ReadAsync(restored))
            Assert.Equal(events++, record.Sequence);
        Assert.Equal(second.Events, events);
    }

    [Fact]
    public async Task A_copy_is_read_only_and_kept_for_six_years()
    {
        await AppendAsync(0, 40);
        await Archiver().ArchiveAsync();
        var name = new ObjectName(new string('0', 20) + ".segment");
        Assert.True(await Store.FindRetentionAsync(name) >= TimeProvider.System.GetUtcNow().AddYears(6).AddDays(-1));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(Path.Combine(_home.FullName, "worm", "objects", name.Value)));
    }

    [Fact]
    public async Task Nothing_is_archived_that_is_not_what_was_signed()
    {
        await AppendAsync(0, 40);
        string segment = Directory.EnumerateFiles(Ledger, "*.segment").Order(StringComparer.Ordinal).First();
        byte[] bytes = File.ReadAllBytes(segment);
        for (int at = 0; at < bytes.Length; at += 131)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 8;
            File.WriteAllBytes(segment, changed);
            var store = new FileWormStore(Path.Combine(_home.FullName, "worm-" + at));
            Assert.Equal("MR-AUD-005", (await Assert.ThrowsAsync<AuditLedgerException>(() => Archiver(store).ArchiveAsync())).Code.Value);
            await foreach (ObjectName name in store.ListAsync())
                Assert.EndsWith(".checkpoint", name.Value);
        }
    }

    [Fact]
    public async Task An_archive_that_holds_something_else_is_left_as_it_is()
    {
        await AppendAsync(0, 40);
        var name = new ObjectName(new string('0', 20) + ".segment");
        await Store.PutAsync(name, new byte[] { 1, 2, 3 }, DateTimeOffset.MaxValue);
        Assert.Equal(Faults.WrittenOtherwise, (await Assert.ThrowsAsync<MedRedactException>(() => Archiver().ArchiveAsync())).Code);
        await using Stream? kept = await Store.OpenAsync(name);
        Assert.Equal(3, kept!.Length);
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task Whatever_the_disk_does_an_object_is_whole_or_not_there(DiskFault fault)
    {
        byte[] content = new byte[5_000];
        new Random(3).NextBytes(content);
        var name = new ObjectName("segment");
        DateTimeOffset until = DateTimeOffset.UnixEpoch.AddYears(100);
        for (int k = 1; ; k++)
        {
            var disk = new SimulatedDisk();
            disk.FailAt(k, fault);
            bool isWritten = false;
            try
            {
                isWritten = await new FileWormStore("/worm", disk).PutAsync(name, content, until) == WormOutcome.Written;
            }
            catch (Exception known) when (known is MedRedactException or PowerCutException)
            {
                Assert.True(known is PowerCutException || ((MedRedactException)known).Code == Faults.Storage);
            }

            bool hasFailed = disk.HasFailed;
            if (fault is not (DiskFault.PowerCut or DiskFault.PowerCutAfter))
            {
                // A second attempt on the same disk, before the power goes.
                disk.FailAt(0, fault);
                isWritten = await new FileWormStore("/worm", disk).PutAsync(name, content, until) != WormOutcome.Differs;
            }

            SimulatedDisk found = disk.AfterPowerCut(Survival.Nothing);
            var store = new FileWormStore("/worm", found);
            await using (Stream? there = await store.OpenAsync(name))
            {
                Assert.True(there is not null || !isWritten, $"lost at {k}");
                Assert.True(there is null || (there.Length == content.Length && await store.FindRetentionAsync(name) == until), $"half an object at {k}");
            }

            Assert.NotEqual(WormOutcome.Differs, await store.PutAsync(name, content, until));
            Assert.Equal(until, await store.FindRetentionAsync(name));
            if (!hasFailed)
                break;
        }
    }

    private LedgerArchiver Archiver(IWormStore? store = null) => new(
        new AuditForwarderOptions { LedgerFolder = Ledger, CursorFolder = Path.Combine(Ledger, "forwarding") }, "archive", store ?? Store, _ => new([VerifierKey.Create(Rig.Origin, _keys.PublicKey)]));

    private async Task AppendAsync(int from, int count)
    {
        await using var ledger = new AuditLedger(new AuditLedgerOptions { Folder = Ledger, Origin = Rig.Origin, SegmentSize = 4 << 10 }, _keys);
        for (int i = from; i < from + count; i++)
            await ledger.AppendAsync(Sample.Event(i));
    }

    /// <summary>What docs/forwarding.md says: all segments, and the newest checkpoint of which all events are there.</summary>
    private async Task<long> RestoreAsync(string folder, long events)
    {
        Directory.CreateDirectory(folder);
        long covered = -1;
        await foreach (ObjectName name in Store.ListAsync())
        {
            await using Stream? content = await Store.OpenAsync(name);
            bool isCheckpoint = name.Value.EndsWith(".checkpoint", StringComparison.Ordinal);
            long size = isCheckpoint ? long.Parse(name.Value.AsSpan(0, 20), System.Globalization.CultureInfo.InvariantCulture) : 0;
            if (isCheckpoint && (size > events || size <= covered))
                continue;

            covered = isCheckpoint ? size : covered;
            await using FileStream file = File.Create(Path.Combine(folder, isCheckpoint ? "checkpoint" : name.Value));
            await content!.CopyToAsync(file);
        }

        return covered;
    }
}

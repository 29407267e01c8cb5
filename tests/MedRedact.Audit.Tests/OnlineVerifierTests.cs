using MedRedact.Durability.Simulation;

namespace MedRedact.Audit.Tests;

/// <summary>Damage to what was sealed long ago, found while the ledger is in use.</summary>
public sealed class OnlineVerifierTests : IDisposable
{
    private const int Events = 1_100;

    private readonly Rig _rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_of_a_whole_tile_is_read_once_a_cycle_in_bounded_shares_and_the_pass_is_recorded()
    {
        await _rig.WithEventsAsync(Events);
        (OnlineVerifier verifier, List<AuditEvent> reports, SimulatedDisk disk) = Open();
        long most = 0, before = 0;
        for (int share = 0; share < OnlineVerifier.Shares; share++)
        {
            Assert.Empty(reports);
            disk.FailAt(0, DiskFault.Io);
            await verifier.TakeShareAsync(Token);
            most = Math.Max(most, verifier.Read - before);
            before = verifier.Read;
        }

        Assert.Equal(TileTree.TileSize, most);
        Assert.Equal((LedgerEvents.Verified, "1024"), (reports.Single().Kind, reports.Single().Fields.Single().Value.Text));
        Assert.Null(verifier.Damage);

        // The next cycle begins where the ledger does.
        await verifier.TakeShareAsync(Token);
        Assert.Equal(0, verifier.Read);
    }

    [Fact]
    public async Task Any_changed_byte_of_a_sealed_segment_is_found_within_a_cycle()
    {
        await _rig.WithEventsAsync(Events);
        string[] segments = [.. _rig.Segments()];
        int covered = (int)(Events / TileTree.TileSize * TileTree.TileSize);
        List<(string File, int At)> places = [];
        foreach (string file in segments)
        {
            byte[] bytes = _rig.Read(file);
            long first = SegmentHeader.Read(bytes)!.Value.FirstSequence;
            for (int at = 0, step = Optional.Soak ? 97 : 1_999; at < bytes.Length; at += step)
            {
                // The first byte of a frame says where a batch begins, and is under no hash; three bytes of the header are zero and checked by its sum.
                int frame = Frames.Offsets(bytes).FindLastIndex(offset => offset <= at);
                bool isMark = frame >= 0 && Frames.Offsets(bytes)[frame] == at;
                if (!isMark && first + Math.Max(frame, 0) < covered && (at >= SegmentHeader.Size || first > 0 || at < 16))
                    places.Add((file, at));
            }
        }

        Assert.True(places.Count > 20);
        foreach ((string file, int at) in places)
        {
            byte[] good = _rig.Read(file), bad = [.. good];
            bad[at] ^= 1;
            (OnlineVerifier verifier, List<AuditEvent> reports, SimulatedDisk disk) = Open();
            disk.Plant(file, bad);
            for (int share = 0; share < OnlineVerifier.Shares && verifier.Damage is null; share++)
                await verifier.TakeShareAsync(Token);
            Assert.True(verifier.Damage is not null, $"{Path.GetFileName(file)} at {at}");
            Assert.Equal(LedgerEvents.Damaged, reports.Single().Kind);
            Assert.Equal(SegmentHeader.SequenceIn(Path.GetFileName(file)), verifier.Damage.Segment);
        }
    }

    [Fact]
    public async Task A_segment_that_is_gone_cut_or_another_ledgers_is_found()
    {
        await _rig.WithEventsAsync(Events);
        using var other = new Rig();
        other.Options.Origin = "another.example/audit";
        await other.WithEventsAsync(Events);
        string file = _rig.Segments().ElementAt(1);
        foreach (Action<SimulatedDisk> tamper in new Action<SimulatedDisk>[]
        {
            disk => disk.Remove(file),
            disk => disk.Plant(file, _rig.Read(file)[..^200]),
            disk => disk.Plant(file, _rig.Read(file)[..SegmentHeader.Size]),
            disk => disk.Plant(file, other.Read(file)),
            disk => disk.Plant(file, []),
        })
        {
            (OnlineVerifier verifier, _, SimulatedDisk disk) = Open();
            tamper(disk);
            for (int share = 0; share < OnlineVerifier.Shares && verifier.Damage is null; share++)
                await verifier.TakeShareAsync(Token);
            Assert.NotNull(verifier.Damage);
        }
    }

    [Fact]
    public async Task A_read_that_fails_once_is_tried_again_and_one_that_fails_twice_is_damage()
    {
        await _rig.WithEventsAsync(Events);
        (OnlineVerifier verifier, List<AuditEvent> reports, SimulatedDisk disk) = Open();
        disk.FailAt(2, DiskFault.Io);
        for (int share = 0; share <= OnlineVerifier.Shares; share++)
            await verifier.TakeShareAsync(Token);
        Assert.True(disk.HasFailed);
        Assert.Equal(LedgerEvents.Verified, reports.Single().Kind);

        (verifier, reports) = Open(new Failing());
        for (int share = 0; share < OnlineVerifier.Shares && verifier.Damage is null; share++)
            await verifier.TakeShareAsync(Token);
        Assert.Equal((AuditFindingKind.FrameDamaged, LedgerEvents.Damaged), (verifier.Damage!.Kind, reports.Single().Kind));
    }

    [Fact]
    public async Task Damage_is_the_last_event_of_a_ledger_that_then_takes_no_more()
    {
        await using AuditLedger ledger = _rig.NewLedger();
        for (int i = 0; i < Events; i++)
            await ledger.AppendAsync(Sample.Event(i), Token);
        string file = _rig.Segments().First();
        byte[] good = _rig.Read(file), bad = [.. good];
        bad[bad.Length / 2] ^= 1;
        _rig.Disk.Plant(file, bad);

        // Each tick of the clock lets the background work take a share; how long that takes is its own affair.
        while ((await ledger.GetStatusAsync(Token)).Damage is null)
        {
            _rig.Time.Advance(_rig.Options.VerificationCycle / OnlineVerifier.Shares);
            await Task.Yield();
        }

        while ((await ledger.GetStatusAsync(Token)).SignedSize <= Events)
            await Task.Yield();
        MedRedactException? refused = null;
        while (refused is null)
            refused = await Record.ExceptionAsync(async () => await ledger.AppendAsync(Sample.Event(0), Token)) as MedRedactException;
        Assert.Equal(Faults.Damaged, refused.Code);
        Assert.Equal(AuditFindingKind.FrameDamaged, Assert.IsType<AuditLedgerException>(refused.InnerException).Finding.Kind);

        _rig.Disk.Plant(file, good);
        AuditRecord recorded = (await _rig.ReadAsync()).Last(record => record.Kind == LedgerEvents.Damaged.Name);
        Assert.Equal(["finding", "segment", "offset", "event"], recorded.Fields.Select(field => field.Name));
        Assert.Equal("frame-damaged", recorded.Fields[0].Value.Text);
        Assert.Equal(LedgerEvents.Damaged.Name, (await _rig.ReadAsync())[Events].Kind);
    }

    [Fact]
    public async Task A_signer_that_throws_what_it_likes_keeps_no_folder_locked()
    {
        byte[] good;

        // Rarely, so that it is the event about the damage that meets the signer, and not a checkpoint a second.
        _rig.Options.CheckpointInterval = _rig.Options.MaxCheckpointDelay = TimeSpan.FromHours(1);
        await using (AuditLedger ledger = _rig.NewLedger())
        {
            for (int i = 0; i < Events; i++)
                await ledger.AppendAsync(Sample.Event(i), Token);
            string file = _rig.Segments().First();
            good = _rig.Read(file);
            _rig.Disk.Plant(file, [.. good[..^1], (byte)~good[^1]]);
            _rig.Keys.Failure = new InvalidOperationException("Ann Example.");
            while ((await ledger.GetStatusAsync(Token)).Damage is null)
            {
                _rig.Time.Advance(_rig.Options.VerificationCycle / OnlineVerifier.Shares);
                await Task.Yield();
            }
        }

        _rig.Keys.Failure = null;
        _rig.Disk.Plant(_rig.Segments().First(), good);
        await using AuditLedger again = _rig.NewLedger();
        await again.AppendAsync(Sample.Event(0), Token);
    }

    public void Dispose() => _rig.Dispose();

    private (OnlineVerifier Verifier, List<AuditEvent> Reports, SimulatedDisk Disk) Open()
    {
        SimulatedDisk disk = _rig.Disk.AfterPowerCut(Survival.Everything);
        (OnlineVerifier verifier, List<AuditEvent> reports) = Open(disk);
        return (verifier, reports, disk);
    }

    /// <summary>The tree from the ledger as it is, the events from another disk.</summary>
    private (OnlineVerifier Verifier, List<AuditEvent> Reports) Open(MedRedact.Durability.IFileOperations disk)
    {
        var scan = new LedgerScan(new(Rig.Folder, _rig.Disk), null, null, wholeEvents: false);
        scan.Run(Token);
        var state = new LedgerState(scan.Tree, scan.Index, _rig.Time);
        List<AuditEvent> reports = [];
        var verifier = new OnlineVerifier(new TileCheck(new(Rig.Folder, disk), state, SegmentHeader.HashOf(Rig.Origin)), state, TimeSpan.FromDays(1), _rig.Time)
        {
            Report = found =>
            {
                reports.Add(found);
                return Task.CompletedTask;
            },
        };
        return (verifier, reports);
    }

    private sealed class Failing : MedRedact.Durability.IFileOperations
    {
        public MedRedact.Durability.IFileHandle Open(string path, MedRedact.Durability.FileOpening opening) => throw Fault();

        public IDisposable Lock(string path) => throw Fault();

        public bool Exists(string path) => throw Fault();

        public IReadOnlyList<MedRedact.Durability.FileEntry> List(string directory) => throw Fault();

        public void CreateDirectory(string directory) => throw Fault();

        public void Rename(string source, string target, bool replace) => throw Fault();

        public void Delete(string path) => throw Fault();

        public void SyncDirectory(string directory) => throw Fault();

        private static MedRedact.Durability.DurabilityException Fault() => new(MedRedact.Durability.FileOperation.Read, MedRedact.Durability.DurabilityFault.Io, 5);
    }
}

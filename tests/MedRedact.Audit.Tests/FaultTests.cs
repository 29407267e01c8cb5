using MedRedact.Durability.Simulation;

namespace MedRedact.Audit.Tests;

/// <summary>Fails the first, second, … k-th operation of the disk until none is left to fail. After each: what was acknowledged is there, nothing
/// else is claimed, the ledger opens by itself, and verifies.</summary>
public sealed class FaultTests
{
    private const int Events = 9;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every fault, without and with a checkpoint store and a witness: their folders fail like the ledger's.</summary>
    public static TheoryData<DiskFault, bool> Faults => [.. Enum.GetValues<DiskFault>().SelectMany(fault => new[] { (fault, false), (fault, true) })];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_fails_while_events_are_appended_the_acknowledged_ones_are_there(DiskFault fault, bool anchored)
    {
        for (int k = 1; ; k++)
        {
            using var rig = new Rig(anchored: anchored);
            rig.Disk.FailAt(k, fault);
            List<AuditReceipt> acknowledged = await AppendAsync(rig);
            await CheckRestartsAsync(rig, acknowledged, seed: k);
            if (!rig.Disk.HasFailed)
            {
                Assert.Equal(Events, acknowledged.Count);
                break;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_fails_while_a_crashed_ledger_recovers_the_next_attempt_succeeds(DiskFault fault, bool anchored)
    {
        using var crashed = new Rig(anchored: anchored);
        await using AuditLedger running = crashed.NewLedger();
        var acknowledged = new List<AuditReceipt>();
        for (int i = 0; i < Events; i++)
            acknowledged.Add(await running.AppendAsync(Sample.Event(i), Token));

        for (int k = 1; ; k++)
        {
            using var rig = new Rig(TornCopy(crashed), crashed.Keys, anchored);
            rig.Disk.FailAt(k, fault);
            await using (AuditLedger ledger = rig.NewLedger())
            {
                try
                {
                    await ledger.OpenAsync(Token);
                }
                catch (Exception known) when (known is MedRedactException or PowerCutException)
                {
                    Assert.False(known is AuditLedgerException or AuditForkException, known.Message);
                }
            }

            await CheckRestartsAsync(rig, acknowledged, seed: k);
            if (!rig.Disk.HasFailed)
                break;
        }
    }

    /// <summary>A failed sync leaves bytes that readers see and the disk does not hold. An event appended after reopening must not stand behind them.</summary>
    [Fact]
    public async Task An_event_acknowledged_after_reopening_does_not_rest_on_bytes_that_a_failed_sync_lost()
    {
        for (int k = 1; ; k++)
        {
            using var rig = new Rig();
            rig.Disk.FailAt(k, DiskFault.Io);
            List<AuditReceipt> acknowledged = await AppendAsync(rig);
            bool failed = rig.Disk.HasFailed;

            rig.Disk.FailAt(0, DiskFault.Io);
            await using AuditLedger reopened = rig.NewLedger();
            acknowledged.Add(await reopened.AppendAsync(Sample.Event(99), Token));

            using var after = new Rig(rig.Disk.AfterPowerCut(Survival.Nothing), rig.Keys);
            await AssertHoldsAsync(after, acknowledged);
            if (!failed)
                break;
        }
    }

    [Fact]
    public async Task A_tail_torn_at_any_byte_or_filled_with_zeros_or_noise_is_cut_off()
    {
        using var rig = new Rig();
        await using AuditLedger ledger = rig.NewLedger();
        for (int i = 0; i < 4; i++)
            await ledger.AppendAsync(Sample.Event(i), Token);
        await ledger.PublishCheckpointAsync(Token);
        string segment = rig.Segments().Last();
        int acknowledged = rig.Read(segment).Length;
        await ledger.AppendAsync(Sample.Event(4), Token);
        byte[] whole = rig.Read(segment);

        using Rig copy = rig.Copy();
        for (int length = acknowledged + 1; length < whole.Length; length += Optional.Soak ? 1 : 7)
        {
            byte[] torn = whole[..length];
            byte[] zeros = [.. whole[..acknowledged], .. new byte[length - acknowledged]];
            byte[] noise = [.. torn[..acknowledged], .. torn[acknowledged..].Select(b => (byte)(b * 31))];
            foreach (byte[] tail in (byte[][])[torn, zeros, noise])
            {
                copy.Disk.Plant(segment, tail);
                copy.Disk.Plant(Rig.Folder + "/checkpoint", rig.Read(Rig.Folder + "/checkpoint"));
                Assert.Contains(copy.Verify().Findings, f => f.Kind == AuditFindingKind.TornTail && f.Offset == acknowledged && f.Sequence == 4);

                await copy.WithEventsAsync(1, from: 4);
                Assert.True(copy.Verify().IsIntact);
                Assert.Equal(5, (await copy.ReadAsync()).Count);
            }
        }
    }

    [Fact]
    public async Task Damage_in_front_of_a_later_batch_is_no_torn_tail_though_no_checkpoint_covers_it()
    {
        using var rig = new Rig();
        await using AuditLedger ledger = rig.NewLedger();
        await ledger.OpenAsync(Token);
        for (int i = 0; i < 4; i++)
            await ledger.AppendAsync(Sample.Event(i), Token);

        using Rig copy = rig.Copy();
        string segment = copy.Segments().Single();
        byte[] damaged = copy.Read(segment);
        long offset = Frames.Offsets(damaged)[1];
        damaged[offset + 20] ^= 1;
        copy.Disk.Plant(segment, damaged);

        await using AuditLedger reopened = copy.NewLedger();
        AuditLedgerException refused = await Assert.ThrowsAsync<AuditLedgerException>(() => reopened.OpenAsync(Token));
        Assert.Equal(new AuditFinding(AuditFindingKind.FrameDamaged, 0, offset, 1), refused.Finding);
    }

    private static async Task<List<AuditReceipt>> AppendAsync(Rig rig)
    {
        var acknowledged = new List<AuditReceipt>();
        await using AuditLedger ledger = rig.NewLedger();
        for (int i = 0; i < Events; i++)
        {
            try
            {
                if (i % 2 == 0)
                    acknowledged.Add(await ledger.AloneAsync(Sample.Event(i)));
                else
                    acknowledged.AddRange(await ledger.TogetherAsync([Sample.Event(i)]));
                if (i == Events / 2)
                    await ledger.PublishCheckpointAsync(Token);
            }
            catch (Exception known) when (known is MedRedactException or PowerCutException)
            {
                Assert.False(known is AuditLedgerException or AuditForkException, known.Message);
            }
        }

        return acknowledged;
    }

    private static async Task CheckRestartsAsync(Rig rig, List<AuditReceipt> acknowledged, int seed)
    {
        Survival[] survivals = Optional.Soak
            ? [Survival.Nothing, Survival.Everything, .. Enumerable.Range(0, 100).Select(Survival.Random)]
            : [Survival.Nothing, Survival.Random(seed)];
        foreach (Survival survival in survivals)
        {
            using Rig after = rig.AfterPowerCut(survival);
            await AssertHoldsAsync(after, acknowledged);
        }
    }

    private static async Task AssertHoldsAsync(Rig after, List<AuditReceipt> acknowledged)
    {
        await after.WithEventsAsync(1, from: 50);
        AuditVerificationReport report = after.Verify();
        Assert.True(report.IsIntact, string.Join("; ", report.Findings));

        Dictionary<long, LeafHash> found = (await after.ReadAsync()).ToDictionary(r => r.Sequence, r => r.LeafHash);
        Assert.All(acknowledged, receipt => Assert.Equal(receipt.LeafHash, found[receipt.Sequence]));
        Assert.True(found.Count <= Events + 2);
        if (after.IsAnchored)
        {
            // What the store and the witness saw, the ledger extends; and the witness saw all of it.
            Assert.Equal(report.Checkpoint!.Size, (await after.StoredAsync())!.Size);
            Assert.Equal([Rig.WitnessName], new WitnessPolicy(1, [after.NewWitness().Key]).WitnessesOf(report.Checkpoint));
            Assert.False(after.Disk.Exists(Rig.Folder + "-evidence"));
        }

        Assert.DoesNotContain(after.Files(), f => f.Contains(".tmp-", StringComparison.Ordinal));
    }

    /// <summary>The disk of a ledger that lost power in the middle of a batch.</summary>
    private static SimulatedDisk TornCopy(Rig crashed)
    {
        SimulatedDisk disk = crashed.Disk.AfterPowerCut(Survival.Everything);
        string segment = crashed.Segments().Last();
        disk.Plant(segment, [.. disk.ReadAllBytes(segment), Frame.BeginsBatch, 0, 0, 1, 17, 99]);
        return disk;
    }
}

using CsCheck;
using MedRedact.Durability.Simulation;

namespace MedRedact.Storage.Tests;

/// <summary>Whatever is done to the clock, nothing goes before its time has truly passed.</summary>
public sealed class RetentionClockTests
{
    private static readonly TimeSpan Keep = TimeSpan.FromHours(72);
    private static readonly string Policy = RetentionRig.Policy("quarantine 72h");

    private static readonly Gen<(int Kind, int Hours)[]> Histories = Gen.Select(Gen.Int[0, 9], Gen.OneOf(Gen.Int[-90, 90], Gen.Int[-200_000, 200_000])).Array[1, 60];

    [Fact]
    public async Task No_history_of_a_wrong_clock_deletes_a_document_before_its_time()
    {
        int deletions = 0;
        await Histories.SampleAsync(
            async history =>
            {
                TimeSpan earliest = await EarliestAsync(history, restarts: false);
                Assert.True(earliest >= Keep);
                if (earliest < TimeSpan.MaxValue)
                    Interlocked.Increment(ref deletions);
            },
            iter: 400);
        Assert.True(deletions > 20, "the histories hardly ever get as far as a deletion");
    }

    [Fact]
    public async Task Across_restarts_no_more_is_lost_than_each_may_take() => await Histories.SampleAsync(
        async history =>
        {
            int restarts = history.Count(step => step.Kind == 9);
            Assert.True(await EarliestAsync(history, restarts: true) >= Keep - (restarts * TimeSpan.FromHours(24)));
        },
        iter: 200);

    [Fact]
    public async Task A_clock_that_is_right_deletes_with_the_first_run_after_the_period()
    {
        var (disk, clock, keys, ledger) = (new SimulatedDisk(), new SkewedClock(), new ObjectKeysFake(), new LedgerFake());
        using var rig = new RetentionRig(disk, clock, keys, ledger, Policy);
        await rig.RunAsync();
        await rig.StoreAsync(commit: false);
        for (int hour = 0; hour < 73; hour++)
        {
            Assert.Empty((await rig.RunAsync()).Due);
            clock.Advance(TimeSpan.FromMinutes(59));
        }

        clock.Advance(TimeSpan.FromMinutes(72));
        Assert.Equal(RetentionOutcome.Deleted, Assert.Single((await rig.RunAsync()).Due).Outcome);
    }

    [Fact]
    public async Task A_jump_beyond_the_bound_stops_everything_until_a_person_confirms()
    {
        var (disk, clock, keys, ledger) = (new SimulatedDisk(), new SkewedClock(), new ObjectKeysFake(), new LedgerFake());
        using var rig = new RetentionRig(disk, clock, keys, ledger, Policy);
        DocumentId document = await rig.StoreAsync();
        await rig.RunAsync();
        clock.Skew = TimeSpan.FromDays(3650);

        foreach (bool dryRun in new[] { true, false, false })
        {
            MedRedactException stopped = await Assert.ThrowsAsync<MedRedactException>(async () => await rig.RunAsync(dryRun));
            Assert.Equal(RetentionFaults.ClockJumped, stopped.Code);
        }

        Assert.Contains(StorageZone.Quarantine, await rig.ZonesOfAsync(document));
        Assert.Equal(clock.GetUtcNow(), await rig.Retention.ConfirmClockAsync(RetentionRig.Actor));
        Assert.Equal(RetentionOutcome.Deleted, Assert.Single((await rig.RunAsync()).Due).Outcome);
        Assert.Contains(ledger.Events, each => each.Kind == RetentionEvents.ClockConfirmed && each.Actor == RetentionRig.Actor);
    }

    [Fact]
    public async Task Where_no_state_was_kept_the_clock_is_held_against_the_ledger()
    {
        var (disk, clock, keys, ledger) = (new SimulatedDisk(), new SkewedClock(), new ObjectKeysFake(), new LedgerFake());
        using var rig = new RetentionRig(disk, clock, keys, ledger, Policy);
        await rig.StoreAsync();
        await ledger.AppendAsync(new AuditEvent(AuditKind.DocumentReceived, clock.GetUtcNow(), RetentionRig.Actor));
        clock.Skew = TimeSpan.FromDays(30);
        MedRedactException stopped = await Assert.ThrowsAsync<MedRedactException>(async () => await rig.RunAsync());
        Assert.Equal(RetentionFaults.ClockJumped, stopped.Code);
    }

    /// <summary>Plays a history and returns the shortest true age at which a document went.</summary>
    private static async Task<TimeSpan> EarliestAsync((int Kind, int Hours)[] history, bool restarts)
    {
        var (disk, clock, keys, ledger) = (new SimulatedDisk(), new SkewedClock(), new ObjectKeysFake(), new LedgerFake());
        var arrivals = new Dictionary<DocumentId, DateTimeOffset>();
        TimeSpan earliest = TimeSpan.MaxValue;
        int boot = 0;
        var rig = new RetentionRig(disk, clock, keys, ledger, Policy, "boot-0");
        await rig.RunAsync();
        foreach ((int kind, int hours) in history)
        {
            switch (kind)
            {
                case 0 or 1 or 2:
                    clock.Advance(TimeSpan.FromHours(Math.Abs(hours) % 100));
                    break;
                case 3:
                    clock.Skew = TimeSpan.FromHours(hours);
                    break;
                case 4:
                    clock.Skew = TimeSpan.Zero;
                    break;
                case 5:
                    arrivals.Add(await rig.StoreAsync(commit: false), clock.Truth);
                    break;
                case 9 when restarts:
                    rig.Dispose();
                    rig = new RetentionRig(disk, clock, keys, ledger, Policy, $"boot-{++boot}");
                    break;
                default:
                    await RunAsync();
                    break;
            }
        }

        rig.Dispose();
        return earliest;

        async Task RunAsync()
        {
            try
            {
                foreach (RetentionDecision deleted in (await rig.RunAsync()).Due.Where(decision => decision.Outcome == RetentionOutcome.Deleted))
                    earliest = TimeSpan.FromTicks(Math.Min(earliest.Ticks, (clock.Truth - arrivals[deleted.Document]).Ticks));
            }
            catch (MedRedactException stopped) when (stopped.Code == RetentionFaults.ClockJumped && clock.Skew == TimeSpan.Zero)
            {
                // The person who is asked looks at another clock.
                await rig.Retention.ConfirmClockAsync(RetentionRig.Actor);
            }
            catch (MedRedactException stopped) when (stopped.Code == RetentionFaults.ClockJumped)
            {
                // Nothing was deleted.
            }
        }
    }
}

using MedRedact.Audit.Tests.Support;

namespace MedRedact.Audit.Tests;

/// <summary>How long a ledger goes on without its witnesses (<see cref="AuditLedgerOptions.MaxUnwitnessedDelay"/>).</summary>
public sealed class UnwitnessedDelayTests : IDisposable
{
    private readonly Rig _rig = new();
    private readonly TestKeys _secondKey = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_are_taken_to_the_last_moment_of_the_delay_refused_after_it_and_taken_again_when_the_witness_is_back()
    {
        FileWitness first = _rig.NewWitness();
        var second = new Silencing(_rig.NewWitness("/second", "second.example/w", _secondKey));
        var policy = new WitnessPolicy(2, [first.Key, second.Key]);
        Begin(first, second);
        await using (AuditLedger ledger = _rig.NewLedger())
        {
            await ledger.AppendAsync(Sample.Event(0), Token);
            Assert.True(policy.IsMetBy(await ledger.PublishCheckpointAsync(Token)));

            // One of two falls silent. The ledger signs and publishes on time, asks it in vain, and goes on.
            second.IsSilent = true;
            await ledger.AppendAsync(Sample.Event(1), Token);
            _rig.Time.Advance(_rig.Options.MaxUnwitnessedDelay - TimeSpan.FromTicks(1));
            await ledger.AppendAsync(Sample.Event(2), Token);
            _rig.Time.Advance(TimeSpan.FromTicks(1));
            await second.AskedAsync();
            await ledger.AppendAsync(Sample.Event(3), Token);

            _rig.Time.Advance(TimeSpan.FromTicks(1));
            await RefusedAsync(ledger);
            _rig.Time.Advance(_rig.Options.WitnessPatience);
            await second.StoppedAsync();
            await RefusedAsync(ledger);
            Assert.Equal((4L, 1L), (await ledger.GetSizeAsync(Token), (await ledger.GetStatusAsync(Token)).WitnessedSize));

            second.IsSilent = false;
            Assert.True(policy.IsMetBy(await ledger.PublishCheckpointAsync(Token)));
            Assert.Equal(4, (await ledger.AppendAsync(Sample.Event(4), Token)).Sequence);
        }

        Assert.True(_rig.Verify(new() { Witnesses = policy }).IsIntact);
        Assert.Equal(5, _rig.Verify().Events);
    }

    [Fact]
    public async Task An_hour_without_events_counts_for_nothing_and_the_delay_begins_with_the_next_one()
    {
        var witness = new Silencing(_rig.NewWitness());
        Begin(witness);
        await using AuditLedger ledger = _rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(0), Token);
        await ledger.PublishCheckpointAsync(Token);
        witness.IsSilent = true;
        _rig.Time.Advance(3 * _rig.Options.MaxUnwitnessedDelay);
        await ledger.AppendAsync(Sample.Event(1), Token);
        _rig.Time.Advance(_rig.Options.MaxUnwitnessedDelay - TimeSpan.FromTicks(1));
        await ledger.AppendAsync(Sample.Event(2), Token);
        _rig.Time.Advance(TimeSpan.FromTicks(2));
        await RefusedAsync(ledger);
        witness.IsSilent = false;
        _rig.Time.Advance(_rig.Options.WitnessPatience);
    }

    /// <summary>What no witness signed before the ledger was closed waits from the next opening on, event or none.</summary>
    [Fact]
    public async Task A_ledger_that_is_opened_with_events_that_nobody_witnessed_does_not_wait_for_ever()
    {
        await _rig.WithEventsAsync(3);
        var witness = new Answering(_rig.NewWitness().Key, (_, _, _, _) => throw new MedRedactException(Faults.WitnessUnavailable));
        Begin(witness);
        await using AuditLedger ledger = _rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(3), Token);
        _rig.Time.Advance(_rig.Options.MaxUnwitnessedDelay + TimeSpan.FromTicks(1));
        await RefusedAsync(ledger);
    }

    public void Dispose()
    {
        _secondKey.Dispose();
        _rig.Dispose();
    }

    /// <summary>Checkpoints as seldom as may be, so that the test says when.</summary>
    private void Begin(params IWitness[] witnesses)
    {
        _rig.Witnesses = witnesses;
        _rig.Options.CheckpointInterval = TimeSpan.FromHours(1);
        _rig.Options.MaxCheckpointDelay = TimeSpan.FromDays(9);
        _rig.Options.MaxUnwitnessedDelay = TimeSpan.FromHours(1);
        _rig.Options.VerificationCycle = Timeout.InfiniteTimeSpan;
    }

    private static async Task RefusedAsync(AuditLedger ledger) =>
        Assert.Equal(Faults.WitnessOverdue, (await Assert.ThrowsAsync<MedRedactException>(async () => await ledger.AppendAsync(Sample.Event(99), Token))).Code);
}

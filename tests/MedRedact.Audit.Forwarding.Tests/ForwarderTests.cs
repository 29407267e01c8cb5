using MedRedact.Durability.Simulation;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>At least once, in order, never before it is signed, never past what a collector refused.</summary>
public sealed class ForwarderTests
{
    private static readonly FaultCode s_why = Faults.Busy;

    /// <summary>Steps until there is nothing to do at once.</summary>
    internal static async Task<TimeSpan> DriveAsync(AuditForwarder forwarder)
    {
        while (true)
        {
            if (await forwarder.Feeds.Single().StepAsync(TestContext.Current.CancellationToken) is var delay && delay > TimeSpan.Zero)
                return delay;
        }
    }

    [Fact]
    public async Task Every_event_arrives_once_and_in_order_while_nothing_fails()
    {
        using var rig = await new Rig().WithEventsAsync(100);
        var target = new FakeTarget();
        await using AuditForwarder forwarder = rig.Forwarder(target);
        Assert.Equal(rig.Options.PollInterval, await DriveAsync(forwarder));
        Assert.Equal(Numbers(100), target.Accepted);
        Assert.All(target.Batches, batch => Assert.True(batch.Events.Length <= 7 && batch.Origin == Rig.Origin));
        Assert.Equal(new ForwardingStatus("siem", 100, 100, 100, 0, null, false), forwarder.Status.Single());

        await rig.WithEventsAsync(3, from: 100);
        await DriveAsync(forwarder);
        Assert.Equal(Numbers(103), target.Accepted);

        // Another process goes on where this one was.
        var later = new FakeTarget();
        await using AuditForwarder next = rig.Forwarder(later);
        await rig.WithEventsAsync(2, from: 103);
        await DriveAsync(next);
        Assert.Equal([103, 104], later.Accepted);
    }

    [Fact]
    public async Task Whoever_hands_out_keys_may_throw_and_nothing_ends_by_it()
    {
        using var rig = await new Rig().WithEventsAsync(3);
        bool throws = true;
        var target = new FakeTarget();
        await using var forwarder = new AuditForwarder(
            rig.Options, new Dictionary<string, IAuditTarget> { ["siem"] = target },
            _ => throws ? throw new InvalidOperationException("Ann Example.") : new([VerifierKey.Create(Rig.Origin, rig.Keys.PublicKey)]), null, rig.Time, rig.Disk);
        await DriveAsync(forwarder);
        Assert.Equal(Faults.TargetFailed, forwarder.Status.Single().Fault);
        throws = false;
        await DriveAsync(forwarder);
        Assert.Equal(Numbers(3), target.Accepted);
    }

    [Fact]
    public async Task An_event_that_is_not_signed_yet_waits()
    {
        using var rig = new Rig();
        await using AuditLedger ledger = rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(0));
        await ledger.PublishCheckpointAsync();
        await ledger.AppendAsync(Sample.Event(1));
        var target = new FakeTarget();
        await using AuditForwarder forwarder = rig.Forwarder(target);
        await DriveAsync(forwarder);
        Assert.Equal([0], target.Accepted);
        await ledger.PublishCheckpointAsync();
        await DriveAsync(forwarder);
        Assert.Equal([0, 1], target.Accepted);
    }

    [Fact]
    public async Task A_collector_that_never_answers_does_not_keep_anybody_from_appending()
    {
        using var rig = new Rig();
        await using AuditLedger ledger = rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(0));
        await ledger.PublishCheckpointAsync();
        var asked = new TaskCompletionSource();
        await using AuditForwarder forwarder = rig.Forwarder(new HangingTarget(asked));
        using var stop = new CancellationTokenSource();
        Task running = forwarder.RunAsync(stop.Token);
        await asked.Task;
        for (int i = 1; i < 200; i++)
            Assert.Equal(i, (await ledger.AppendAsync(Sample.Event(i))).Sequence);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_refusal_is_waited_out_and_nothing_is_passed_over()
    {
        using var rig = await new Rig().WithEventsAsync(20);
        var record = new MemorySink();
        var target = new FakeTarget();
        target.Answers.Enqueue(ForwardingOutcome.Accepted);
        for (int i = 0; i < 5; i++)
            target.Answers.Enqueue(new(ForwardingVerdict.Refused, Faults.Refused));

        await using AuditForwarder forwarder = rig.Forwarder(target, record);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(rig.Options.MaxDelay, await DriveAsync(forwarder));
            Assert.Equal(new ForwardingStatus("siem", 7, 7, 20, i + 1, Faults.Refused, true), forwarder.Status.Single());
            rig.Time.Advance(rig.Options.MaxDelay);
        }

        Assert.Equal("forwarding.stalled target=siem sequence=7 reason=MR-FWD-004", Assert.Single(record.Events));
        await DriveAsync(forwarder);
        Assert.Equal(Numbers(20), target.Accepted);
        Assert.Equal("forwarding.resumed target=siem sequence=7", record.Events[^1]);
        Assert.Equal(2, record.Events.Count);
        Assert.False(forwarder.Status.Single().IsStalled);
    }

    [Fact]
    public async Task Delays_double_up_to_the_longest_and_an_outage_is_recorded_once_when_it_lasts()
    {
        using var rig = await new Rig().WithEventsAsync(1);
        var record = new MemorySink();
        var target = new FakeTarget { Answer = _ => new(ForwardingVerdict.Retry, s_why) };
        await using AuditForwarder forwarder = rig.Forwarder(target, record);
        foreach (int seconds in (int[])[1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
        {
            TimeSpan delay = await DriveAsync(forwarder);
            Assert.Equal(TimeSpan.FromSeconds(seconds), delay);
            rig.Time.Advance(delay);
        }

        Assert.Equal("forwarding.stalled target=siem sequence=0 reason=MR-FWD-005", Assert.Single(record.Events));
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(30, 30)]
    [InlineData(100_000, 300)]
    public async Task A_collector_may_ask_for_time_up_to_the_longest_delay(int asked, int granted)
    {
        using var rig = await new Rig().WithEventsAsync(1);
        var target = new FakeTarget { Answer = _ => new(ForwardingVerdict.Retry, s_why, TimeSpan.FromSeconds(asked)) };
        await using AuditForwarder forwarder = rig.Forwarder(target);
        Assert.Equal(TimeSpan.FromSeconds(granted), await DriveAsync(forwarder));
    }

    [Fact]
    public async Task What_has_not_settled_is_sent_again_when_the_way_breaks()
    {
        using var rig = await new Rig().WithEventsAsync(21);
        var target = new FakeTarget { SettleTime = TimeSpan.FromSeconds(30) };
        await using AuditForwarder forwarder = rig.Forwarder(target);
        await DriveAsync(forwarder);
        Assert.Equal(Numbers(21), target.Accepted);
        Assert.Equal((0, 21), (forwarder.Status.Single().Settled, forwarder.Status.Single().Sent));

        rig.Time.Advance(TimeSpan.FromSeconds(29));
        target.IsIntact = false;
        await DriveAsync(forwarder);
        Assert.Equal((0, Faults.Unreachable), (forwarder.Status.Single().Sent, forwarder.Status.Single().Fault));
        target.IsIntact = true;
        target.Accepted.Clear();
        await DriveAsync(forwarder);
        Assert.Equal(Numbers(21), target.Accepted);

        rig.Time.Advance(TimeSpan.FromSeconds(30));
        await DriveAsync(forwarder);
        Assert.Equal(21, forwarder.Status.Single().Settled);
        target.Accepted.Clear();
        target.IsIntact = false;
        await DriveAsync(forwarder);
        Assert.Empty(target.Accepted);
    }

    [Fact]
    public void Places_that_have_not_settled_are_few_however_many_batches_are_sent()
    {
        using var rig = new Rig();
        var settleTime = TimeSpan.FromSeconds(16);
        var unsettled = new Unsettled(settleTime);
        var sent = new List<(AuditLedgerPosition Place, DateTimeOffset At)>();
        AuditLedgerPosition settled = AuditLedgerPosition.Beginning;
        for (int i = 1; i <= 1_000; i++)
        {
            AuditLedgerPosition place = PositionOf(i);
            unsettled.Add(place, rig.Time.GetUtcNow());
            sent.Add((place, rig.Time.GetUtcNow()));
            rig.Time.Advance(TimeSpan.FromMilliseconds(70));
            settled = unsettled.Take(rig.Time.GetUtcNow()) ?? settled;
            Assert.All(sent.Where(each => each.Place.Next <= settled.Next), each => Assert.True(rig.Time.GetUtcNow() - each.At >= settleTime));
        }

        Assert.InRange(settled.Next, 700, 1_000);
        rig.Time.Advance(settleTime);
        Assert.Equal(1_000, unsettled.Take(rig.Time.GetUtcNow())!.Next);
        Assert.True(unsettled.IsEmpty);
    }

    [Fact]
    public async Task A_target_that_throws_is_tried_again_and_others_do_not_wait_for_it()
    {
        using var rig = await new Rig().WithEventsAsync(10);
        var healthy = new FakeTarget();
        var broken = new FakeTarget { Answer = _ => throw new InvalidOperationException("a text of the host's own") };
        await using AuditForwarder forwarder = rig.Forwarder(new Dictionary<string, IAuditTarget> { ["broken"] = broken, ["healthy"] = healthy });
        foreach (TargetFeed feed in forwarder.Feeds)
        {
            while (await feed.StepAsync(default) == TimeSpan.Zero)
            {
            }
        }

        Assert.Equal(Numbers(10), healthy.Accepted);
        Assert.Equal(Faults.TargetFailed, forwarder.Status.Single(status => status.Target == "broken").Fault);
    }

    [Fact]
    public async Task A_ledger_that_does_not_take_the_record_of_an_outage_does_not_end_the_forwarding()
    {
        using var rig = await new Rig().WithEventsAsync(3);
        var target = new FakeTarget();
        target.Answers.Enqueue(new(ForwardingVerdict.Refused, Faults.Refused));
        await using AuditForwarder forwarder = rig.Forwarder(target, new MemorySink { Failure = new MedRedactException(Faults.Storage, "no") });
        await DriveAsync(forwarder);
        await DriveAsync(forwarder);
        Assert.Equal(Numbers(3), target.Accepted);
    }

    [Fact]
    public async Task One_forwarder_holds_the_places()
    {
        using var rig = await new Rig().WithEventsAsync(1);
        var asked = new TaskCompletionSource();
        await using AuditForwarder first = rig.Forwarder(new HangingTarget(asked));
        using var stop = new CancellationTokenSource();
        Task running = first.RunAsync(stop.Token);
        await asked.Task;
        await using AuditForwarder second = rig.Forwarder(new FakeTarget());
        Assert.Equal(Faults.Storage, (await Assert.ThrowsAsync<MedRedactException>(() => second.RunAsync())).Code);
        await stop.CancelAsync();
        await running;
    }

    [Theory]
    [InlineData("")]
    [InlineData("../siem")]
    [InlineData("Siem")]
    public void A_name_that_is_no_id_is_refused(string name)
    {
        using var rig = new Rig();
        Assert.Throws<ArgumentException>(() => rig.Forwarder(new Dictionary<string, IAuditTarget> { [name] = new FakeTarget() }));
    }

    internal static IEnumerable<long> Numbers(int count) => Enumerable.Range(0, count).Select(number => (long)number);

    private static AuditLedgerPosition PositionOf(int count)
    {
        var fold = new System.Text.StringBuilder().Append(count);
        for (int i = 0; i < System.Numerics.BitOperations.PopCount((uint)count); i++)
            fold.Append(' ').Append('0', 64);
        return AuditLedgerPosition.Parse(fold.ToString())!;
    }

    private sealed class HangingTarget(TaskCompletionSource asked) : IAuditTarget
    {
        public TimeSpan SettleTime => TimeSpan.Zero;

        public async ValueTask<ForwardingOutcome> SendAsync(AuditBatch batch, CancellationToken cancellationToken = default)
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return ForwardingOutcome.Accepted;
        }

        public ValueTask<bool> IsIntactAsync(CancellationToken cancellationToken = default) => new(true);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class MemorySink : IAuditSink
    {
        public List<string> Events { get; } = [];

        public Exception? Failure { get; init; }

        public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
        {
            if (Failure is not null)
                throw Failure;
            Assert.All(auditEvent.Fields, field => Assert.Contains(field.Name, auditEvent.Kind.Fields));
            Events.Add(string.Join(' ', [auditEvent.Kind.Name, .. auditEvent.Fields.Select(field => $"{field.Name}={field.Value.Text}")]));
            return new(new AuditReceipt(Events.Count - 1, default));
        }
    }
}

using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Audit.Forwarding;

/// <summary>Brings one target what it lacks: reads on from its place, sends, moves the place, and begins again at the last settled place when anything fails.</summary>
internal sealed class TargetFeed(
    string name, IAuditTarget target, AuditForwarderOptions options, LedgerKeys keys, IAuditSink? record, TimeProvider time, IFileOperations operations, Func<double> jitter)
{
    private readonly ForwardingCursor _cursor = new(Path.Combine(Path.GetFullPath(options.CursorFolder), name + ".cursor"), operations);
    private readonly Unsettled _unsettled = new(target.SettleTime);
    private AuditLedgerPosition? _settled;
    private AuditLedgerFeed? _feed;
    private int _failures;
    private DateTimeOffset _failingSince;
    private bool _stalled;

    public ForwardingStatus Status { get; private set; } = new(name, 0, 0, 0, 0, null, false);

    /// <summary>Does one thing: sends a batch, or settles, or finds that there is nothing to do.</summary>
    /// <returns>How long to wait before the next step.</returns>
    public async ValueTask<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SendNextAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (MedRedactException fault)
        {
            // What the ledger is not will not mend itself; everything else may.
            return await FailAsync(new(fault is AuditLedgerException || fault.Code == Faults.CursorDamaged ? ForwardingVerdict.Refused : ForwardingVerdict.Retry, fault.Code), cancellationToken);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Who hands out the keys is foreign code, as a target is: neither may end the other targets' way.
            return await FailAsync(new(ForwardingVerdict.Retry, Faults.TargetFailed), cancellationToken);
        }
    }

    private async ValueTask<TimeSpan> SendNextAsync(CancellationToken cancellationToken)
    {
        AuditLedgerFeed feed = _feed ??= new(options.LedgerFolder, await keys(cancellationToken), _settled ??= _cursor.Read(), options.BatchSize, operations);
        if (!_unsettled.IsEmpty && !await AskAsync(static (target, _, cancel) => target.IsIntactAsync(cancel), feed, fallback: false, cancellationToken))
            return await FailAsync(new(ForwardingVerdict.Retry, Faults.Unreachable), cancellationToken);

        if (_unsettled.Take(time.GetUtcNow()) is { } settled)
            Settle(feed, settled);

        ImmutableArray<AuditRecord> events = await feed.ReadAsync(cancellationToken);
        if (_cursor.Origin is { } origin && origin != feed.Checkpoint!.Origin)
            throw Faults.Refuse(Faults.CursorDamaged);

        if (events.IsEmpty)
        {
            // A target that has everything does not fail any more, whatever failed before.
            await SucceedAsync(feed.Position.Next, cancellationToken);
            Report(feed);
            return options.PollInterval;
        }

        var batch = new AuditBatch(feed.Checkpoint!.Origin, events);
        ForwardingOutcome outcome = await AskAsync((target, _, cancel) => target.SendAsync(batch, cancel), feed, new(ForwardingVerdict.Retry, Faults.TargetFailed), cancellationToken);
        if (outcome.Verdict != ForwardingVerdict.Accepted)
            return await FailAsync(outcome, cancellationToken);

        if (target.SettleTime == TimeSpan.Zero)
            Settle(feed, feed.Position);
        else
            _unsettled.Add(feed.Position, time.GetUtcNow());
        await SucceedAsync(batch.Events[0].Sequence, cancellationToken);
        Report(feed);
        return TimeSpan.Zero;
    }

    private void Settle(AuditLedgerFeed feed, AuditLedgerPosition place)
    {
        _cursor.Write(feed.Checkpoint!.Origin, place);
        _settled = place;
    }

    /// <summary>Whatever a target throws is translated here, once.</summary>
    private async ValueTask<T> AskAsync<T>(Func<IAuditTarget, AuditLedgerFeed, CancellationToken, ValueTask<T>> call, AuditLedgerFeed feed, T fallback, CancellationToken cancellationToken)
    {
        try
        {
            return await call(target, feed, cancellationToken);
        }
        catch (Exception fault) when (fault is not MedRedactException && !cancellationToken.IsCancellationRequested)
        {
            return fallback;
        }
    }

    private async ValueTask<TimeSpan> FailAsync(ForwardingOutcome outcome, CancellationToken cancellationToken)
    {
        // From the last place that settled: what came after it may be lost with the way that broke.
        _feed = null;
        _unsettled.Clear();
        if (_failures++ == 0)
            _failingSince = time.GetUtcNow();

        bool isRefused = outcome.Verdict == ForwardingVerdict.Refused;
        bool begins = !_stalled && (isRefused || time.GetUtcNow() - _failingSince >= options.StallAfter);
        _stalled |= begins;
        long next = _settled?.Next ?? 0;
        FaultCode reason = outcome.Reason ?? (isRefused ? Faults.Refused : Faults.Unreachable);
        Status = Status with { Settled = next, Sent = next, Failures = _failures, Fault = reason, IsStalled = _stalled };
        if (begins)
            await RecordAsync(ForwardingEvents.Stalled, next, [new("reason", AuditValue.Of(new HoldReason(reason.Value)))], cancellationToken);

        TimeSpan delay = isRefused ? options.MaxDelay : options.MinDelay * Math.Pow(2, Math.Min(_failures - 1, 40));
        TimeSpan asked = outcome.After ?? TimeSpan.Zero;
        delay = delay < asked ? asked : delay;
        delay = delay < options.MaxDelay ? delay : options.MaxDelay;

        // Between four fifths and the whole of it, so that many hosts do not come back in step.
        return delay * (0.8 + (0.2 * jitter()));
    }

    private async ValueTask SucceedAsync(long sequence, CancellationToken cancellationToken)
    {
        bool resumed = _stalled;
        (_failures, _stalled) = (0, false);
        if (resumed)
            await RecordAsync(ForwardingEvents.Resumed, sequence, [], cancellationToken);
    }

    private void Report(AuditLedgerFeed feed) =>
        Status = new(name, _settled!.Next, feed.Position.Next, feed.Checkpoint?.Size ?? 0, _failures, _failures == 0 ? null : Status.Fault, _stalled);

    /// <summary>Once an outage. A ledger that does not take it must not keep events from a collector that does: the status says the same.</summary>
    private async ValueTask RecordAsync(AuditKind kind, long sequence, ImmutableArray<AuditField> more, CancellationToken cancellationToken)
    {
        if (record is null)
            return;

        try
        {
            await record.AppendAsync(
                new AuditEvent(kind, time.GetUtcNow(), options.Actor)
                {
                    Fields = [new("target", AuditValue.Parse(AuditValueType.Id, name)), new("sequence", AuditValue.Of(sequence)), .. more],
                },
                cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Status = Status with { Fault = Status.Fault ?? (fault as MedRedactException)?.Code };
        }
    }
}

/// <summary>Says which keys sign the ledger; asked again after each failure, so that a rotation goes by without a restart.</summary>
/// <param name="cancellationToken">Stops the call.</param>
/// <returns>The keys.</returns>
public delegate ValueTask<IReadOnlyList<VerifierKey>> LedgerKeys(CancellationToken cancellationToken);

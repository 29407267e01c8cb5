using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Audit.Forwarding;

/// <summary>Passes the events of a ledger on to collectors, at least once each, in order, never before they are signed, and never in the way of whoever appends.</summary>
/// <remarks>The ledger itself is what waits for a collector that is away: nothing is copied, appending does not know of it, and an outage of any length loses nothing. Each target has a place of its own
/// in a small durable file; targets do not wait for each other. One forwarder a folder of places. It needs the ledger's folder and public keys only, so it may run beside the ledger or in another process.</remarks>
public sealed class AuditForwarder : IAsyncDisposable
{
    private readonly ImmutableArray<(IAuditTarget Target, TargetFeed Feed)> _targets;
    private readonly AuditForwarderOptions _options;
    private readonly IFileOperations _operations;
    private readonly TimeProvider _time;

    /// <summary>Prepares a forwarder; nothing is read or sent yet.</summary>
    /// <param name="options">Which ledger, and how; copied.</param>
    /// <param name="targets">The targets by name, 1 to 64 characters of a-z, 0-9, '.' and '-'. They belong to the forwarder from now on.</param>
    /// <param name="keys">Says which keys sign the ledger.</param>
    /// <param name="record">Where <see cref="ForwardingEvents"/> are recorded; by default nowhere.</param>
    /// <param name="time">Times attempts.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or a name is none.</exception>
    public AuditForwarder(
        AuditForwarderOptions options, IReadOnlyDictionary<string, IAuditTarget> targets, LedgerKeys keys, IAuditSink? record = null, TimeProvider? time = null, IFileOperations? operations = null)
        : this(options, targets, keys, record, time, operations, Random.Shared.NextDouble)
    {
    }

    internal AuditForwarder(
        AuditForwarderOptions options, IReadOnlyDictionary<string, IAuditTarget> targets, LedgerKeys keys, IAuditSink? record, TimeProvider? time, IFileOperations? operations, Func<double> jitter)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(keys);
        _options = options.Copy();
        _operations = operations ?? PhysicalFileOperations.Instance;
        _time = time ?? TimeProvider.System;
        foreach (string name in targets.Keys)
            AuditValue.Parse(AuditValueType.Id, name);
        _targets = [.. targets.Select(target => (target.Value, new TargetFeed(target.Key, target.Value, _options, keys, record, _time, _operations, jitter)))];
    }

    /// <summary>How each target stands.</summary>
    public ImmutableArray<ForwardingStatus> Status => [.. _targets.Select(target => target.Feed.Status)];

    internal IEnumerable<TargetFeed> Feeds => _targets.Select(target => target.Feed);

    /// <summary>Passes events on until it is stopped.</summary>
    /// <param name="cancellationToken">Stops it; what has not settled is sent again the next time.</param>
    /// <returns>Completes when it has stopped.</returns>
    /// <exception cref="MedRedactException"><c>MR-FWD-007</c>: the folder of places cannot be made, or another forwarder holds it.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using FileLock held = Hold();
        await Task.WhenAll(_targets.Select(target => RunAsync(target.Feed, cancellationToken)));
    }

    /// <summary>Disposes the targets.</summary>
    /// <returns>Completes when they are.</returns>
    public async ValueTask DisposeAsync()
    {
        foreach ((IAuditTarget target, _) in _targets)
            await target.DisposeAsync();
    }

    private async Task RunAsync(TargetFeed feed, CancellationToken cancellationToken)
    {
        // A target that answers at once must not keep the others from beginning.
        await Task.Yield();
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                TimeSpan delay = await feed.StepAsync(cancellationToken);
                if (delay > TimeSpan.Zero)
                    await Task.Delay(delay, _time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped as asked.
        }
    }

    private FileLock Hold()
    {
        try
        {
            string folder = Path.GetFullPath(_options.CursorFolder);
            DurableDirectory.Create(folder, _operations);
            FileLock held = FileLock.Acquire(Path.Combine(folder, "lock"), _operations);
            AtomicFile.SweepTemporaries(folder, _operations);
            return held;
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.Storage, fault);
        }
    }
}

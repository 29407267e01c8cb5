using System.Collections.Concurrent;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>Keeps each event beside the receipt that was given for it, and fails while it is told to. It keeps no event with an id that has no name, as no ledger does.</summary>
internal sealed class WitnessSink : IAuditSink
{
    private readonly RecordingAuditSink _sound = new();
    private readonly ConcurrentQueue<(AuditEvent Event, AuditReceipt Receipt)> _kept = new();
    private volatile bool _fails;

    /// <summary>Whether nothing can be kept. It fails after a moment, as a disk does: whoever does not wait for the answer does not hear of it.</summary>
    public bool Fails
    {
        get => _fails;
        set => _fails = value;
    }

    public IReadOnlyCollection<(AuditEvent Event, AuditReceipt Receipt)> Kept => _kept;

    public AuditEvent[] Of(AuditKind kind) => [.. _kept.Select(kept => kept.Event).Where(each => each.Kind == kind)];

    public async ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        if (_fails)
            throw new IOException("Nothing can be kept.");
        if (auditEvent.Actor.Value is null || auditEvent is { Tenant: { Value: null } } or { Purpose: { Code: null } })
            throw new ArgumentException("The event has an id without a name.", nameof(auditEvent));

        AuditReceipt receipt = await _sound.AppendAsync(auditEvent, cancellationToken);
        _kept.Enqueue((auditEvent, receipt));
        return receipt;
    }
}

/// <summary>A clock that moves when a suite says so.</summary>
internal sealed class SuiteTime : TimeProvider
{
    private DateTimeOffset _now = Samples.Moment;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan time) => _now += time;
}

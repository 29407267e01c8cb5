namespace MedRedact.Testing;

/// <summary>An audit sink that refuses some events, to prove that nothing is released then.</summary>
/// <param name="inner">Takes the events that are not refused.</param>
/// <param name="refuses">Which events to refuse.</param>
public sealed class FaultyAuditSink(IAuditSink inner, Func<AuditEvent, bool> refuses) : IAuditSink
{
    private int _refused;

    /// <summary>How many events were refused.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.Scripted"/>: the event was to be refused.</exception>
    public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
    {
        if (!refuses(auditEvent))
            return inner.AppendAsync(auditEvent, cancellationToken);
        Interlocked.Increment(ref _refused);
        throw Faults.Refuse(Faults.Scripted);
    }
}

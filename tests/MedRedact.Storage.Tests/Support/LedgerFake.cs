namespace MedRedact.Storage.Tests;

/// <summary>Keeps events in memory, or refuses them.</summary>
internal sealed class LedgerFake : IAuditSink, ILedgerTime
{
    public List<AuditEvent> Events { get; } = [];

    public bool Refuses { get; set; }

    /// <summary>Called when an event is durable and its appender does not know it yet.</summary>
    public Action<AuditEvent>? BeforeAnswer { get; set; }

    public ValueTask<DateTimeOffset?> FindLatestAsync(CancellationToken cancellationToken = default) => new(Events.LastOrDefault()?.At);

    public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
    {
        if (Refuses)
            throw new MedRedactException(new FaultCode("MR-AUD-001"));

        Events.Add(auditEvent);
        BeforeAnswer?.Invoke(auditEvent);
        return new(new AuditReceipt(Events.Count - 1, default));
    }
}

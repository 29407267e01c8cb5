namespace MedRedact.Storage.Tests;

/// <summary>Keeps events in memory, or refuses them.</summary>
internal sealed class LedgerFake : IAuditSink
{
    public List<AuditEvent> Events { get; } = [];

    public bool Refuses { get; set; }

    public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
    {
        if (Refuses)
            throw new MedRedactException(new FaultCode("MR-AUD-001"));

        Events.Add(auditEvent);
        return new(new AuditReceipt(Events.Count - 1, default));
    }
}

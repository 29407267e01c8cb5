namespace MedRedact.Alerts;

/// <summary>An alert that is on record. It holds ids and counts, and no PHI.</summary>
/// <param name="Rule">The rule that holds.</param>
/// <param name="Severity">How soon somebody should look.</param>
/// <param name="Event">The event of the ledger that made it hold, 0-based. Rule and event together name the alert.</param>
/// <param name="Count">How many events there were.</param>
/// <param name="At">When it was put on record.</param>
public sealed record Alert(RuleId Rule, AlertSeverity Severity, long Event, long Count, DateTimeOffset At)
{
    /// <summary>When the rule held, by the ledger's clock.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Whose doing it is, where the rule counts by actor.</summary>
    public ActorId? Actor { get; init; }

    /// <summary>Whose record it is about.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>The document it is about.</summary>
    public DocumentId? Document { get; init; }
}

/// <summary>Does something about an alert. Thread-safe.</summary>
/// <remarks>It is called once the alert is on record, and again, also after a restart, until it completed: doing it twice must be the same as doing it once. That it completed goes on record.
/// To notify people, forward the ledger's events of kind <see cref="AuditKind.AlertRaised"/> instead: that loses none.</remarks>
public interface IAlertResponse
{
    /// <summary>The name by which rules ask for it.</summary>
    RuleId Name { get; }

    /// <summary>Responds.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is done, for good.</returns>
    ValueTask RespondAsync(Alert alert, CancellationToken cancellationToken = default);
}

using System.Collections.Immutable;
using MedRedact.Audit;

namespace MedRedact.Alerts;

/// <summary>What the ledger knows of an incident, gathered for whoever must assess it: an impermissible use is presumed to be a breach unless an assessment of four factors shows a low
/// probability that the information was compromised (45 CFR 164.402(2)). The facts are the ledger's; the assessment is a person's.</summary>
public sealed record IncidentRecord
{
    /// <summary>How long after its discovery those affected must be told at the latest (45 CFR 164.404(b)); a business associate tells the covered entity within the same time (164.410(b)).</summary>
    public static readonly TimeSpan NotifyWithin = TimeSpan.FromDays(60);

    /// <summary>The alert that discovered it.</summary>
    public required Alert Alert { get; init; }

    /// <summary>The checkpoint under which all events are proved.</summary>
    public required AuditCheckpoint Checkpoint { get; init; }

    /// <summary>From when on events were gathered.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The events by, or about, whom or what the alert is about, in the ledger's order.</summary>
    public required ImmutableArray<AuditRecord> Events { get; init; }

    /// <summary>How many of the uses name no document, such as values behind tokens: whose they are is found by the tokens.</summary>
    public int UsesWithoutDocument => Events.Count(record => IsUse(record) && record.Document is null);

    /// <summary>The documents that were opened, revealed from or disclosed: whose owners may have to be told.</summary>
    public ImmutableArray<(TenantId? Tenant, DocumentId Document)> Documents =>
        [.. Events.Where(IsUse).Where(record => record.Document is not null).Select(record => (record.Tenant, record.Document!.Value)).Distinct()];

    /// <summary>When the affected must have been told.</summary>
    public DateTimeOffset NotifyBy => Alert.At + NotifyWithin;

    /// <summary>Gathers what a ledger knows.</summary>
    /// <param name="ledger">The ledger, indexed.</param>
    /// <param name="rule">The rule of the alert.</param>
    /// <param name="sequence">The event of the alert.</param>
    /// <param name="before">How long before the rule held to begin. Default: a day.</param>
    /// <param name="cancellationToken">Stops between events.</param>
    /// <returns>The record, or <see langword="null"/> where there is no such alert.</returns>
    /// <exception cref="MedRedactException">The ledger cannot be read, or is not what was signed.</exception>
    public static async Task<IncidentRecord?> GatherAsync(AuditLedgerIndex ledger, RuleId rule, long sequence, TimeSpan? before = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        if (await FindAsync(ledger, rule, sequence, cancellationToken) is not { } alert)
            return null;

        DateTimeOffset from = alert.Since - (before ?? TimeSpan.FromDays(1)), to = alert.At.AddTicks(1);
        ImmutableArray<AuditRecord>.Builder events = ImmutableArray.CreateBuilder<AuditRecord>();
        await foreach (AuditMatch match in ledger.SearchAsync(new AuditQuery { Actor = alert.Actor, Document = alert.Document, From = from, To = to }, cancellationToken))
        {
            if (!match.Record.Kind.StartsWith("alert.", StringComparison.Ordinal))
                events.Add(match.Record);
        }

        // What others did about them: suspensions, and their lifting since.
        foreach (AuditKind kind in alert.Actor is null ? (AuditKind[])[] : [AuditKind.AccessSuspended, AuditKind.AccessRestored])
        {
            await foreach (AuditMatch match in ledger.SearchAsync(new AuditQuery { Kind = kind.Name, From = from }, cancellationToken))
            {
                if (AlertEvents.SubjectOf(match.Record) == alert.Actor)
                    events.Add(match.Record);
            }
        }

        return new IncidentRecord { Alert = alert, Checkpoint = ledger.Checkpoint, From = from, To = to, Events = [.. events.DistinctBy(record => record.Sequence).OrderBy(record => record.Sequence)] };
    }

    /// <summary>Lists the alerts of a ledger.</summary>
    /// <param name="ledger">The ledger, indexed.</param>
    /// <param name="cancellationToken">Stops between events.</param>
    /// <returns>The alerts, the oldest first.</returns>
    /// <exception cref="MedRedactException">The ledger cannot be read, or is not what was signed.</exception>
    public static async IAsyncEnumerable<Alert> AlertsAsync(
        AuditLedgerIndex ledger, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        await foreach (AuditMatch match in ledger.SearchAsync(new AuditQuery { Kind = AuditKind.AlertRaised.Name }, cancellationToken))
        {
            if (AlertEvents.Read(match.Record) is { } alert)
                yield return alert;
        }
    }

    private static async Task<Alert?> FindAsync(AuditLedgerIndex ledger, RuleId rule, long sequence, CancellationToken cancellationToken)
    {
        await foreach (Alert alert in AlertsAsync(ledger, cancellationToken))
        {
            if (alert.Rule == rule && alert.Event == sequence)
                return alert;
        }

        return null;
    }

    private static bool IsUse(AuditRecord record) =>
        record.Decision != AuditDecision.Denied && record.Kind is "access.granted" or "token.revealed" or "field.revealed" or "disclosure.made" or "access.glass-broken" or "egress.authorized";
}

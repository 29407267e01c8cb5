using System.Globalization;
using MedRedact.Audit;

namespace MedRedact.Alerts;

/// <summary>Alerts as events of the ledger, and back.</summary>
internal static class AlertEvents
{
    public static AuditEvent Raised(AlertFiring firing, ActorId by, DateTimeOffset now) => new(AuditKind.AlertRaised, now, by)
    {
        Tenant = firing.Group.Tenant,
        Document = firing.Group.Document,
        Fields =
        [
            new("rule", AuditValue.Of(firing.Rule.Id)), new("event", AuditValue.Of(firing.Event)), new("since", AuditValue.Of(firing.At)), new("count", AuditValue.Of(firing.Count)),
            new("severity", AuditValue.Of((long)firing.Rule.Severity)),
            .. firing.Group.Actor is { } actor ? [new AuditField("subject", AuditValue.Of(actor))] : (ReadOnlySpan<AuditField>)[],
        ],
    };

    public static AuditEvent Answered(Alert alert, RuleId response, bool isDone, ActorId by, DateTimeOffset now) => new(AuditKind.AlertAnswered, now, by)
    {
        Tenant = alert.Tenant,
        Document = alert.Document,
        Decision = isDone ? AuditDecision.Permitted : AuditDecision.Denied,
        Fields = [new("rule", AuditValue.Of(alert.Rule)), new("event", AuditValue.Of(alert.Event)), new("response", AuditValue.Of(response))],
    };

    /// <summary>The alert of an event; <see langword="null"/> for one that says too little.</summary>
    public static Alert? Read(AuditRecord record) =>
        Text(record, "rule") is { } rule && Number(record, "event") is { } at && Time(record, "since") is { } since && Number(record, "count") is { } count
        && Number(record, "severity") is >= 1 and <= 3 and var severity
            ? new Alert(new RuleId(rule), (AlertSeverity)severity, at, count, record.At)
            {
                Since = since,
                Actor = SubjectOf(record),
                Tenant = record.Tenant,
                Document = record.Document,
            }
            : null;

    public static (RuleId Rule, long Event, RuleId Response)? ReadAnswer(AuditRecord record) =>
        Text(record, "rule") is { } rule && Number(record, "event") is { } at && Text(record, "response") is { } response ? (new RuleId(rule), at, new RuleId(response)) : null;

    /// <summary>Whom an event is about.</summary>
    public static ActorId? SubjectOf(AuditRecord record) => Text(record, "subject") is { } actor ? new ActorId(actor) : null;

    private static string? Text(AuditRecord record, string name) => Value(record, name) is { Type: AuditValueType.Id } value ? value.Text : null;

    private static DateTimeOffset? Time(AuditRecord record, string name) =>
        Value(record, name) is { Type: AuditValueType.Time } value ? DateTimeOffset.ParseExact(value.Text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    private static long? Number(AuditRecord record, string name) =>
        Value(record, name) is { Type: AuditValueType.Number } value ? long.Parse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    private static AuditValue? Value(AuditRecord record, string name) => record.Fields.FirstOrDefault(field => field.Name == name).Value;
}

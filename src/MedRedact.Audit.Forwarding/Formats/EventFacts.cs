using System.Globalization;

namespace MedRedact.Audit.Forwarding;

/// <summary>How much somebody should care.</summary>
internal enum EventGrade
{
    Informational = 0,
    Notice,
    Warning,
    High,
    Alert,
}

/// <summary>An event as the formats say it.</summary>
internal sealed class EventFacts(string origin, AuditRecord record)
{
    public const string Product = "MedRedact";

    public static string Version { get; } = typeof(EventFacts).Assembly.GetName().Version!.ToString(3);

    public string Origin => origin;

    public AuditRecord Record => record;

    public string Id => AuditEventFormatter.IdOf(origin, record.Sequence);

    public KindMeaning Meaning { get; } = KindMeaning.Of(record.Kind);

    public EventGrade Grade { get; } = GradeOf(record);

    /// <summary>Whether what was asked for did not happen.</summary>
    public bool IsDenied => record.Decision == AuditDecision.Denied || (record.Decision is null && Meaning.IsRefusal);

    /// <summary>The whole moment, as the ledger holds it.</summary>
    public string At => record.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public string? Decision => record.Decision switch
    {
        AuditDecision.Denied => "denied",
        AuditDecision.Held => "held",
        AuditDecision.Permitted => "permitted",
        _ => null,
    };

    /// <summary>What the event says of itself, by name; the kind's own fields are not among it.</summary>
    public IEnumerable<(string Name, string Value)> Common()
    {
        yield return ("id", Id);
        yield return ("sequence", record.Sequence.ToString(CultureInfo.InvariantCulture));
        yield return ("leaf", record.LeafHash.ToString());
        yield return ("at", At);
        yield return ("kind", record.Kind);
        yield return ("actor", record.Actor.Value);
        if (record.Tenant is { } tenant)
            yield return ("tenant", tenant.Value);
        if (record.Document is { } document)
            yield return ("document", document.ToString());
        if (record.Purpose is { } purpose)
            yield return ("purpose", purpose.Code);
        if (Decision is { } decision)
            yield return ("decision", decision);
        if (record.PolicyHash is { } policy)
            yield return ("policy", policy.Value.ToString());
    }

    public static string NameOf(AuditValueType type) => type.ToString().ToLower(CultureInfo.InvariantCulture);

    private static EventGrade GradeOf(AuditRecord record) => record.Kind switch
    {
        "access.glass-broken" or "ledger.damaged" => EventGrade.Alert,
        "alert.raised" => record.Fields.FirstOrDefault(field => field.Name == "severity").Value?.Text switch { "1" => EventGrade.Warning, "3" => EventGrade.Alert, _ => EventGrade.High },
        "access.glass-reviewed" when record.Fields.Any(field => field is { Name: "finding", Value.Text: "0" }) => EventGrade.Alert,
        ForwardingEvents.StalledName => EventGrade.High,
        _ when record.Decision == AuditDecision.Denied => EventGrade.Warning,
        _ => KindMeaning.Of(record.Kind) switch
        {
            { IsRefusal: true } => EventGrade.Warning,
            { IsNotable: true } => EventGrade.Notice,
            _ => record.Decision == AuditDecision.Held ? EventGrade.Notice : EventGrade.Informational,
        },
    };
}

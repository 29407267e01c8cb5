using System.Collections.Immutable;
using MedRedact.Access;
using MedRedact.Audit;

namespace MedRedact.Alerts;

/// <summary>One rule over the events of the ledger. Exactly one of <see cref="Count"/>, <see cref="SilentFor"/> and <see cref="ClockBack"/> is what makes it hold.</summary>
public sealed record AlertRule
{
    /// <summary>Its name.</summary>
    public required RuleId Id { get; init; }

    /// <summary>How soon somebody should look.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>The kinds of events that it sees; empty for all but those of alerts themselves.</summary>
    public ImmutableArray<string> Kinds { get; init; } = [];

    /// <summary>The actions that it sees, of events that name one; empty for all.</summary>
    public ImmutableArray<AccessAction> Actions { get; init; } = [];

    /// <summary>The purposes that it sees; empty for all.</summary>
    public ImmutableArray<PurposeOfUse> Purposes { get; init; } = [];

    /// <summary>The decision that it sees; <see langword="null"/> for any, and for none.</summary>
    public AuditDecision? Decision { get; init; }

    /// <summary>It sees events outside these hours only.</summary>
    public TimeWindow? Outside { get; init; }

    /// <summary>What is counted together.</summary>
    public AlertSubject By { get; init; }

    /// <summary>So many events make it hold, 1 to 10,000.</summary>
    public int? Count { get; init; }

    /// <summary>Within so long, up to 31 days; not needed where one event is enough.</summary>
    public TimeSpan Within { get; init; }

    /// <summary>Whether several events about one document count as one.</summary>
    public bool CountsDocuments { get; init; }

    /// <summary>So long without such an event makes it hold, 1 minute to 31 days.</summary>
    public TimeSpan? SilentFor { get; init; }

    /// <summary>An event that says it is so much older than the one before it makes it hold.</summary>
    public TimeSpan? ClockBack { get; init; }

    /// <summary>How long it stays quiet about the same subject once it held. Default: 15 minutes.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What is done beside putting the alert on record, in order: names of <see cref="IAlertResponse"/>.</summary>
    public ImmutableArray<RuleId> Responses { get; init; } = [];

    /// <summary>How far back an event can still matter.</summary>
    internal TimeSpan Reach => Within + Quiet + (SilentFor ?? TimeSpan.Zero);

    /// <summary>Whether an event is one that the rule is about.</summary>
    /// <remarks>What was denied because of a suspension is the consequence of an alert and no ground for another: else whoever is suspended could have any document closed.</remarks>
    internal bool Sees(AuditRecord record) =>
        !IsConsequence(record) && (Kinds.IsEmpty ? !record.Kind.StartsWith("alert.", StringComparison.Ordinal) : Kinds.Contains(record.Kind))
        && (Actions.IsEmpty || (record.Fields.FirstOrDefault(field => field.Name == "action").Value is { } action && Actions.Any(each => AuditValue.Of(each) == action)))
        && (Purposes.IsEmpty || (record.Purpose is { } purpose && Purposes.Contains(purpose)))
        && (Decision is null || record.Decision == Decision)
        && Outside?.Holds(record.At) != true
        && (By != AlertSubject.Document || record.Document is not null);

    private static bool IsConsequence(AuditRecord record) =>
        record.Kind == AuditKind.AccessDenied.Name && record.Fields.FirstOrDefault(field => field.Name == "reason").Value is { Type: AuditValueType.Code, Text: "MR-ALR-013" or "MR-ALR-014" or "MR-ALR-015" };
}

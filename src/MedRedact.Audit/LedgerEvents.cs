namespace MedRedact.Audit;

/// <summary>The kinds of event that a ledger records about itself.</summary>
public static class LedgerEvents
{
    /// <summary>All events below <c>events</c> were read again while the ledger was in use, and are what was acknowledged.</summary>
    public static AuditKind Verified { get; } = AuditKind.Register("ledger.verified", "events");

    /// <summary>Reading again found an event or a segment that is not what was acknowledged: <c>finding</c> says what (<see cref="AuditFindingKind"/>, in lower case with
    /// hyphens), the others where. It is the last event before the ledger closes to appends.</summary>
    public static AuditKind Damaged { get; } = AuditKind.Register("ledger.damaged", "finding", "segment", "offset", "event");

    /// <summary>Who these events say acted.</summary>
    internal static ActorId Actor { get; } = new("audit-ledger");

    internal static AuditEvent VerifiedAt(DateTimeOffset at, long events) => new(Verified, at, Actor) { Fields = [new("events", AuditValue.Of(events))] };

    internal static AuditEvent DamagedAt(DateTimeOffset at, AuditFinding finding)
    {
        string kind = string.Concat(finding.Kind.ToString().Select((c, i) => char.IsAsciiLetterUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
        (string Name, long? Value)[] places = [("segment", finding.Segment), ("offset", finding.Offset), ("event", finding.Sequence)];
        return new(Damaged, at, Actor)
        {
            Fields =
            [
                new("finding", AuditValue.Of(new ObjectName(kind))),
                .. from place in places
                   where place.Value is not null
                   select new AuditField(place.Name, AuditValue.Of(place.Value!.Value)),
            ],
        };
    }
}

using System.Collections.Immutable;

namespace MedRedact.Audit;

/// <summary>The canonical bytes of an event: one line of JSON, members in fixed order, no space, no escape (docs/formats/audit-ledger.md).</summary>
/// <remarks>The head (number, document, previous event) is known to the writer alone; the body is made by whoever appends, in parallel.</remarks>
internal static class LeafFormat
{
    public const int MaxSize = 64 * 1024;

    /// <summary>Enough for the longest head: a number, a document and a previous event.</summary>
    public const int MaxHeadSize = 256;

    private const int FixedBodySize = 512;

    public static ReadOnlySpan<byte> Begin => "{\"v\":1,\"seq\":"u8;

    public static ReadOnlySpan<byte> Document => ",\"document\":\""u8;

    public static ReadOnlySpan<byte> Previous => ",\"previous\":{\"seq\":"u8;

    public static ReadOnlySpan<byte> PreviousLeaf => ",\"leaf\":\""u8;

    public static ReadOnlySpan<byte> At => ",\"at\":\""u8;

    public static ReadOnlySpan<byte> Kind => ",\"kind\":\""u8;

    public static ReadOnlySpan<byte> Actor => ",\"actor\":\""u8;

    public static ReadOnlySpan<byte> Tenant => ",\"tenant\":\""u8;

    public static ReadOnlySpan<byte> Purpose => ",\"purpose\":\""u8;

    public static ReadOnlySpan<byte> Decision => ",\"decision\":\""u8;

    public static ReadOnlySpan<byte> Policy => ",\"policy\":\""u8;

    public static ReadOnlySpan<byte> Fields => ",\"fields\":{"u8;

    public static int BodyBound(AuditEvent auditEvent)
    {
        int bound = FixedBodySize;
        foreach (AuditField field in Declared(auditEvent))
            bound = checked(bound + field.Name.Length + field.Value.Text.Length + 32);
        return bound <= MaxSize - MaxHeadSize ? bound : throw Faults.Refuse(Faults.InvalidEvent);
    }

    public static int WriteHead(Span<byte> destination, long sequence, DocumentId? document, AuditReceipt? previous)
    {
        var leaf = new LeafWriter(destination);
        leaf.Raw(Begin);
        leaf.Number(sequence);
        if (document is { } id)
        {
            leaf.Raw(Document);
            leaf.Hex(id);
            leaf.Raw("\""u8);
        }

        if (previous is { } receipt)
        {
            leaf.Raw(Previous);
            leaf.Number(receipt.Sequence);
            leaf.Raw(PreviousLeaf);
            leaf.Hex(receipt.LeafHash.Value);
            leaf.Raw("\"}"u8);
        }

        return leaf.Written;
    }

    /// <exception cref="MedRedactException"><c>MR-AUD-004</c>: the event is not valid for its kind.</exception>
    public static int WriteBody(Span<byte> destination, AuditEvent auditEvent)
    {
        var leaf = new LeafWriter(destination);
        leaf.Raw(At);
        leaf.Time(auditEvent.At);
        leaf.Raw("\""u8);
        Member(ref leaf, Kind, auditEvent.Kind.Name);
        Member(ref leaf, Actor, auditEvent.Actor.Value);
        if (auditEvent.Tenant is { } tenant)
            Member(ref leaf, Tenant, tenant.Value);
        if (auditEvent.Purpose is { } purpose)
            Member(ref leaf, Purpose, purpose.Code);
        if (auditEvent.Decision is { } decision)
            Member(ref leaf, Decision, NameOf(decision));
        if (auditEvent.PolicyHash is { } policy)
        {
            leaf.Raw(Policy);
            leaf.Hex(policy.Value);
            leaf.Raw("\""u8);
        }

        WriteFields(ref leaf, auditEvent.Fields);
        leaf.Raw("}"u8);
        return leaf.Written;
    }

    public static string NameOf(AuditDecision decision) => decision switch
    {
        AuditDecision.Permitted => "permitted",
        AuditDecision.Held => "held",
        AuditDecision.Denied => "denied",
        _ => throw Faults.Refuse(Faults.InvalidEvent),
    };

    public static string? NameOf(AuditValueType type) => type switch
    {
        AuditValueType.Number => "number",
        AuditValueType.Time => "time",
        AuditValueType.Digest => "digest",
        AuditValueType.Category => "category",
        AuditValueType.Id => "id",
        AuditValueType.Code => "code",
        AuditValueType.Token => "token",
        _ => null,
    };

    private static void WriteFields(ref LeafWriter leaf, ImmutableArray<AuditField> fields)
    {
        if (fields.IsDefaultOrEmpty)
            return;

        leaf.Raw(Fields);
        for (int i = 0; i < fields.Length; i++)
        {
            leaf.Raw(i == 0 ? "\""u8 : ",\""u8);
            leaf.Text(fields[i].Name);
            leaf.Raw("\":{\""u8);
            leaf.Text(NameOf(fields[i].Value.Type));
            leaf.Raw("\":\""u8);
            leaf.Text(fields[i].Value.Text);
            leaf.Raw("\"}"u8);
        }

        leaf.Raw("}"u8);
    }

    private static void Member(ref LeafWriter leaf, ReadOnlySpan<byte> name, string? value)
    {
        leaf.Raw(name);
        leaf.Text(value);
        leaf.Raw("\""u8);
    }

    private static ImmutableArray<AuditField> Declared(AuditEvent auditEvent)
    {
        if (auditEvent.Kind is null || auditEvent.Fields.IsDefaultOrEmpty)
            return auditEvent.Kind is null ? throw Faults.Refuse(Faults.InvalidEvent) : [];

        ImmutableArray<AuditField> fields = auditEvent.Fields;
        for (int i = 0; i < fields.Length; i++)
        {
            bool valid = fields[i].Value is not null && auditEvent.Kind.Fields.Contains(fields[i].Name);
            for (int j = 0; valid && j < i; j++)
                valid = fields[j].Name != fields[i].Name;
            if (!valid)
                throw Faults.Refuse(Faults.InvalidEvent);
        }

        return fields;
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace MedRedact.Audit;

/// <summary>Number, document and previous event of a leaf: all that recovery needs.</summary>
internal readonly record struct LeafHead(long Sequence, DocumentId? Document, AuditReceipt? Previous);

/// <summary>Reads leaves back; strict, so that one event has one form.</summary>
internal static class LeafParser
{
    public static bool TryReadHead(ReadOnlySpan<byte> leaf, out LeafHead head)
    {
        var reader = new LeafReader(leaf);
        head = ReadHead(ref reader);
        return !reader.Failed;
    }

    /// <summary>Reads the whole leaf.</summary>
    /// <returns>The event, or <see langword="null"/> where it is not in canonical form.</returns>
    public static AuditRecord? Read(ReadOnlySpan<byte> leaf, LeafHash hash)
    {
        try
        {
            var reader = new LeafReader(leaf);
            LeafHead head = ReadHead(ref reader);
            AuditRecord record = ReadBody(ref reader, head, hash);
            return reader.Failed || !reader.AtEnd ? null : record;
        }
        catch (Exception broken) when (broken is ArgumentException or FormatException or OverflowException)
        {
            // An id, a code or a value that breaks its grammar.
            return null;
        }
    }

    private static LeafHead ReadHead(ref LeafReader reader)
    {
        reader.Expect(LeafFormat.Begin);
        long sequence = reader.Number();
        DocumentId? document = null;
        AuditReceipt? previous = null;
        if (reader.Try(LeafFormat.Document))
        {
            document = reader.Document();
            reader.Expect("\""u8);
            if (reader.Try(LeafFormat.Previous))
            {
                long previousSequence = reader.Number();
                reader.Expect(LeafFormat.PreviousLeaf);
                previous = new(previousSequence, new(reader.Digest()));
                reader.Expect("\"}"u8);
            }
        }

        return new(sequence, document, previous);
    }

    private static AuditRecord ReadBody(ref LeafReader reader, LeafHead head, LeafHash hash)
    {
        DateTimeOffset at = ReadTime(Member(ref reader, LeafFormat.At));
        string kind = Id(Member(ref reader, LeafFormat.Kind));
        var actor = new ActorId(Member(ref reader, LeafFormat.Actor));
        TenantId? tenant = reader.Try(LeafFormat.Tenant) ? new(reader.Text()) : null;
        PurposeOfUse? purpose = reader.Try(LeafFormat.Purpose) ? new(reader.Text()) : null;
        AuditDecision? decision = reader.Try(LeafFormat.Decision) ? ReadDecision(reader.Text()) : null;
        PolicyHash? policy = null;
        if (reader.Try(LeafFormat.Policy))
        {
            policy = new(reader.Digest());
            reader.Expect("\""u8);
        }

        ImmutableArray<AuditField> fields = reader.Try(LeafFormat.Fields) ? ReadFields(ref reader) : [];
        reader.Expect("}"u8);
        return new()
        {
            Sequence = head.Sequence,
            LeafHash = hash,
            Document = head.Document,
            Previous = head.Previous,
            At = at,
            Kind = kind,
            Actor = actor,
            Tenant = tenant,
            Purpose = purpose,
            Decision = decision,
            PolicyHash = policy,
            Fields = fields,
        };
    }

    private static ImmutableArray<AuditField> ReadFields(ref LeafReader reader)
    {
        ImmutableArray<AuditField>.Builder fields = ImmutableArray.CreateBuilder<AuditField>();
        do
        {
            reader.Expect("\""u8);
            string name = reader.Text();
            reader.Expect(":{\""u8);
            AuditValueType type = ReadType(reader.Text());
            reader.Expect(":\""u8);
            string text = reader.Text();
            reader.Expect("}"u8);
            if (reader.Failed)
                break;
            fields.Add(new(Id(name), AuditValue.Parse(type, text)));
        }
        while (reader.Try(","u8));

        reader.Expect("}"u8);
        return fields.ToImmutable();
    }

    private static string Member(ref LeafReader reader, ReadOnlySpan<byte> name)
    {
        reader.Expect(name);
        return reader.Text();
    }

    /// <summary>Names of kinds and fields have the grammar of ids.</summary>
    private static string Id(string text) => AuditValue.Parse(AuditValueType.Id, text).Text;

    private static DateTimeOffset ReadTime(string text) =>
        DateTime.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTime at) && text.EndsWith('Z') && text.Length == 28
            ? new DateTimeOffset(at)
            : throw new FormatException();

    private static AuditDecision ReadDecision(string name) => name switch
    {
        "permitted" => AuditDecision.Permitted,
        "held" => AuditDecision.Held,
        "denied" => AuditDecision.Denied,
        _ => throw new FormatException(),
    };

    private static AuditValueType ReadType(string name) => name switch
    {
        "number" => AuditValueType.Number,
        "time" => AuditValueType.Time,
        "digest" => AuditValueType.Digest,
        "category" => AuditValueType.Category,
        "id" => AuditValueType.Id,
        "code" => AuditValueType.Code,
        "token" => AuditValueType.Token,
        _ => throw new FormatException(),
    };
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Audit;

/// <summary>What an index files events under: 64 bits of a hash over a member's name and value. Two that collide cost a look at an event too many, and no wrong answer:
/// every event that is found is read and compared.</summary>
internal static class SearchTerm
{
    /// <summary>The terms of an event; those of a query are a part of the terms of every event that it asks for.</summary>
    public static List<ulong> Of(AuditRecord record) => Of(record.Document, record.Actor, record.Kind, record.Tenant, record.Decision);

    public static List<ulong> Of(AuditQuery query) => Of(query.Document, query.Actor, query.Kind, query.Tenant, query.Decision);

    private static List<ulong> Of(DocumentId? document, ActorId? actor, string? kind, TenantId? tenant, AuditDecision? decision)
    {
        var terms = new List<ulong>(5);
        Add(terms, "document", document?.ToString());
        Add(terms, "actor", actor?.Value);
        Add(terms, "kind", kind);
        Add(terms, "tenant", tenant?.Value);
        Add(terms, "decision", decision is { } decided ? LeafFormat.NameOf(decided) : null);
        return terms;
    }

    private static void Add(List<ulong> terms, string member, string? value)
    {
        if (value is null)
            return;

        byte[] text = Encoding.UTF8.GetBytes($"{member}={value}");
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        terms.Add(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }
}

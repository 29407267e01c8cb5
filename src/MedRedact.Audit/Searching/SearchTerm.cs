using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Audit;

/// <summary>What an index files events under: 64 bits of a hash over a member's name and value. Two that collide cost a look at an event too many, and no wrong answer:
/// every event that is found is read and compared.</summary>
internal static class SearchTerm
{
    /// <summary>The terms of an event; those of a query are a part of the terms of every event that it asks for.</summary>
    /// <param name="record">The event.</param>
    /// <param name="known">Terms that were made before: few actors, kinds and tenants are in many events.</param>
    public static List<ulong> Of(AuditRecord record, Dictionary<(string Member, string Value), ulong> known) =>
        Of(record.Document, record.Actor, record.Kind, record.Tenant, record.Decision, known);

    public static List<ulong> Of(AuditQuery query) => Of(query.Document, query.Actor, query.Kind, query.Tenant, query.Decision, []);

    private static List<ulong> Of(
        DocumentId? document, ActorId? actor, string? kind, TenantId? tenant, AuditDecision? decision, Dictionary<(string Member, string Value), ulong> known)
    {
        var terms = new List<ulong>(5);
        Add("document", document?.ToString());
        Add("actor", actor?.Value);
        Add("kind", kind);
        Add("tenant", tenant?.Value);
        Add("decision", decision is { } decided ? LeafFormat.NameOf(decided) : null);
        return terms;

        void Add(string member, string? value)
        {
            if (value is null)
                return;
            if (!known.TryGetValue((member, value), out ulong term))
                known[(member, value)] = term = Hash(member, value);
            terms.Add(term);
        }
    }

    private static ulong Hash(string member, string value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{member}={value}"), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}

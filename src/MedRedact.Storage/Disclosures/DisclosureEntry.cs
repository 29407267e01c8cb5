using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace MedRedact.Storage;

/// <summary>An entry before it is sealed: a salt, its place in the audit ledger, and the facts as JSON. The audit ledger holds SHA-256 of salt and facts.</summary>
internal static class DisclosureEntry
{
    private const byte Version = 1;
    private const int SaltAt = 1, SequenceAt = SaltAt + Digest256.Size, LeafAt = SequenceAt + sizeof(long), FactsAt = LeafAt + Digest256.Size;

    public static byte[] Facts(Disclosure disclosure, ActorId by) => JsonSerializer.SerializeToUtf8Bytes(DisclosureFields.Of(disclosure, by), StorageJson.Default.DisclosureFields);

    public static Digest256 Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> facts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(facts);
        return Digest256.From(hash.GetHashAndReset());
    }

    public static byte[] Format(ReadOnlySpan<byte> salt, AuditReceipt receipt, ReadOnlySpan<byte> facts)
    {
        byte[] entry = GC.AllocateUninitializedArray<byte>(FactsAt + facts.Length, pinned: true);
        entry[0] = Version;
        salt.CopyTo(entry.AsSpan(SaltAt));
        BinaryPrimitives.WriteInt64BigEndian(entry.AsSpan(SequenceAt), receipt.Sequence);
        receipt.LeafHash.Value.ToArray().CopyTo(entry.AsSpan(LeafAt));
        facts.CopyTo(entry.AsSpan(FactsAt));
        return entry;
    }

    /// <summary>Reads an entry; anything unusual makes it none.</summary>
    public static KeptDisclosure? Parse(ReadOnlySpan<byte> entry, TenantId tenant, SubjectId subject)
    {
        if (entry.Length <= FactsAt || entry[0] != Version)
            return null;

        try
        {
            ReadOnlySpan<byte> facts = entry[FactsAt..];
            var receipt = new AuditReceipt(BinaryPrimitives.ReadInt64BigEndian(entry[SequenceAt..]), new LeafHash(Digest256.From(entry[LeafAt..FactsAt])));
            return JsonSerializer.Deserialize(facts, StorageJson.Default.DisclosureFields) is { } fields && fields.ToDisclosure() is var disclosure
                && disclosure.Tenant == tenant && disclosure.Subject == subject
                    ? new KeptDisclosure(disclosure, new ActorId(fields.By), receipt, Commit(entry[SaltAt..SequenceAt], facts))
                    : null;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>A disclosure as JSON, sealed at rest.</summary>
internal sealed record DisclosureFields(
    string Tenant, string Subject, DateTimeOffset At, int Ground, string Recipient, string Description, string Purpose, string By)
{
    public string? Address { get; init; }

    public Guid? Document { get; init; }

    public DateTimeOffset? WithheldUntil { get; init; }

    public static DisclosureFields Of(Disclosure from, ActorId by) => new(
        from.Tenant.Value, from.Subject.ToString(), from.At, (int)from.Ground, from.Recipient.Reveal(), from.Description.Reveal(), from.Purpose.Reveal(), by.Value)
    {
        Address = from.Address?.Reveal(),
        Document = from.Document?.Value,
        WithheldUntil = from.WithheldUntil,
    };

    public Disclosure ToDisclosure() => new(
        new TenantId(Tenant), new SubjectId(ReportFields.ReadDigest(Subject)), At, Enum.IsDefined((DisclosureGround)Ground) ? (DisclosureGround)Ground : throw new FormatException(),
        new Phi<string>(Recipient), new Phi<string>(Description), new Phi<string>(Purpose))
    {
        Address = Address is { } address ? new Phi<string>(address) : null,
        Document = Document is { } document ? new DocumentId(document) : null,
        WithheldUntil = WithheldUntil,
    };
}

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MedRedact.Storage;

/// <summary>One object of a committed document.</summary>
/// <param name="Zone">Its zone.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Length of its envelope.</param>
/// <param name="Sha256">Digest of its envelope, as it lies on disk.</param>
public sealed record CommittedObject(StorageZone Zone, ObjectName Name, long Bytes, Digest256 Sha256);

/// <summary>What makes a document visible: all its objects with their digests, and its report, signed.</summary>
/// <param name="Document">The document.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="At">When it was committed.</param>
/// <param name="Objects">Its objects, in the order they were written.</param>
/// <param name="Report">What the ingestion reported.</param>
public sealed record CommitRecord(
    DocumentId Document, TenantId Tenant, DateTimeOffset At, ImmutableArray<CommittedObject> Objects, IngestionReport Report)
{
    /// <summary>The object that holds the record, in <see cref="StorageZone.Proofs"/>. No other object may bear the name.</summary>
    public static ObjectName Name { get; } = new("commit");

    /// <summary>The purpose of the key that signs.</summary>
    public static KeyPurpose Signing { get; } = new("document-commit");

    private const byte Version = 1;
    private const int StartSize = 9;

    private static ReadOnlySpan<byte> Magic => "MRDC"u8;

    internal static ZoneObject AddressOf(TenantId tenant, DocumentId document) => new(StorageZone.Proofs, tenant, document, Name);

    internal async ValueTask<byte[]> SignAsync(ISigner signer, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(CommitFields.Of(this), StorageJson.Default.CommitFields);
        byte[] id = Encoding.ASCII.GetBytes(signer.Key.Value);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, json.Length);
        byte[] signedPart = [.. Magic, Version, .. length, .. json, (byte)id.Length, .. id];
        return [.. signedPart, .. (await signer.SignAsync(signedPart, cancellationToken)).Span];
    }

    /// <summary>Reads a record that a key signed which is accepted; null for any other bytes.</summary>
    internal static async ValueTask<CommitRecord?> VerifyAsync(byte[] bytes, IKeyProvider keys, CancellationToken cancellationToken)
    {
        if (PartsOf(bytes) is not var (json, signature) || KeyIn(bytes.AsSpan(json.End..signature.Start)) is not { } signer)
            return null;
        if (await keys.FindVerificationKeyAsync(Signing, signer, cancellationToken) is not { } key)
            return null;

        using ECDsa verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
        return verifier.VerifyData(bytes.AsSpan(..signature.Start), bytes.AsSpan(signature), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ? TryParse(bytes.AsSpan(json))
            : null;
    }

    /// <summary>Where the JSON and the signature are; between them is the name of the key with its length.</summary>
    private static (Range Json, Range Signature)? PartsOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < StartSize || !bytes.StartsWith(Magic) || bytes[4] != Version)
            return null;

        int length = BinaryPrimitives.ReadInt32BigEndian(bytes[5..]);
        if (length < 0 || length > bytes.Length - StartSize - 1)
            return null;

        int idAt = StartSize + length + 1, signatureAt = idAt + bytes[idAt - 1];
        return signatureAt <= bytes.Length ? (StartSize..(idAt - 1), signatureAt..bytes.Length) : null;
    }

    private static KeyId? KeyIn(ReadOnlySpan<byte> named)
    {
        try
        {
            return new KeyId(Encoding.Latin1.GetString(named[1..]));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static CommitRecord? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StorageJson.Default.CommitFields)?.ToRecord();
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>A commit record as JSON.</summary>
internal sealed record CommitFields(Guid Document, string Tenant, DateTimeOffset At, ImmutableArray<CommittedObjectFields> Objects, ReportFields Report)
{
    public static CommitFields Of(CommitRecord record) => new(
        record.Document.Value,
        record.Tenant.Value,
        record.At,
        [.. record.Objects.Select(each => new CommittedObjectFields(each.Zone.ToString(), each.Name.Value, each.Bytes, each.Sha256.ToString()))],
        ReportFields.Of(record.Report));

    public CommitRecord ToRecord() => new(
        new DocumentId(Document),
        new TenantId(Tenant),
        At,
        [.. Objects.Select(each => new CommittedObject(
            Enum.Parse<StorageZone>(each.Zone), new ObjectName(each.Name), each.Bytes, ReportFields.ReadDigest(each.Sha256)))],
        Report.ToReport());
}

/// <summary>A committed object as JSON.</summary>
internal sealed record CommittedObjectFields(string Zone, string Name, long Bytes, string Sha256);

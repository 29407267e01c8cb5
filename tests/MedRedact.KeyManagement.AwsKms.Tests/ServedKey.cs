using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MedRedact.KeyManagement.AwsKms.Tests;

/// <summary>A key of the service: its material stays here.</summary>
internal sealed class ServedKey(string spec, string usage, string description, DateTimeOffset made, string origin = "AWS_KMS") : IDisposable
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly ECDsa? _pair = spec == "ECC_NIST_P256" ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;

    public string Id { get; } = Guid.NewGuid().ToString();

    public string Usage => usage;

    public string Description { get; set; } = description;

    public string State { get; set; } = "Enabled";

    public DateTimeOffset? DeletionAt { get; set; }

    public Dictionary<string, string> Tags { get; } = [];

    public string Arn => $"arn:aws:kms:us-east-1:111122223333:key/{Id}";

    public void Dispose() => _pair?.Dispose();

    public JsonObject Describe() => new()
    {
        ["AWSAccountId"] = "111122223333", ["KeyId"] = Id, ["Arn"] = Arn, ["CreationDate"] = made.ToUnixTimeMilliseconds() / 1000.0, ["Enabled"] = State == "Enabled",
        ["Description"] = Description, ["KeyUsage"] = usage, ["KeySpec"] = spec, ["CustomerMasterKeySpec"] = spec, ["KeyState"] = State, ["Origin"] = origin, ["KeyManager"] = "CUSTOMER",
        ["MultiRegion"] = false, ["DeletionDate"] = DeletionAt is { } at ? at.ToUnixTimeMilliseconds() / 1000.0 : null,
    };

    /// <summary>As the service: the blob names its key, and opens with the same context alone.</summary>
    public byte[] Encrypt(byte[] plaintext, JsonObject? context)
    {
        byte[] id = Encoding.ASCII.GetBytes(Id), nonce = RandomNumberGenerator.GetBytes(12), body = new byte[plaintext.Length + 16];
        using var aes = new AesGcm(_secret, 16);
        aes.Encrypt(nonce, plaintext, body.AsSpan(16), body.AsSpan(0, 16), Canonical(context));
        return [.. id, .. nonce, .. body];
    }

    public static string? NameIn(byte[] blob) => blob.Length > 36 + 12 + 16 ? Encoding.Latin1.GetString(blob, 0, 36) : null;

    public byte[]? Decrypt(byte[] blob, JsonObject? context)
    {
        try
        {
            byte[] plaintext = new byte[blob.Length - 64];
            using var aes = new AesGcm(_secret, 16);
            aes.Decrypt(blob.AsSpan(36, 12), blob.AsSpan(64), blob.AsSpan(48, 16), plaintext, Canonical(context));
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public byte[] Mac(byte[] message) => HMACSHA256.HashData(_secret, message);

    public byte[] Sign(byte[] digest) => _pair!.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence);

    public byte[] PublicKey => _pair!.ExportSubjectPublicKeyInfo();

    private static byte[] Canonical(JsonObject? context) =>
        Encoding.UTF8.GetBytes(string.Join('\0', (context ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Key, pair.Value!.GetValue<string>() })));
}

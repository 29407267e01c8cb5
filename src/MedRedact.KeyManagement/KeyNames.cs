using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.KeyManagement;

/// <summary>Names of new keys: what they are for, then 16 hexadecimal digits.</summary>
internal static class KeyNames
{
    /// <summary>A name of its own for each call, or one and the same for each call about one operation: whoever finds it taken finds what it made.</summary>
    public static KeyId Of(KeyRole role, KeyOperation? operation)
    {
        string prefix = role.Zone?.ToString().ToLower(CultureInfo.InvariantCulture) ?? (role.Kind == KeyKind.MacRoot ? "mac" : "sign");
        string digits = operation is { } named
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"MedRedact key operation v1\0{prefix}\0{role.Purpose?.Value}\0{Checked(named)}")))[..16]
            : RandomNumberGenerator.GetHexString(16, lowercase: true);
        return new KeyId($"{prefix}-{digits}");
    }

    /// <summary>The rotation that follows a key by age: processes that find it due at the same time mean the same one.</summary>
    public static KeyOperation Succeeding(KeyId key) => new($"after-{key.Value}"[..Math.Min(64, 6 + key.Value.Length)]);

    private static string Checked(KeyOperation operation)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation.Value, nameof(operation));
        return operation.Value;
    }
}

using System.Security.Cryptography;

namespace MedRedact.Manifests;

/// <summary>A document's secret salt: without it, the digest of a form with one name on it could be found by guessing the name.</summary>
internal sealed class PageSalt
{
    private readonly byte[] _salt;

    public PageSalt() => _salt = RandomNumberGenerator.GetBytes(32);

    /// <summary>The salt, for the sealed proofs zone.</summary>
    public ReadOnlyMemory<byte> Value => _salt;

    /// <summary>SHA-256 of <c>salt ‖ "medredact/pixels/1" ‖ digest of the pixels</c>.</summary>
    public Digest256 Commit(Digest256 pixels)
    {
        Span<byte> message = stackalloc byte[32 + 18 + 32];
        _salt.CopyTo(message);
        "medredact/pixels/1"u8.CopyTo(message[32..]);
        pixels.CopyTo(message[50..]);
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(message, digest);
        return Digest256.From(digest);
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>A share wrapped to its custodian's public key; layout in <c>docs/formats/key-recovery.md</c>.</summary>
internal static class SealedShare
{
    public const int MaxSize = 4096;
    private const byte Version = 1, Elliptic = 1, Rsa = 2;
    private const int StartSize = 6, TagSize = 16, KeySize = 32, NonceSize = 12;

    private static ReadOnlySpan<byte> Magic => "MRKS"u8;

    private static ReadOnlySpan<byte> Label => "MedRedact recovery share v1\0"u8;

    public static byte[] Seal(ShareHeader header, Custodian custodian, ReadOnlySpan<byte> words)
    {
        (SecretBuffer shared, byte[] encapsulation) = EphemeralKey.To(custodian);
        using (shared)
        {
            byte[] start = new byte[StartSize + ShareHeader.Size + 2 + encapsulation.Length];
            Magic.CopyTo(start);
            (start[4], start[5]) = (Version, custodian.IsRsa ? Rsa : Elliptic);
            header.Write(start.AsSpan(StartSize));
            BinaryPrimitives.WriteUInt16BigEndian(start.AsSpan(StartSize + ShareHeader.Size), (ushort)encapsulation.Length);
            encapsulation.CopyTo(start.AsSpan(StartSize + ShareHeader.Size + 2));

            byte[] share = [.. start, .. new byte[words.Length + TagSize]];
            using SecretBuffer derived = Derive(shared.Span, start);
            using var aes = new AesGcm(derived.Span[..KeySize], TagSize);
            aes.Encrypt(derived.Span[KeySize..], words, share.AsSpan(start.Length, words.Length), share.AsSpan(start.Length + words.Length), start);
            return share;
        }
    }

    /// <summary>What the share says of itself, before anything is opened; null where it is no share.</summary>
    public static ShareHeader? Header(ReadOnlySpan<byte> share) =>
        share.Length > StartSize && share.StartsWith(Magic) && share[4] == Version && share[5] is Elliptic or Rsa ? ShareHeader.TryRead(share[StartSize..]) : null;

    /// <summary>The words; null where the share is damaged or the key is another.</summary>
    public static SecretBuffer? TryOpen(ReadOnlySpan<byte> share, CustodianPrivateKey key)
    {
        int at = StartSize + ShareHeader.Size;
        if (Header(share) is not { } header || header.Custodian != key.Fingerprint || share.Length < at + 2)
            return null;

        int start = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(share[at..]);
        if (share.Length < start + TagSize)
            return null;

        using SecretBuffer? shared = key.Decapsulate(share[(at + 2)..start]);
        if (shared is null)
            return null;

        using SecretBuffer derived = Derive(shared.Span, share[..start]);
        using var aes = new AesGcm(derived.Span[..KeySize], TagSize);
        var words = new SecretBuffer(share.Length - start - TagSize);
        try
        {
            aes.Decrypt(derived.Span[KeySize..], share[start..^TagSize], share[^TagSize..], words.Span, share[..start]);
            return words;
        }
        catch (AuthenticationTagMismatchException)
        {
            words.Dispose();
            return null;
        }
    }

    /// <summary>Key and nonce are of this share alone: the shared secret is fresh, and all that comes before the words is bound in.</summary>
    private static SecretBuffer Derive(ReadOnlySpan<byte> shared, ReadOnlySpan<byte> start)
    {
        var derived = new SecretBuffer(KeySize + NonceSize);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, derived.Span, salt: default, info: [.. Label, .. start]);
        return derived;
    }
}

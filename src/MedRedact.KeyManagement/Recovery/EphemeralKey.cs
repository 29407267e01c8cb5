using System.Security.Cryptography;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>Keys that one share is wrapped with and no other: a P-256 key agreed with the custodian's, or random bytes under the custodian's RSA key.</summary>
internal static class EphemeralKey
{
    private const int CoordinateSize = 32;
    private const byte Uncompressed = 4;

    /// <summary>A new shared secret, and what the custodian needs to find it.</summary>
    public static (SecretBuffer Shared, byte[] Encapsulation) To(Custodian custodian)
    {
        if (custodian.IsRsa)
        {
            using RSA rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(custodian.PublicKey.Span, out _);
            SecretBuffer key = SecretBuffer.Random(32);
            byte[] encrypted = new byte[rsa.KeySize / 8];
            rsa.Encrypt(key.Span, encrypted, RSAEncryptionPadding.OaepSHA256);
            return (key, encrypted);
        }

        using ECDiffieHellman peer = ECDiffieHellman.Create(), mine = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        peer.ImportSubjectPublicKeyInfo(custodian.PublicKey.Span, out _);
        ECPoint point = mine.ExportParameters(false).Q;
        return (Agree(mine, peer.PublicKey), [Uncompressed, .. point.X!, .. point.Y!]);
    }

    /// <summary>The sender's point (SEC 1, uncompressed), or null where it is none of the curve.</summary>
    public static ECDiffieHellman? Read(ReadOnlySpan<byte> point)
    {
        if (point.Length != 1 + 2 * CoordinateSize || point[0] != Uncompressed)
            return null;

        return ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[1..(1 + CoordinateSize)].ToArray(), Y = point[(1 + CoordinateSize)..].ToArray() },
        });
    }

    /// <summary>The x-coordinate of the common point; the platform's array is cleared.</summary>
    public static SecretBuffer Agree(ECDiffieHellman mine, ECDiffieHellmanPublicKey theirs)
    {
        byte[] agreed = mine.DeriveRawSecretAgreement(theirs);
        try
        {
            return SecretBuffer.Copy(agreed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(agreed);
        }
    }
}

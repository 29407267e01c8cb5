using System.Security.Cryptography;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>Somebody who keeps a share: known by a public key.</summary>
public sealed class Custodian
{
    internal const int MinRsaBits = 3072, MaxRsaBits = 8192;

    private Custodian(ReadOnlyMemory<byte> publicKey, bool isRsa) => (PublicKey, IsRsa, Fingerprint) = (publicKey, isRsa, Digest256.From(SHA256.HashData(publicKey.Span)));

    /// <summary>The public key: SubjectPublicKeyInfo, DER.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>SHA-256 of <see cref="PublicKey"/>.</summary>
    public Digest256 Fingerprint { get; }

    internal bool IsRsa { get; }

    /// <summary>Reads a public key.</summary>
    /// <param name="pem">PEM, <c>PUBLIC KEY</c> (SubjectPublicKeyInfo): P-256, or RSA of 3,072 to 8,192 bits.</param>
    /// <returns>The custodian.</returns>
    /// <exception cref="MedRedactException"><see cref="Faults.UnusableCustodianKey"/>.</exception>
    public static Custodian FromPem(ReadOnlySpan<char> pem)
    {
        // Other labels are passed over; a private key where a public one belongs is not taken.
        while (PemEncoding.TryFind(pem, out PemFields found))
        {
            byte[] content = new byte[found.DecodedDataLength];
            if (pem[found.Label] is "PUBLIC KEY" && Convert.TryFromBase64Chars(pem[found.Base64Data], content, out int written) && written == content.Length)
                return TryRead(content) ?? throw Faults.Refuse(Faults.UnusableCustodianKey);

            pem = pem[found.Location.End..];
        }

        throw Faults.Refuse(Faults.UnusableCustodianKey);
    }

    internal static Custodian? TryRead(ReadOnlySpan<byte> publicKey)
    {
        try
        {
            using ECDsa elliptic = ECDsa.Create();
            elliptic.ImportSubjectPublicKeyInfo(publicKey, out int read);
            return read == publicKey.Length && IsP256(elliptic) ? new(elliptic.ExportSubjectPublicKeyInfo(), isRsa: false) : null;
        }
        catch (Exception fault) when (IsNoKey(fault))
        {
            // No key of an elliptic curve; it may be one of RSA.
        }

        try
        {
            using RSA rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(publicKey, out int read);
            return read == publicKey.Length && rsa.KeySize is >= MinRsaBits and <= MaxRsaBits ? new(rsa.ExportSubjectPublicKeyInfo(), isRsa: true) : null;
        }
        catch (Exception fault) when (IsNoKey(fault))
        {
            return null;
        }
    }

    /// <summary>What the platform throws at bytes that are no key; a curve it does not know is not supported.</summary>
    internal static bool IsNoKey(Exception fault) => fault is CryptographicException or PlatformNotSupportedException or ArgumentException;

    internal static bool IsP256(ECAlgorithm key) => key.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;

    internal bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (IsRsa)
        {
            using RSA rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(PublicKey.Span, out _);
            return rsa.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        }

        using ECDsa elliptic = ECDsa.Create();
        elliptic.ImportSubjectPublicKeyInfo(PublicKey.Span, out _);
        return elliptic.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}

using System.Security.Cryptography;
using System.Text;
using MedRedact.Durability;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>A custodian's private key, as a PEM file of his own holds it.</summary>
internal sealed class CustodianPrivateKey : IDisposable
{
    private const int MaxFile = 64 * 1024;

    private readonly ECDiffieHellman? _agreement;
    private readonly ECDsa? _signing;
    private readonly RSA? _rsa;

    private CustodianPrivateKey(ECDiffieHellman agreement, ECDsa signing)
    {
        (_agreement, _signing) = (agreement, signing);
        PublicKey = signing.ExportSubjectPublicKeyInfo();
    }

    private CustodianPrivateKey(RSA rsa)
    {
        _rsa = rsa;
        PublicKey = rsa.ExportSubjectPublicKeyInfo();
    }

    public byte[] PublicKey { get; }

    public Digest256 Fingerprint => Digest256.From(SHA256.HashData(PublicKey));

    /// <summary>Reads a PEM file; one that others can read, or that is no P-256 or large RSA key, is refused.</summary>
    public static CustodianPrivateKey Read(string path, string? passphraseFile, IFileOperations operations)
    {
        using SecretBuffer file = SecretFile.Read(path, MaxFile, SecretFile.Sharing.None, operations) ?? throw Faults.Refuse(Faults.UnusableCustodianKey);
        using Passphrase? passphrase = passphraseFile is null ? null : Passphrase.Read(passphraseFile, operations);
        char[] pem = GC.AllocateUninitializedArray<char>(file.Length, pinned: true);
        try
        {
            Encoding.Latin1.GetChars(file.Span, pem);
            return ReadElliptic(pem, passphrase) ?? ReadRsa(pem, passphrase) ?? throw Faults.Refuse(Faults.UnusableCustodianKey);
        }
        finally
        {
            pem.AsSpan().Clear();
        }
    }

    /// <summary>What the share was wrapped with, or null where it was wrapped to another key.</summary>
    public SecretBuffer? Decapsulate(ReadOnlySpan<byte> encapsulation)
    {
        try
        {
            if (_rsa is not null)
            {
                using var room = new SecretBuffer(_rsa.KeySize / 8);
                int written = _rsa.Decrypt(encapsulation, room.Span, RSAEncryptionPadding.OaepSHA256);
                return SecretBuffer.Copy(room.Span[..written]);
            }

            using ECDiffieHellman? sender = EphemeralKey.Read(encapsulation);
            return sender is null ? null : EphemeralKey.Agree(_agreement!, sender.PublicKey);
        }
        catch (Exception fault) when (Custodian.IsNoKey(fault))
        {
            return null;
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> message) => _rsa is not null
        ? _rsa.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
        : _signing!.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose()
    {
        _agreement?.Dispose();
        _signing?.Dispose();
        _rsa?.Dispose();
    }

    private static CustodianPrivateKey? ReadElliptic(ReadOnlySpan<char> pem, Passphrase? passphrase)
    {
        ECDiffieHellman agreement = ECDiffieHellman.Create();
        ECDsa signing = ECDsa.Create();
        if (TryImport(agreement, pem, passphrase) && TryImport(signing, pem, passphrase) && Custodian.IsP256(signing))
            return new(agreement, signing);

        agreement.Dispose();
        signing.Dispose();
        return null;
    }

    private static CustodianPrivateKey? ReadRsa(ReadOnlySpan<char> pem, Passphrase? passphrase)
    {
        RSA rsa = RSA.Create();
        if (TryImport(rsa, pem, passphrase) && rsa.KeySize is >= Custodian.MinRsaBits and <= Custodian.MaxRsaBits)
            return new(rsa);

        rsa.Dispose();
        return null;
    }

    private static bool TryImport(AsymmetricAlgorithm key, ReadOnlySpan<char> pem, Passphrase? passphrase)
    {
        try
        {
            if (passphrase is null)
                key.ImportFromPem(pem);
            else
                key.ImportFromEncryptedPem(pem, passphrase.Bytes);
            return true;
        }
        catch (Exception fault) when (Custodian.IsNoKey(fault))
        {
            return false;
        }
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Audit;

/// <summary>A key of notes: ECDSA over P-256 with SHA-256 (type 0x02), identified by the first four bytes of SHA-256 of its
/// SubjectPublicKeyInfo, as C2SP signed-note says.</summary>
internal sealed class NoteKey : IDisposable
{
    private const byte EcdsaType = 2;
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly ECDsa _key;
    private readonly byte[] _publicKey;

    private NoteKey(string name, ECDsa key, byte[] publicKey)
    {
        _key = key;
        _publicKey = publicKey;
        Name = name;
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(publicKey));
    }

    public string Name { get; }

    public uint KeyId { get; }

    /// <summary>The key as verifiers are given it: name, id in hexadecimal, type and key in base64, joined by plus signs.</summary>
    public string VerifierKey => FormattableString.Invariant($"{Name}+{KeyId:x8}+{Convert.ToBase64String([EcdsaType, .. _publicKey])}");

    /// <exception cref="MedRedactException"><c>MR-AUD-007</c>: not a P-256 key.</exception>
    public static NoteKey Create(string name, ReadOnlySpan<byte> publicKey)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out int read);
            if (read == publicKey.Length && key.ExportParameters(false).Curve.Oid.Value == P256)
                return new(name, key, publicKey.ToArray());
        }
        catch (CryptographicException)
        {
            // Not a key at all: the same answer.
        }

        key.Dispose();
        throw Faults.Refuse(Faults.UnusableKey);
    }

    /// <summary>Says whether the first line of this name and id carries a valid signature; lines of other keys are passed over.</summary>
    public bool Verify(SignedNote note)
    {
        foreach (NoteSignature signature in note.Signatures)
        {
            if (signature.Name == Name && signature.KeyId == KeyId)
                return Verify(note.Text, signature.Signature.Span);
        }

        return false;
    }

    public bool Verify(string text, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();
}

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MedRedact.Audit;

/// <summary>A witness's public key with its name. Two kinds: Ed25519 (type 0x04), whose signature is a C2SP <a href="https://c2sp.org/tlog-cosignature">cosignature/v1</a> with the
/// time in it, and ECDSA P-256 (type 0x02), whose signature is that of a plain signed note.</summary>
/// <remarks>Its text is that of C2SP signed-note: <c>name+id+key</c>, the id in hexadecimal, type and key in base64.</remarks>
public sealed class WitnessKey
{
    internal const byte Ed25519Type = 4;

    private const byte EcdsaType = 2;
    private const int TimeSize = 8;

    private readonly byte[] _publicKey;
    private readonly byte _type;

    private WitnessKey(string name, byte type, byte[] publicKey, uint id, string text)
    {
        (Name, _type, _publicKey, KeyId, Text) = (name, type, publicKey, id, text);
    }

    /// <summary>The witness's name.</summary>
    public string Name { get; }

    internal uint KeyId { get; }

    /// <summary>What tells this key from another, whatever its name.</summary>
    internal string Identity => Convert.ToHexString(_publicKey);

    private string Text { get; }

    /// <summary>Names a key of ECDSA P-256.</summary>
    /// <param name="name">The witness's name: no white space, no plus sign.</param>
    /// <param name="publicKey">SubjectPublicKeyInfo; copied.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">It is no name of a signer.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-007</c>: not a key of ECDSA P-256.</exception>
    public static WitnessKey OfEcdsa(string name, ReadOnlyMemory<byte> publicKey)
    {
        CheckName(name);
        using var key = NoteKey.Create(name, publicKey.Span);
        return new(name, EcdsaType, publicKey.ToArray(), key.KeyId, key.VerifierKey);
    }

    /// <summary>Names a key of Ed25519.</summary>
    /// <param name="name">The witness's name: no white space, no plus sign.</param>
    /// <param name="publicKey">The 32 bytes of RFC 8032; copied.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">It is no name of a signer, or no such key.</exception>
    public static WitnessKey OfEd25519(string name, ReadOnlyMemory<byte> publicKey)
    {
        CheckName(name);
        if (publicKey.Length != Ed25519.PublicKeySize || !Ed25519.ValidatePublicKeyFull(publicKey.ToArray(), 0))
            throw new ArgumentException("A key of Ed25519 is 32 bytes that encode a point of full order.", nameof(publicKey));

        byte[] key = publicKey.ToArray();
        uint id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519Type, .. key]));
        return new(name, Ed25519Type, key, id, string.Create(CultureInfo.InvariantCulture, $"{name}+{id:x8}+{Convert.ToBase64String([Ed25519Type, .. key])}"));
    }

    /// <summary>Reads a key as it is printed.</summary>
    /// <param name="text">The text, without white space about it.</param>
    /// <returns>The key, or <see langword="null"/> where anything about the text is wrong: form, id, type, curve.</returns>
    public static WitnessKey? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('+', 3);
        byte[] typed = new byte[text.Length];
        if (parts.Length != 3 || !SignedNote.IsName(parts[0]) || !Convert.TryFromBase64String(parts[2], typed, out int length) || length < 2)
            return null;

        try
        {
            ReadOnlyMemory<byte> material = typed.AsMemory(1, length - 1);
            WitnessKey? key = typed[0] switch
            {
                EcdsaType => OfEcdsa(parts[0], material),
                Ed25519Type => OfEd25519(parts[0], material),
                _ => null,
            };
            return key?.Text == text ? key : null;
        }
        catch (Exception fault) when (fault is MedRedactException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The key as it is printed.</summary>
    /// <returns><c>name+id+key</c>.</returns>
    public override string ToString() => Text;

    /// <summary>The first valid signature of this key on a note; lines of other keys are passed over.</summary>
    internal NoteSignature? Find(SignedNote note)
    {
        foreach (NoteSignature signature in note.Signatures)
        {
            if (signature.Name == Name && signature.KeyId == KeyId && Verify(note.Text, signature.Signature.Span))
                return signature;
        }

        return null;
    }

    /// <summary>What a cosignature/v1 signs: a line that says so, the time, the whole text of the checkpoint.</summary>
    internal static byte[] CosignedMessage(string text, ulong time) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n{text}"));

    private bool Verify(string text, ReadOnlySpan<byte> signature)
    {
        if (_type == EcdsaType)
        {
            using var key = NoteKey.Create(Name, _publicKey);
            return key.Verify(text, signature);
        }

        if (signature.Length != TimeSize + Ed25519.SignatureSize || BinaryPrimitives.ReadUInt64BigEndian(signature) is var time && time > long.MaxValue)
            return false;
        byte[] message = CosignedMessage(text, time);
        return Ed25519.Verify(signature[TimeSize..].ToArray(), 0, _publicKey, 0, message, 0, message.Length);
    }

    private static void CheckName(string name)
    {
        if (!SignedNote.IsName(name))
            throw new ArgumentException("A witness's name has no white space and no plus sign.", nameof(name));
    }
}

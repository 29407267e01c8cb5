namespace MedRedact.Audit;

/// <summary>A public key with the name of who signs with it: what a verifier of signed notes is given, out of band.</summary>
/// <remarks>Its text is that of C2SP signed-note: <c>name+id+key</c>, the id in hexadecimal, type and key in base64.</remarks>
public sealed class VerifierKey
{
    private VerifierKey(string name, ReadOnlyMemory<byte> publicKey, string text) => (Name, PublicKey, Text) = (name, publicKey, text);

    /// <summary>The signer's name: a ledger's origin, or <c>medredact/manifest/1/</c> and the id of a key that signs manifests.</summary>
    public string Name { get; }

    /// <summary>SubjectPublicKeyInfo of ECDSA P-256.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    private string Text { get; }

    /// <summary>Names a key.</summary>
    /// <param name="name">The signer's name: no white space, no plus sign.</param>
    /// <param name="publicKey">SubjectPublicKeyInfo of ECDSA P-256; copied.</param>
    /// <returns>The named key.</returns>
    /// <exception cref="ArgumentException">It is no name of a signer.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-007</c>: not a key of ECDSA P-256.</exception>
    public static VerifierKey Create(string name, ReadOnlyMemory<byte> publicKey)
    {
        if (!SignedNote.IsName(name))
            throw new ArgumentException("A signer's name has no white space and no plus sign.", nameof(name));

        using var key = NoteKey.Create(name, publicKey.Span);
        return new(name, publicKey.ToArray(), key.VerifierKey);
    }

    /// <summary>Reads a key as it is printed.</summary>
    /// <param name="text">The text, without white space about it.</param>
    /// <returns>The key, or <see langword="null"/> where anything about the text is wrong: form, id, type, curve.</returns>
    public static VerifierKey? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('+', 3);
        byte[] typed = new byte[text.Length];
        if (parts.Length != 3 || !SignedNote.IsName(parts[0]) || !Convert.TryFromBase64String(parts[2], typed, out int length) || length < 2)
            return null;

        try
        {
            VerifierKey key = Create(parts[0], typed.AsMemory(1, length - 1));
            return key.Text == text ? key : null;
        }
        catch (MedRedactException)
        {
            return null;
        }
    }

    /// <summary>The key as it is printed.</summary>
    /// <returns><c>name+id+key</c>.</returns>
    public override string ToString() => Text;

    /// <summary>Checks a note against the one of the keys that has the name and id of a signature on it.</summary>
    internal static EvidenceCheck Check(SignedNote note, IEnumerable<VerifierKey> keys, Func<string, bool> mayHaveSigned) =>
        Check(note, keys, mayHaveSigned, out _);

    /// <summary>As above, and names the key; one that did not sign what bears its name is named as well.</summary>
    internal static EvidenceCheck Check(SignedNote note, IEnumerable<VerifierKey> keys, Func<string, bool> mayHaveSigned, out VerifierKey? signer)
    {
        signer = null;
        foreach (VerifierKey each in keys.Where(each => mayHaveSigned(each.Name)))
        {
            using var key = NoteKey.Create(each.Name, each.PublicKey.Span);
            if (note.Signatures.Any(signature => signature.Name == key.Name && signature.KeyId == key.KeyId))
            {
                signer = each;
                return key.Verify(note) ? EvidenceCheck.Verified : EvidenceCheck.SignatureInvalid;
            }
        }

        return EvidenceCheck.UnknownSigner;
    }
}

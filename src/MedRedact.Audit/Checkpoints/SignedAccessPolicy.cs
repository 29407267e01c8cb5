using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Audit;

/// <summary>What approvers of an access policy sign: its name, its version and the digest of its bytes, one note with a line an approver (docs/formats/access-policy.md).</summary>
/// <param name="Name">The policy's name, of the id grammar.</param>
/// <param name="Version">Its version, 1 or more.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
public sealed record SignedAccessPolicy(string Name, int Version, Digest256 Sha256)
{
    private const string Domain = "medredact/access-policy/1";

    /// <summary>Who approved: each name once, and each key once, whatever names it signed under. In the order of the note.</summary>
    public ImmutableArray<ActorId> Approvers { get; private init; } = [];

    private string Text => string.Create(CultureInfo.InvariantCulture, $"{Domain}\npolicy {Name} {Version}\nsha256 {Sha256}\n");

    /// <summary>The name by which an approver signs.</summary>
    /// <param name="approver">The approver.</param>
    /// <returns>The name for <see cref="VerifierKey.Create"/>.</returns>
    public static string SignerName(ActorId approver) => $"{Domain}/{approver}";

    /// <summary>Adds an approval.</summary>
    /// <param name="approver">Who approves.</param>
    /// <param name="key">The approver's private key, ECDSA P-256.</param>
    /// <param name="note">The note so far; empty for the first approval. Approvals of another policy, another version or other bytes are dropped, and so is an earlier one of the same approver.</param>
    /// <returns>The bytes of the note.</returns>
    /// <exception cref="MedRedactException"><c>MR-AUD-007</c>: not a key of ECDSA P-256.</exception>
    /// <exception cref="ArgumentException">The note has 16 approvals already.</exception>
    public byte[] Approve(ActorId approver, ECDsa key, ReadOnlyMemory<byte> note = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var signer = NoteKey.Create(SignerName(approver), key.ExportSubjectPublicKeyInfo());
        byte[] signature = key.SignData(Encoding.UTF8.GetBytes(Text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        IEnumerable<NoteSignature> earlier = SignedNote.Parse(note.Span) is { } parsed && parsed.Text == Text
            ? parsed.Signatures.Where(each => each.Name != signer.Name)
            : [];
        ImmutableArray<NoteSignature> signatures = [.. earlier, new NoteSignature(signer.Name, signer.KeyId, signature)];
        return signatures.Length <= SignedNote.MaxSignatures ? SignedNote.FormatCosigned(Text, signatures) : throw new ArgumentException("A note has at most 16 approvals.", nameof(note));
    }

    /// <summary>Checks a note about these very bytes. Lines of keys that are not given are passed over; a bad line of a key that is given spoils the note.</summary>
    /// <param name="note">The bytes of the note.</param>
    /// <param name="keys">The keys of the approvers, named by <see cref="SignerName"/>; others are passed over.</param>
    /// <param name="approved">This policy with its approvers, where the check is <see cref="EvidenceCheck.Verified"/>: at least one.</param>
    /// <returns>What the check came to; <see cref="EvidenceCheck.SignatureInvalid"/> also where the note is about another policy.</returns>
    public EvidenceCheck Check(ReadOnlyMemory<byte> note, IEnumerable<VerifierKey> keys, out SignedAccessPolicy? approved)
    {
        ArgumentNullException.ThrowIfNull(keys);
        approved = null;
        if (SignedNote.Parse(note.Span) is not { } parsed)
            return EvidenceCheck.Malformed;
        if (parsed.Text != Text)
            return EvidenceCheck.SignatureInvalid;

        var names = new HashSet<string>(StringComparer.Ordinal);
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<ActorId>.Builder approvers = ImmutableArray.CreateBuilder<ActorId>();
        foreach (VerifierKey each in keys)
        {
            using var key = NoteKey.Create(each.Name, each.PublicKey.Span);
            if (ApproverOf(each.Name) is not { } approver || !parsed.Signatures.Any(signature => signature.Name == key.Name && signature.KeyId == key.KeyId))
                continue;
            if (!key.Verify(parsed))
                return EvidenceCheck.SignatureInvalid;

            // One key under two names is one approver, and so is one name with two keys.
            bool newKey = distinct.Add(Convert.ToHexString(each.PublicKey.Span)), newName = names.Add(each.Name);
            if (newKey && newName)
                approvers.Add(approver);
        }

        if (approvers.Count == 0)
            return EvidenceCheck.UnknownSigner;

        approved = this with { Approvers = approvers.ToImmutable() };
        return EvidenceCheck.Verified;
    }

    private static ActorId? ApproverOf(string name)
    {
        try
        {
            return name.StartsWith(Domain + "/", StringComparison.Ordinal) ? new ActorId(name[(Domain.Length + 1)..]) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

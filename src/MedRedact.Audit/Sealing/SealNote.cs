using System.Globalization;
using System.Text;

namespace MedRedact.Audit;

/// <summary>The signature of a seal: a note of its own domain, so that no checkpoint passes for one and none for a checkpoint.</summary>
internal static class SealNote
{
    private const string Domain = "medredact/ledger-seal/1";

    /// <summary>A ledger's keys by the name under which they sign seals; what is no key of ours signed none.</summary>
    public static List<VerifierKey> Keys(string origin, IEnumerable<ReadOnlyMemory<byte>> publicKeys)
    {
        var keys = new List<VerifierKey>();
        foreach (ReadOnlyMemory<byte> publicKey in publicKeys)
        {
            try
            {
                keys.Add(VerifierKey.Create(SignerName(origin), publicKey));
            }
            catch (MedRedactException)
            {
                // A former key of another kind.
            }
        }

        return keys;
    }

    /// <summary>Signs what <see cref="SealBody"/> wrote.</summary>
    /// <exception cref="MedRedactException"><c>MR-AUD-007</c>: nobody could verify the signature; or what the signer throws.</exception>
    public static async ValueTask<SegmentSeal> SignAsync(SegmentSeal body, ISigner signer, string origin, CancellationToken cancellationToken)
    {
        using var key = NoteKey.Create(SignerName(origin), signer.PublicKey.Span);
        string text = $"{Domain}\n{About(body)}\nsha256 {body.DigestOfBody()}\n";
        ReadOnlyMemory<byte> signature = await signer.SignAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        return key.Verify(text, signature.Span)
            ? SegmentSeal.Read((byte[])[.. body.Body.Span, .. SignedNote.Format(text, new(key.Name, key.KeyId, signature))])!
            : throw Faults.Refuse(Faults.UnusableKey);
    }

    /// <summary>Whether one of the keys signed a seal.</summary>
    public static bool IsSigned(SegmentSeal seal, IEnumerable<VerifierKey> keys) =>
        DocumentNote.Open(Domain, seal.Note, keys, Tuple.Create, out Tuple<string, Digest256>? signed) == EvidenceCheck.Verified
        && Tuple.Create(About(seal), seal.DigestOfBody()).Equals(signed);

    /// <summary>The name by which a ledger's key signs seals.</summary>
    private static string SignerName(string origin) => $"{Domain}/{origin}";

    private static string About(SegmentSeal seal) => "segment " + seal.First.ToString(CultureInfo.InvariantCulture);
}

using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Manifests;

/// <summary>Signs a manifest as a C2SP signed note, so that who has the public key needs neither ledger nor keys to tell it from any other
/// (docs/formats/manifest.md).</summary>
/// <remarks>The key has a purpose of its own and the text a first line of its own: neither is ever a ledger's checkpoint.</remarks>
internal sealed class ManifestSignature(IKeyProvider keys)
{
    /// <summary>The first line of the text; names what is signed, and how.</summary>
    private const string Domain = "medredact/manifest/1";

    private static readonly KeyPurpose Signing = new("manifest-signing");

    /// <summary>Signs the digest of a manifest's bytes.</summary>
    /// <returns>The note. A key provider that fails stops the release: its exception goes to the caller.</returns>
    public async ValueTask<byte[]> SignAsync(DocumentId document, Digest256 manifest, CancellationToken cancellationToken)
    {
        ISigner signer = await keys.GetSignerAsync(Signing, cancellationToken);
        string text = $"{Domain}\ndocument {document}\nsha256 {manifest}\n";
        ReadOnlyMemory<byte> signature = await signer.SignAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        byte[] keyed = [.. SHA256.HashData(signer.PublicKey.Span).AsSpan(0, 4), .. signature.Span];
        return Encoding.UTF8.GetBytes($"{text}\n— {Domain}/{signer.Key} {Convert.ToBase64String(keyed)}\n");
    }
}

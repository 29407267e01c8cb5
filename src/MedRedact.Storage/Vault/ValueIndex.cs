using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Storage;

/// <summary>Finds a value again without knowing it: a MAC of its category and normal form.</summary>
internal sealed class ValueIndex(IKeyProvider keys)
{
    private static readonly KeyPurpose Indexing = new("token-index");

    /// <summary>The MAC by which a value is found again.</summary>
    /// <remarks>The key is the scope's, not the tenant's, because one value keeps one token within a scope, whichever tenant it comes from.</remarks>
    public async ValueTask<Digest256> OfAsync(Phi<string> value, PhiCategory category, TokenScope scope, CancellationToken cancellationToken)
    {
        IMacKey key = await keys.GetMacKeyAsync(Indexing, new TenantId(scope.Value), cancellationToken);
        byte[] form = ValueNormalizer.Normalize(value.Reveal());
        byte[] message = [.. Encoding.ASCII.GetBytes(category.ToString()), 0, .. form];
        try
        {
            return await key.ComputeAsync(message, cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(form);
            CryptographicOperations.ZeroMemory(message);
        }
    }
}

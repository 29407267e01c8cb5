using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Storage;

/// <summary>Finds a value again without knowing it: a MAC of its category and normal form.</summary>
internal sealed class ValueIndex(IKeyProvider keys)
{
    private static readonly KeyPurpose Indexing = new("token-index");

    /// <summary>The MACs by which values are found again, in their order.</summary>
    /// <remarks>The key is the scope's, not the tenant's, because one value keeps one token within a scope, whichever tenant it comes from.</remarks>
    public async ValueTask<ImmutableArray<ValueKey>> OfAsync(ImmutableArray<TokenizedValue> values, TokenScope scope, CancellationToken cancellationToken)
    {
        IMacKey key = await keys.GetMacKeyAsync(Indexing, new TenantId(scope.Value), cancellationToken);
        var found = ImmutableArray.CreateBuilder<ValueKey>(values.Length);
        foreach (TokenizedValue value in values)
            found.Add(new ValueKey(await OfAsync(key, value, cancellationToken), value.Category));

        return found.MoveToImmutable();
    }

    private static async ValueTask<Digest256> OfAsync(IMacKey key, TokenizedValue value, CancellationToken cancellationToken)
    {
        byte[] form = ValueNormalizer.Normalize(value.Value.Reveal());
        byte[] message = [.. Encoding.ASCII.GetBytes(value.Category.ToString()), 0, .. form];
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

using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Storage;

/// <summary>What derived replacements are made from: MACs under the tenant's key of a purpose, bound to purpose of use, scope and category.</summary>
/// <param name="keys">Gives the tenant's key; it does not come out.</param>
/// <param name="purpose">What the key is for.</param>
internal sealed class ScopedKeys(IKeyProvider keys, KeyPurpose purpose)
{
    /// <summary>The MAC of a value's normal form.</summary>
    public async ValueTask<Digest256> MacOfAsync(RedactionTarget target, CancellationToken cancellationToken)
    {
        IMacKey key = await keys.GetMacKeyAsync(purpose, target.Tenant, cancellationToken);
        byte[] form = ValueNormalizer.Normalize(target.Value.Reveal());
        byte[] message = [.. Bound(target), .. form];
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

    /// <summary>A key of 32 bytes for a purpose of use, scope and category: a MAC key does not come out, so its MAC of a label is the key. The caller clears it.</summary>
    public async ValueTask<byte[]> DeriveAsync(string label, RedactionTarget target, CancellationToken cancellationToken)
    {
        IMacKey root = await keys.GetMacKeyAsync(purpose, target.Tenant, cancellationToken);
        Digest256 derived = await root.ComputeAsync((byte[])[.. Encoding.ASCII.GetBytes(label), 0, .. Bound(target)], cancellationToken);
        byte[] key = GC.AllocateUninitializedArray<byte>(Digest256.Size, pinned: true);
        derived.CopyTo(key);
        return key;
    }

    /// <summary>None of the parts holds a zero byte, so that none can run into the next. The tenant is bound by its key.</summary>
    public static byte[] Bound(RedactionTarget target) => Encoding.ASCII.GetBytes($"{target.Purpose}\0{target.Scope}\0{target.Finding.Category}\0");
}

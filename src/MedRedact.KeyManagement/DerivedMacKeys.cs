using System.Collections.Concurrent;

namespace MedRedact.KeyManagement;

/// <summary>The MAC keys that were derived, one for each root, purpose and tenant, until they are cleared together. Thread-safe.</summary>
internal sealed class DerivedMacKeys : IDisposable
{
    private readonly ConcurrentDictionary<(KeyId Root, KeyPurpose Purpose, TenantId Tenant), DerivedMacKey> _keys = new();
    private volatile bool _disposed;

    public DerivedMacKey? Find(KeyId root, KeyPurpose purpose, TenantId tenant) => _keys.GetValueOrDefault((root, purpose, tenant));

    /// <summary>Keeps a key that was derived; of two that were derived at once the first one stays and the other is cleared.</summary>
    public DerivedMacKey Keep(DerivedMacKey made, KeyPurpose purpose, TenantId tenant)
    {
        DerivedMacKey kept = _keys.GetOrAdd((made.Key, purpose, tenant), made);
        if (!ReferenceEquals(kept, made) || _disposed)
            made.Dispose();
        return kept;
    }

    public void Dispose()
    {
        _disposed = true;
        foreach (DerivedMacKey key in _keys.Values)
            key.Dispose();
    }
}

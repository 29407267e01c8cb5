using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace MedRedact.Testing;

/// <summary>Keys in memory that work as real ones do: AES-256-GCM wrapping bound to its context, ECDSA P-256, HMAC-SHA-256. Thread-safe.
/// All are lost with the object.</summary>
public sealed class InMemoryKeys : IKeyWrapper, IKeyProvider, IDisposable
{
    private const int NonceSize = 12, TagSize = 16;

    private readonly ConcurrentDictionary<StorageZone, byte[]> _zoneKeys = new();
    private readonly ConcurrentDictionary<KeyPurpose, Signer> _signers = new();
    private readonly ConcurrentDictionary<(KeyPurpose, TenantId), MacKey> _macKeys = new();

    /// <inheritdoc/>
    public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        var blob = new byte[NonceSize + dataKey.Length + TagSize];
        Span<byte> nonce = blob.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(ZoneKey(context.Zone), TagSize);
        cipher.Encrypt(nonce, dataKey.Span, blob.AsSpan(NonceSize, dataKey.Length), blob.AsSpan(^TagSize..), context.ToBytes());
        return ValueTask.FromResult(new WrappedKey(Id(context.Zone), blob));
    }

    /// <inheritdoc/>
    public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataKey);
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        ReadOnlySpan<byte> blob = dataKey.Blob.Span;
        if (dataKey.WrappedBy != Id(context.Zone) || blob.Length < NonceSize + TagSize)
            throw Faults.Refuse(Faults.CannotUnwrap);
        var plain = new byte[blob.Length - NonceSize - TagSize];
        try
        {
            using var cipher = new AesGcm(ZoneKey(context.Zone), TagSize);
            cipher.Decrypt(blob[..NonceSize], blob[NonceSize..^TagSize], blob[^TagSize..], plain, context.ToBytes());
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Faults.Refuse(Faults.CannotUnwrap);
        }

        return ValueTask.FromResult<IMemoryOwner<byte>>(new ClearedMemory(plain));
    }

    /// <inheritdoc/>
    public ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ISigner>(_signers.GetOrAdd(purpose, static purpose => new Signer(new KeyId($"memory.{purpose.Value}"))));
    }

    /// <inheritdoc/>
    public ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IMacKey>(_macKeys.GetOrAdd((purpose, tenant), static of => new MacKey(new KeyId($"memory.{of.Item1.Value}"))));
    }

    /// <summary>Clears all keys.</summary>
    public void Dispose()
    {
        foreach (byte[] key in _zoneKeys.Values)
            CryptographicOperations.ZeroMemory(key);
        foreach (Signer signer in _signers.Values)
            signer.Dispose();
    }

    private static KeyId Id(StorageZone zone) => new($"memory.{zone.ToString().ToLowerInvariant()}");

    private byte[] ZoneKey(StorageZone zone) => _zoneKeys.GetOrAdd(zone, static _ => RandomNumberGenerator.GetBytes(32));

    private sealed class Signer(KeyId key) : ISigner, IDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly Lock _gate = new();

        public KeyId Key => key;

        public ReadOnlyMemory<byte> PublicKey
        {
            get
            {
                lock (_gate)
                    return _key.ExportSubjectPublicKeyInfo();
            }
        }

        public ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_gate)
                return ValueTask.FromResult<ReadOnlyMemory<byte>>(_key.SignData(message.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        public void Dispose() => _key.Dispose();
    }

    private sealed class MacKey(KeyId key) : IMacKey
    {
        private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

        public KeyId Key => key;

        public ValueTask<Digest256> ComputeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(Digest256.From(HMACSHA256.HashData(_key, message.Span)));
        }
    }

    private sealed class ClearedMemory(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        public void Dispose() => CryptographicOperations.ZeroMemory(bytes);
    }
}

using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using MedRedact.Envelope;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace MedRedact.KeyManagement.Pkcs11;

/// <summary>Keys in a hardware security module: made on it, never out of it. Wrapping keys and the MAC root compute HMAC-SHA-256, signing keys ECDSA over P-256; nothing else is
/// asked of the token.</summary>
/// <remarks>Thread-safe; the token is opened with the first use. Each wrap has a key of its own, derived on the token from a random salt, so there is no number of wraps after which a
/// wrapping key must be replaced (docs/decisions/0091). What is said of keys stands in their labels on the token, so any machine that opens it sees the same; a disabled key is
/// switched off on the token itself.</remarks>
public sealed class Pkcs11Keys : IKeyWrapper, IKeyProvider, IKeyLifecycle, IDisposable
{
    private const byte BlobVersion = 2;

    private readonly TokenSessions _sessions;
    private readonly CataloguedKeys _keys;
    private readonly ServedKeys _served;
    private volatile bool _disposed;

    /// <summary>Names the token; nothing is opened yet.</summary>
    /// <param name="options">Not to be changed afterwards.</param>
    /// <param name="time">Gives new keys their time.</param>
    public Pkcs11Keys(Pkcs11Options options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _sessions = new TokenSessions(options);
        _keys = new CataloguedKeys(new TokenCatalogue(_sessions, options), options.Rotation, time);
        _served = new ServedKeys(_keys, options.CreateIfMissing, () => Faults.Refuse(Faults.NoActiveKey)) { OpenSigner = OpenSignerAsync, ComputeMac = ComputeMacAsync };
    }

    /// <inheritdoc/>
    public long StateVersion => _keys.Version;

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<KeyDescription>> ListAsync(CancellationToken cancellationToken = default) => _served.ListAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfNotEqual(dataKey.Length, KeyWrapping.DataKeySize, nameof(dataKey));
        KeyDescription key = await _served.ActiveAsync(KeyRole.Wrapping(context.Zone), cancellationToken);
        byte[] salt = RandomNumberGenerator.GetBytes(DerivedKeyWrap.SaltSize);
        using SecretBuffer derived = await _sessions.UseAsync(
            session => TokenObjects.Find(session, key.Id, CKO.CKO_SECRET_KEY) is [var found, ..] ? Derive(session, found, salt) : throw Faults.Refuse(Faults.NoActiveKey),
            cancellationToken);
        return KeyWrapping.Wrap(BlobVersion, key.Id, salt, derived.Span, dataKey.Span, context);
    }

    /// <inheritdoc/>
    public async ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataKey);
        ArgumentNullException.ThrowIfNull(context);
        KeyDescription? key = await _keys.FindAsync(dataKey.WrappedBy, cancellationToken);
        if (key is null || !KeyLaws.Unwraps(key, context.Zone) || !DerivedKeyWrap.IsBlob(BlobVersion, dataKey.Blob.Span))
            throw KeyServiceException.Of(KeyFailure.Integrity);

        byte[] salt = DerivedKeyWrap.SaltOf(dataKey.Blob.Span).ToArray();
        List<SecretBuffer> derived = await _sessions.UseAsync(
            session => TokenObjects.Find(session, key.Id, CKO.CKO_SECRET_KEY).ConvertAll(found => Derive(session, found, salt)), cancellationToken);
        try
        {
            foreach (SecretBuffer each in derived)
            {
                if (KeyWrapping.Unwrap(BlobVersion, key.Id, each.Span, dataKey.Blob.Span, context) is { } opened)
                    return opened;
            }
        }
        finally
        {
            derived.ForEach(each => each.Dispose());
        }

        throw KeyServiceException.Of(KeyFailure.Integrity);
    }

    /// <inheritdoc/>
    /// <remarks>The first use of a purpose makes its key. A signer outlives the rotation of its key and ends with its key's disabling.</remarks>
    public ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) => _served.GetSignerAsync(purpose, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<VerificationKey>> GetVerificationKeysAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) =>
        _served.GetVerificationKeysAsync(purpose, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<VerificationKey?> FindVerificationKeyAsync(KeyPurpose purpose, KeyId key, CancellationToken cancellationToken = default) =>
        _served.FindVerificationKeyAsync(purpose, key, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>The key of a purpose and a tenant is derived on the token once and kept in cleared memory, so that long messages need not pass through it.</remarks>
    public ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default) =>
        _served.GetMacKeyAsync(purpose, tenant, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<KeyDescription> RotateAsync(KeyRole role, KeyOperation? operation = null, CancellationToken cancellationToken = default) =>
        _keys.RotateAsync(role, operation, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<KeyDescription>> RotateDueAsync(CancellationToken cancellationToken = default) => _keys.RotateDueAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask SetStateAsync(KeyId key, KeyState state, CancellationToken cancellationToken = default) => _keys.SetStateAsync(key, state, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset> ScheduleDestroyAsync(KeyId key, TimeSpan wait, CancellationToken cancellationToken = default) =>
        _keys.ScheduleDestroyAsync(key, wait, cancellationToken);

    /// <inheritdoc/>
    public ValueTask CancelDestroyAsync(KeyId key, CancellationToken cancellationToken = default) => _keys.CancelDestroyAsync(key, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<KeyDescription>> DestroyDueAsync(CancellationToken cancellationToken = default) => _keys.DestroyDueAsync(cancellationToken);

    /// <summary>Closes the sessions and clears the derived MAC keys. Signers and MAC keys handed out no longer work.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        _served.Dispose();
        _sessions.Dispose();
        _keys.Dispose();
    }

    /// <summary><c>HKDF-Expand-SHA-256(wrapping key, "MedRedact key wrap v2" 00 salt, 44)</c>: two HMACs on the token, of which 32 bytes are the AES key and 12 the nonce.</summary>
    private static SecretBuffer Derive(ISession session, IObjectHandle key, byte[] salt)
    {
        byte[] info = [.. "MedRedact key wrap v2\0"u8, .. salt];
        byte[] first = TokenObjects.Hmac(session, key, [.. info, 1]);
        byte[] message = [.. first, .. info, 2];
        byte[] second = TokenObjects.Hmac(session, key, message);
        var derived = new SecretBuffer(DerivedKeyWrap.DerivedSize);
        first.CopyTo(derived.Span);
        second.AsSpan(0, DerivedKeyWrap.DerivedSize - first.Length).CopyTo(derived.Span[first.Length..]);
        foreach (byte[] each in (byte[][])[first, second, message])
            CryptographicOperations.ZeroMemory(each);
        return derived;
    }

    private async ValueTask<ISigner?> OpenSignerAsync(KeyId key, CancellationToken cancellationToken)
    {
        byte[]? publicKey = await _sessions.UseAsync(session => TokenObjects.PublicKey(session, key), cancellationToken);
        return publicKey is null ? null : new TokenSigner(key, publicKey, _sessions, _served.ThrowIfDisabledAsync);
    }

    private async ValueTask<SecretBuffer> ComputeMacAsync(KeyId root, byte[] block, CancellationToken cancellationToken)
    {
        byte[] mac = await _sessions.UseAsync(
            session => TokenObjects.Find(session, root, CKO.CKO_SECRET_KEY) switch
            {
                [var found] => TokenObjects.Hmac(session, found, block),

                // Of two roots nobody can say which one what is stored was indexed under.
                _ => throw Faults.Refuse(Faults.NoActiveKey),
            },
            cancellationToken);
        var secret = SecretBuffer.Copy(mac);
        CryptographicOperations.ZeroMemory(mac);
        return secret;
    }
}

using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>Keys in AWS Key Management Service: made there, never out of it. Wrapping keys encrypt with a context that the service binds, signing keys compute ECDSA over P-256, and the MAC
/// root one HMAC-SHA-256 for each purpose and tenant.</summary>
/// <remarks>Thread-safe; any number of hosts may share a ring. Calls are bounded in time and never repeated here: see <see cref="RetryingKeyWrapper"/> and its kin. A key of a purpose and a
/// tenant, and a data key while it is wrapped, is in this process's memory; what the service's library copies of it cannot be cleared (docs/decisions/0098).</remarks>
public sealed class AwsKmsKeys : IKeyWrapper, IKeyProvider, IKeyLifecycle, IDisposable
{
    private readonly IAmazonKeyManagementService _client;
    private readonly bool _ownsClient;
    private readonly KmsCalls _calls;
    private readonly KmsCipher _cipher;
    private readonly KmsCatalogue _catalogue;
    private readonly CataloguedKeys _keys;
    private readonly ServedKeys _served;
    private volatile bool _disposed;

    /// <summary>Names the service; no call is made yet.</summary>
    /// <param name="options">Not to be changed afterwards.</param>
    /// <param name="time">Gives new keys their time, and bounds calls.</param>
    /// <exception cref="ArgumentException">An option is missing or out of its range.</exception>
    public AwsKmsKeys(AwsKmsOptions options, TimeProvider time)
        : this(KmsClients.Of(options), options, time) => _ownsClient = true;

    /// <summary>Asks the service by a client of the host's own.</summary>
    /// <param name="client">The client; it should not repeat calls. It stays with its owner.</param>
    /// <param name="options">The ring, and how its keys live; address, region and credentials are the client's. Not to be changed afterwards.</param>
    /// <param name="time">Gives new keys their time, and bounds calls.</param>
    /// <exception cref="ArgumentException">An option is missing or out of its range.</exception>
    public AwsKmsKeys(IAmazonKeyManagementService client, AwsKmsOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Check() is { } wrong)
            throw new ArgumentException(wrong, nameof(options));

        _client = client;
        _calls = new KmsCalls(client, options.Timeout, time);
        _cipher = new KmsCipher(_calls);
        var names = new KmsNames(options.Ring);
        _catalogue = new KmsCatalogue(_calls, names, new KmsMaking(_calls, names, options.KeyPolicy), time);
        _keys = new CataloguedKeys(_catalogue, options.Rotation, time) { Heed = options.HeedWithin };
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
        for (bool isLast = false; ; isLast = true)
        {
            KeyId key = (await _served.ActiveAsync(KeyRole.Wrapping(context.Zone), cancellationToken)).Id;
            if (_catalogue.PlaceOf(key) is { } place && await _cipher.WrapAsync(place, key, dataKey, context, cancellationToken) is { } blob)
                return new WrappedKey(key, blob);
            if (isLast)
                throw KeyServiceException.Of(KeyFailure.Transient);

            // Somebody closed the key since it was looked at: another may be active now.
            await _keys.ListAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataKey);
        ArgumentNullException.ThrowIfNull(context);
        if (!KmsCipher.IsBlob(dataKey.Blob.Span) || await _keys.FindAsync(dataKey.WrappedBy, cancellationToken) is not { } key || !KeyLaws.Unwraps(key, context.Zone))
            throw KeyServiceException.Of(KeyFailure.Integrity);
        if (_catalogue.PlaceOf(key.Id) is { } place && await _cipher.UnwrapAsync(place, key.Id, dataKey.Blob, context, cancellationToken) is { } opened)
            return opened;

        // Closed since it was looked at: then that is the verdict. If not, the service cannot use it for now.
        KeyDescription? now = (await _keys.ListAsync(cancellationToken)).FirstOrDefault(each => each.Id == key.Id);
        throw KeyServiceException.Of(now is not null && KeyLaws.Unwraps(now, context.Zone) ? KeyFailure.Transient : KeyFailure.Integrity);
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
    /// <remarks>The key of a purpose and a tenant is derived by the service once and kept in cleared memory: messages are values to be found again, and none of them leaves the host.</remarks>
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
    /// <remarks>The service counts whole days and deletes the key by itself when they are over, at the time returned or up to a day and more later.</remarks>
    public ValueTask<DateTimeOffset> ScheduleDestroyAsync(KeyId key, TimeSpan wait, CancellationToken cancellationToken = default) =>
        _keys.ScheduleDestroyAsync(key, wait, cancellationToken);

    /// <inheritdoc/>
    public ValueTask CancelDestroyAsync(KeyId key, CancellationToken cancellationToken = default) => _keys.CancelDestroyAsync(key, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>The service destroys by itself. This call notes what it destroyed, for good; a key whose time has come and that is still there is not among them yet.</remarks>
    public async ValueTask<ImmutableArray<KeyDescription>> DestroyDueAsync(CancellationToken cancellationToken = default)
    {
        await _catalogue.NoteAsync(await _keys.ListAsync(cancellationToken), cancellationToken);
        return await _keys.DestroyDueAsync(cancellationToken);
    }

    /// <summary>Clears the derived MAC keys, and disposes the client if it was made here. Signers and MAC keys handed out no longer work.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        _served.Dispose();
        if (_ownsClient)
            _client.Dispose();
        _keys.Dispose();
    }

    private async ValueTask<ISigner?> OpenSignerAsync(KeyId key, CancellationToken cancellationToken)
    {
        if (_catalogue.PlaceOf(key) is not { } place)
            return null;

        byte[] publicKey = await _calls.RunAsync(
            async (kms, cancel) => (await kms.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = place.Id }, cancel)).PublicKey.ToArray(), cancellationToken);
        return new KmsSigner(key, publicKey, place, _calls, _served.ThrowIfDisabledAsync);
    }

    private async ValueTask<SecretBuffer> ComputeMacAsync(KeyId root, byte[] block, CancellationToken cancellationToken)
    {
        KmsKey place = _catalogue.PlaceOf(root) ?? throw Faults.Refuse(Faults.NoActiveKey);
        SecretBuffer mac = await _calls.RunAsync(
            async (kms, cancel) =>
            {
                var request = new GenerateMacRequest { KeyId = place.Id, MacAlgorithm = MacAlgorithmSpec.HMAC_SHA_256, Message = new MemoryStream(block, writable: false) };
                return KmsCipher.Take((await kms.GenerateMacAsync(request, cancel)).Mac);
            },
            cancellationToken);
        if (mac.Length == HMACSHA256.HashSizeInBytes)
            return mac;

        mac.Dispose();
        throw KeyServiceException.Of(KeyFailure.Transient);
    }
}

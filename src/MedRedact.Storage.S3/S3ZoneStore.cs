using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace MedRedact.Storage.S3;

/// <summary>Keeps envelopes in a bucket: a key an object, <c>ZONE/t-TENANT/DOCUMENT/NAME</c> (docs/formats/storage-s3.md).</summary>
/// <remarks>An object appears whole under its key, or not at all, and is checked by its SHA-256 when it is stored. Erasing removes every version of it. Requests are bounded in time and never
/// repeated: whoever calls decides that. Thread-safe; any number of hosts may share a bucket.</remarks>
public sealed class S3ZoneStore : IZoneStore, IDisposable
{
    private readonly IAmazonS3 _client;
    private readonly bool _ownsClient;
    private readonly S3ZoneStoreOptions _options;
    private readonly S3Calls _calls;
    private readonly S3Upload _upload;
    private readonly ObjectKeys _keys;

    /// <summary>Opens a bucket; no request is made yet.</summary>
    /// <param name="options">Which, and how.</param>
    /// <param name="time">Dates locks and bounds requests.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public S3ZoneStore(S3ZoneStoreOptions options, TimeProvider time)
        : this(ClientOf(options), options, time) => _ownsClient = true;

    /// <summary>Opens a bucket by a client of the host's own.</summary>
    /// <param name="client">The client; it should not repeat requests. It stays with its owner.</param>
    /// <param name="options">Which bucket, and how; address, region and credentials are the client's.</param>
    /// <param name="time">Dates locks and bounds requests.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public S3ZoneStore(IAmazonS3 client, S3ZoneStoreOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Check() is { } wrong)
            throw new ArgumentException(wrong, nameof(options));

        (_client, _options) = (client, options);
        _calls = new(options.Timeout, time);
        _upload = new(client, options, _calls, time);
        _keys = new(options.Prefix);
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>; nothing is visible then, unless the answer of the store was lost on its way.</exception>
    public async ValueTask PutAsync(ZoneObject target, Stream envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        string key = _keys.KeyOf(target);
        cancellationToken.ThrowIfCancellationRequested();
        await _upload.SendAsync(key, target.Zone, envelope, cancellationToken);
    }

    /// <inheritdoc/>
    /// <returns>A seekable stream, or <see langword="null"/> where there is none; the caller disposes it. A part of <see cref="S3ZoneStoreOptions.PartSize"/> is read at once: smaller
    /// objects are in memory whole. If a longer one is replaced while it is read, reading fails with <see cref="Faults.NotWhole"/>.</returns>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>.</exception>
    public async ValueTask<Stream?> OpenAsync(ZoneObject target, CancellationToken cancellationToken = default)
    {
        var source = new S3Object(_client, _options, _calls, _keys.KeyOf(target));
        return await source.FirstAsync(cancellationToken) is { } first ? new S3ObjectStream(source, first) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.Locked"/>: a lock keeps a version; the others are gone. Otherwise one of <see cref="Faults"/>.</exception>
    public async ValueTask<bool> EraseAsync(ZoneObject target, CancellationToken cancellationToken = default)
    {
        string key = _keys.KeyOf(target);
        bool existed = false, isLocked = false;
        List<S3ObjectVersion> versions = [];
        await foreach (S3ObjectVersion version in VersionsAsync(key, cancellationToken))
            versions.Add(version);

        // The oldest first: while the newest is there, the object is as it was.
        foreach (S3ObjectVersion version in Enumerable.Reverse(versions))
        {
            existed |= version.IsLatest == true && version.IsDeleteMarker != true;
            isLocked |= !await EraseAsync(version, cancellationToken);
        }

        return isLocked ? throw Faults.Refuse(Faults.Locked) : existed;
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>.</exception>
    public async IAsyncEnumerable<ZoneObject> ListAsync(
        StorageZone zone, TenantId tenant, DocumentId? document, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = _keys.FolderOf(zone, tenant, document) };
        ListObjectsV2Response page;
        do
        {
            page = await _calls.RunAsync(cancel => _client.ListObjectsV2Async(request, cancel), cancellationToken);
            foreach (Amazon.S3.Model.S3Object each in page.S3Objects ?? [])
            {
                if (_keys.Read(zone, tenant, each.Key) is { } found)
                    yield return found;
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    /// <summary>Disposes the client, if the store made it.</summary>
    public void Dispose()
    {
        if (_ownsClient)
            _client.Dispose();
    }

    private async IAsyncEnumerable<S3ObjectVersion> VersionsAsync(string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListVersionsRequest { BucketName = _options.Bucket, Prefix = key };
        ListVersionsResponse page;
        do
        {
            page = await _calls.RunAsync(cancel => _client.ListVersionsAsync(request, cancel), cancellationToken);

            // Other keys may begin like this one.
            foreach (S3ObjectVersion version in (page.Versions ?? []).Where(version => version.Key == key))
                yield return version;

            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (page.IsTruncated == true);
    }

    /// <returns>Whether it is gone; not where a lock keeps it.</returns>
    private ValueTask<bool> EraseAsync(S3ObjectVersion version, CancellationToken cancellationToken) => _calls.RunAsync(
        async cancel =>
        {
            try
            {
                await _client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _options.Bucket, Key = version.Key, VersionId = version.VersionId }, cancel);
                return true;
            }
            catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.Forbidden && _options is { LockProofsForYears: > 0 } or { HoldProofs: true })
            {
                return false;
            }
        },
        cancellationToken);

    internal static AmazonS3Client ClientOf(S3ZoneStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Check() is { } wrong)
            throw new ArgumentException(wrong, nameof(options));

        var config = new AmazonS3Config { MaxErrorRetry = 0, Timeout = options.Timeout };
        if (options.ServiceUrl is { } address)
            (config.ServiceURL, config.ForcePathStyle, config.AuthenticationRegion) = (address.ToString(), true, options.Region ?? "us-east-1");
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        return options.Credentials is { } credentials ? new AmazonS3Client(credentials, config) : new AmazonS3Client(config);
    }
}

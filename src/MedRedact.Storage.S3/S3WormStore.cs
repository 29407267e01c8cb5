using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace MedRedact.Storage.S3;

/// <summary>Keeps write-once objects in a bucket with object lock: a key an object, <c>worm/NAME</c> behind the prefix (docs/formats/storage-s3.md).</summary>
/// <remarks>The lock is set with the object, in <see cref="S3ZoneStoreOptions.LockMode"/>; in compliance mode nobody shortens it. A bucket that takes the object without the lock is a fault: the object is
/// then there, and not protected. Requests are bounded in time and never repeated. Thread-safe; any number of hosts may share a bucket.</remarks>
public sealed class S3WormStore : IWormStore, IDisposable
{
    private readonly IAmazonS3 _client;
    private readonly bool _ownsClient;
    private readonly S3ZoneStoreOptions _options;
    private readonly S3Calls _calls;
    private readonly string _folder;

    /// <summary>Opens a bucket; no request is made yet.</summary>
    /// <param name="options">Which, and how. What it says of proofs does not matter here.</param>
    /// <param name="time">Bounds requests.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public S3WormStore(S3ZoneStoreOptions options, TimeProvider time)
        : this(S3ZoneStore.ClientOf(options), options, time) => _ownsClient = true;

    /// <summary>Opens a bucket by a client of the host's own.</summary>
    /// <param name="client">The client; it should not repeat requests. It stays with its owner.</param>
    /// <param name="options">Which bucket, and how; address, region and credentials are the client's.</param>
    /// <param name="time">Bounds requests.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public S3WormStore(IAmazonS3 client, S3ZoneStoreOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Check() is { } wrong)
            throw new ArgumentException(wrong, nameof(options));

        (_client, _options, _calls, _folder) = (client, options, new(options.Timeout, time), options.Prefix + "worm/");
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.NotLocked"/>: the store took the object and did not lock it. Otherwise one of <see cref="Faults"/>.</exception>
    public async ValueTask<WormOutcome> PutAsync(ObjectName name, ReadOnlyMemory<byte> content, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        string key = KeyOf(name);
        bool isWritten = await _calls.RunAsync(cancel => WriteAsync(key, content, until, cancel), cancellationToken);
        if (!isWritten && !await IsSameAsync(name, content, cancellationToken))
            return WormOutcome.Differs;

        // A store that does not know locks may pass over the request for one.
        DateTimeOffset? locked = await FindRetentionAsync(name, cancellationToken);
        return locked is null || (isWritten && locked < Whole(until)) ? throw Faults.Refuse(Faults.NotLocked) : isWritten ? WormOutcome.Written : WormOutcome.AlreadyThere;
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>.</exception>
    public async ValueTask<Stream?> OpenAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        var source = new S3Object(_client, _options, _calls, KeyOf(name));
        return await source.FirstAsync(cancellationToken) is { } first ? new S3ObjectStream(source, first) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>.</exception>
    public ValueTask<DateTimeOffset?> FindRetentionAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        string key = KeyOf(name);
        return _calls.RunAsync(
            async cancel =>
            {
                try
                {
                    GetObjectMetadataResponse found = await _client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = _options.Bucket, Key = key }, cancel);
                    return found.ObjectLockRetainUntilDate is { } until && until > DateTime.MinValue ? new DateTimeOffset(until.ToUniversalTime()) : (DateTimeOffset?)null;
                }
                catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>.</exception>
    public async ValueTask<bool> ExtendAsync(ObjectName name, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        if (await FindRetentionAsync(name, cancellationToken) is not { } present)
            return false;
        if (present >= Whole(until))
            return true;

        await _calls.RunAsync(
            cancel => _client.PutObjectRetentionAsync(
                new PutObjectRetentionRequest
                {
                    BucketName = _options.Bucket,
                    Key = KeyOf(name),
                    ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
                    Retention = new ObjectLockRetention { Mode = new ObjectLockRetentionMode(_options.LockMode.Value), RetainUntilDate = Whole(until).UtcDateTime },
                },
                cancel),
            cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>.</exception>
    public async IAsyncEnumerable<ObjectName> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = _folder };
        ListObjectsV2Response page;
        do
        {
            page = await _calls.RunAsync(cancel => _client.ListObjectsV2Async(request, cancel), cancellationToken);
            foreach (Amazon.S3.Model.S3Object each in page.S3Objects ?? [])
            {
                if (NameOf(each.Key) is { } name)
                    yield return name;
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

    /// <summary>Dates of locks have no fractions of a second; a lock ends no earlier than asked.</summary>
    private static DateTimeOffset Whole(DateTimeOffset until)
    {
        DateTimeOffset whole = until.AddTicks(-(until.UtcTicks % TimeSpan.TicksPerSecond));
        return whole < until ? whole.AddSeconds(1) : whole;
    }

    /// <returns>Whether it was written; not where there is an object of that name.</returns>
    private async Task<bool> WriteAsync(string key, ReadOnlyMemory<byte> content, DateTimeOffset until, CancellationToken cancellationToken)
    {
        try
        {
            using var body = new MemoryStream(content.ToArray(), writable: false);
            await _client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = _options.Bucket,
                    Key = key,
                    InputStream = body,
                    AutoCloseStream = false,
                    UseChunkEncoding = false,
                    ContentType = "application/octet-stream",
                    ChecksumSHA256 = Convert.ToBase64String(SHA256.HashData(content.Span)),
                    IfNoneMatch = "*",
                    ObjectLockMode = _options.LockMode,
                    ObjectLockRetainUntilDate = Whole(until).UtcDateTime,
                },
                cancellationToken);
            return true;
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
    }

    private async ValueTask<bool> IsSameAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using Stream? found = await OpenAsync(name, cancellationToken);
        if (found is null || found.Length != content.Length)
            return false;

        byte[] hash = await SHA256.HashDataAsync(found, cancellationToken);
        return hash.AsSpan().SequenceEqual(SHA256.HashData(content.Span));
    }

    private string KeyOf(ObjectName name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name.Value, nameof(name));
        return _folder + name.Value;
    }

    /// <summary>Keys of any other form are somebody else's.</summary>
    private ObjectName? NameOf(string key)
    {
        try
        {
            return key.StartsWith(_folder, StringComparison.Ordinal) ? new ObjectName(key[_folder.Length..]) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

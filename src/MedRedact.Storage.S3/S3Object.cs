using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace MedRedact.Storage.S3;

/// <summary>A stretch of an object, and what is needed to ask for more of the very same one.</summary>
/// <param name="Bytes">The stretch.</param>
/// <param name="Length">The length of the whole object.</param>
/// <param name="ETag">Its mark.</param>
/// <param name="Version">Its version, in buckets that have them.</param>
internal sealed record S3Stretch(ReadOnlyMemory<byte> Bytes, long Length, string ETag, string? Version);

/// <summary>Reads stretches of one object.</summary>
internal sealed class S3Object(IAmazonS3 client, S3ZoneStoreOptions options, S3Calls calls, string key)
{
    public int Stretch => options.PartSize;

    /// <summary>Reads the first stretch; <see langword="null"/> where there is no object.</summary>
    public ValueTask<S3Stretch?> FirstAsync(CancellationToken cancellationToken) => calls.RunAsync(
        async cancel =>
        {
            try
            {
                return await GetAsync(0, null, cancel);
            }
            catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.NotFound && fault.ErrorCode != "NoSuchBucket")
            {
                return null;
            }
            catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                // An object without bytes has no first one.
                return new S3Stretch(ReadOnlyMemory<byte>.Empty, 0, "", null);
            }
        },
        cancellationToken);

    /// <summary>Reads a later stretch of the same object.</summary>
    public ValueTask<S3Stretch> NextAsync(long from, S3Stretch same, CancellationToken cancellationToken) => calls.RunAsync(
        async cancel => await GetAsync(from, same, cancel) is var next && next.Length == same.Length && next.ETag == same.ETag ? next : throw Faults.Refuse(Faults.NotWhole),
        cancellationToken);

    private async Task<S3Stretch> GetAsync(long from, S3Stretch? same, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest
        {
            BucketName = options.Bucket,
            Key = key,
            ByteRange = new ByteRange(from, from + options.PartSize - 1),
            VersionId = same?.Version,
            EtagToMatch = same is { Version: null } ? same.ETag : null,
        };
        using GetObjectResponse answer = await client.GetObjectAsync(request, cancellationToken);
        using var bytes = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(bytes, cancellationToken);

        // "bytes 0-99/1000": a store that ignores ranges sends everything, and no such line.
        string? range = answer.ContentRange;
        long length = range is null
            ? bytes.Length
            : long.TryParse(range.AsSpan(range.IndexOf('/', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long whole) ? whole : -1;
        long due = range is null ? length : Math.Min(options.PartSize, length - from);
        return bytes.Length == due && (range is not null || from == 0) ? new(bytes.ToArray(), length, answer.ETag, answer.VersionId) : throw Faults.Refuse(Faults.NotWhole);
    }
}

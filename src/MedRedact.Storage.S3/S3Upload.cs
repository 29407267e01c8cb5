using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace MedRedact.Storage.S3;

/// <summary>Sends an envelope so that it appears whole or not at all: in one request, or in parts that are put together at the end. Each request carries SHA-256 of its body, which the
/// store checks. One part is in memory.</summary>
internal sealed class S3Upload(IAmazonS3 client, S3ZoneStoreOptions options, S3Calls calls, TimeProvider time)
{
    public async ValueTask SendAsync(string key, StorageZone zone, Stream envelope, CancellationToken cancellationToken)
    {
        byte[] part = new byte[options.PartSize];
        int length = await FillAsync(envelope, part, cancellationToken);
        if (length < part.Length)
            await PutAsync(key, zone, part.AsMemory(0, length), cancellationToken);
        else
            await SendPartsAsync(key, zone, envelope, part, cancellationToken);
    }

    private async ValueTask PutAsync(string key, StorageZone zone, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Lock? locked = LockOf(zone);
        await calls.RunAsync(
            async cancel =>
            {
                using var content = new MemoryStream(body.ToArray(), writable: false);
                return await client.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = options.Bucket,
                        Key = key,
                        InputStream = content,
                        AutoCloseStream = false,
                        UseChunkEncoding = false,
                        ContentType = ContentType,
                        ChecksumSHA256 = Checksum(body.Span),
                        ObjectLockMode = locked?.Mode,
                        ObjectLockRetainUntilDate = locked?.Until,
                        ObjectLockLegalHoldStatus = locked?.Hold,
                    },
                    cancel);
            },
            cancellationToken);
    }

    private async ValueTask SendPartsAsync(string key, StorageZone zone, Stream envelope, byte[] part, CancellationToken cancellationToken)
    {
        Lock? locked = LockOf(zone);
        InitiateMultipartUploadResponse begun = await calls.RunAsync(
            cancel => client.InitiateMultipartUploadAsync(
                new InitiateMultipartUploadRequest
                {
                    BucketName = options.Bucket,
                    Key = key,
                    ContentType = ContentType,
                    ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
                    ObjectLockMode = locked?.Mode,
                    ObjectLockRetainUntilDate = locked?.Until,
                    ObjectLockLegalHoldStatus = locked?.Hold,
                },
                cancel),
            cancellationToken);
        try
        {
            var parts = new List<PartETag>();
            for (int length = part.Length; length > 0; length = length < part.Length ? 0 : await FillAsync(envelope, part, cancellationToken))
                parts.Add(await SendPartAsync(key, begun.UploadId, parts.Count + 1, part.AsMemory(0, length), cancellationToken));

            await calls.RunAsync(
                cancel => client.CompleteMultipartUploadAsync(
                    new CompleteMultipartUploadRequest { BucketName = options.Bucket, Key = key, UploadId = begun.UploadId, PartETags = parts }, cancel),
                cancellationToken);
        }
        catch
        {
            await AbortAsync(key, begun.UploadId);
            throw;
        }
    }

    private async ValueTask<PartETag> SendPartAsync(string key, string upload, int number, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        string checksum = Checksum(body.Span);
        UploadPartResponse sent = await calls.RunAsync(
            async cancel =>
            {
                using var content = new MemoryStream(body.ToArray(), writable: false);
                return await client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = options.Bucket,
                        Key = key,
                        UploadId = upload,
                        PartNumber = number,
                        PartSize = body.Length,
                        InputStream = content,
                        UseChunkEncoding = false,
                        ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
                        ChecksumSHA256 = checksum,
                    },
                    cancel);
            },
            cancellationToken);
        return new PartETag(number, sent.ETag) { ChecksumSHA256 = checksum };
    }

    private async ValueTask AbortAsync(string key, string upload)
    {
        try
        {
            await calls.RunAsync(
                cancel => client.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = options.Bucket, Key = key, UploadId = upload }, cancel),
                CancellationToken.None);
        }
        catch (MedRedactException)
        {
            // The upload did not happen either way; a rule of the bucket removes the parts of uploads that were given up.
        }
    }

    private const string ContentType = "application/octet-stream";

    private Lock? LockOf(StorageZone zone) => zone != StorageZone.Proofs || (options.LockProofsForYears == 0 && !options.HoldProofs)
        ? null
        : new(
            options.LockProofsForYears > 0 ? options.LockMode : null,
            options.LockProofsForYears > 0 ? time.GetUtcNow().AddYears(options.LockProofsForYears).UtcDateTime : null,
            options.HoldProofs ? ObjectLockLegalHoldStatus.On : null);

    private static string Checksum(ReadOnlySpan<byte> body) => Convert.ToBase64String(SHA256.HashData(body));

    private static async ValueTask<int> FillAsync(Stream envelope, Memory<byte> part, CancellationToken cancellationToken) =>
        await envelope.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancellationToken);

    private sealed record Lock(ObjectLockMode? Mode, DateTime? Until, ObjectLockLegalHoldStatus? Hold);
}

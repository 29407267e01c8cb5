using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace MedRedact.Storage.S3;

/// <summary>Makes one call to the store: bounded in time, never repeated, its failure translated into a code.</summary>
/// <remarks>Nothing of what a server answered goes on: a text from outside may say anything.</remarks>
internal sealed class S3Calls(TimeSpan timeout, TimeProvider time)
{
    public async ValueTask<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await call(either.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception fault) when (fault is OperationCanceledException or TimeoutException || late.IsCancellationRequested)
        {
            throw Faults.Refuse(Faults.TooSlow);
        }
        catch (AmazonServiceException fault)
        {
            throw Faults.Refuse(CodeOf(fault));
        }
        catch (Exception fault) when (fault is AmazonClientException or HttpRequestException or IOException)
        {
            throw Faults.Refuse(Faults.Unavailable);
        }
    }

    private static FaultCode CodeOf(AmazonServiceException fault) => (fault.ErrorCode, fault.StatusCode) switch
    {
        ("NoSuchBucket", _) => Faults.NoBucket,
        ("BadDigest" or "InvalidDigest" or "XAmzContentChecksumMismatch" or "XAmzContentSHA256Mismatch", _) => Faults.NotWhole,
        (_, HttpStatusCode.PreconditionFailed) => Faults.NotWhole,
        (_, HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) => Faults.Refused,
        _ => Faults.Unavailable,
    };
}

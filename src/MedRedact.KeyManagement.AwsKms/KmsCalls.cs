using Amazon.KeyManagementService;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>Makes one call to the service: bounded in time, not repeated, its failure translated into one of five kinds.</summary>
/// <remarks>Below, the platform sends a request once more where a connection that it kept open proves to be broken before a byte of an answer; every call here bears that.</remarks>
internal sealed class KmsCalls(IAmazonKeyManagementService client, TimeSpan timeout, TimeProvider time)
{
    public async ValueTask<T> RunAsync<T>(Func<IAmazonKeyManagementService, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await call(client, either.Token);
        }
        catch (MedRedactException)
        {
            throw;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception fault)
        {
            throw late.IsCancellationRequested ? KeyServiceException.Of(KeyFailure.Transient) : KmsFailures.Of(fault);
        }
    }
}

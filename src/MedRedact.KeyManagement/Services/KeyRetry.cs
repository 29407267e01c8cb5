using System.Runtime.ExceptionServices;

namespace MedRedact.KeyManagement;

/// <summary>Asks a key service again after <see cref="KeyFailure.Transient"/> and <see cref="KeyFailure.Throttled"/>, and after nothing else: waits grow exponentially up to a
/// cap and are random below it, so that callers who failed together do not come back together. Thread-safe.</summary>
/// <remarks>Only for calls that may be made twice: those that change nothing, and those that name what they make.</remarks>
public sealed class KeyRetry
{
    private readonly KeyRetryOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;

    /// <summary>Sets the bounds.</summary>
    /// <param name="options">The bounds; copied.</param>
    /// <param name="time">Waits and measures.</param>
    /// <param name="random">Gives numbers from 0 up to 1, from many threads; the platform's by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is out of its range.</exception>
    public KeyRetry(KeyRetryOptions options, TimeProvider time, Func<double>? random = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options.Copy();
        if (!_options.IsAcceptable)
            throw new ArgumentOutOfRangeException(nameof(options));
        (_time, _random) = (time, random ?? Random.Shared.NextDouble);
    }

    /// <summary>Makes a call, again where it failed for now.</summary>
    /// <typeparam name="T">The answer. One that comes too late is disposed where it can be.</typeparam>
    /// <param name="call">The call; its token is cancelled when its attempt has taken too long.</param>
    /// <param name="cancellationToken">Stops attempts and waits.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="KeyServiceException">The last failure.</exception>
    public async ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        long start = _time.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                // At least a moment: a wait may have taken longer than it was to, and what is left then is one last attempt.
                TimeSpan left = TimeSpan.FromMilliseconds(Math.Max(1, (_options.Budget - _time.GetElapsedTime(start)).TotalMilliseconds));
                return await AttemptAsync(call, left < _options.AttemptTimeout ? left : _options.AttemptTimeout, cancellationToken);
            }
            catch (KeyServiceException failure) when (failure.IsRetryable)
            {
                TimeSpan wait = WaitAfter(attempt, failure);
                if (attempt == _options.MaxAttempts || _time.GetElapsedTime(start) + wait >= _options.Budget)
                    ExceptionDispatchInfo.Throw(failure);

                await Task.Delay(wait, _time, cancellationToken);
            }
        }
    }

    private async ValueTask<T> AttemptAsync<T>(Func<CancellationToken, ValueTask<T>> call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<T> answer = call(attempt.Token).AsTask();
        try
        {
            return await answer.WaitAsync(timeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            Abandon(attempt, answer);
            throw KeyServiceException.Of(KeyFailure.Transient);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Abandon(attempt, answer);
            throw;
        }
    }

    /// <summary>The service may still do what was asked. Its answer, should it come, is not kept.</summary>
    private static void Abandon<T>(CancellationTokenSource attempt, Task<T> answer)
    {
        attempt.Cancel();
        _ = answer.ContinueWith(
            static late =>
            {
                if (late.IsCompletedSuccessfully)
                    (late.GetAwaiter().GetResult() as IDisposable)?.Dispose();
                else
                    _ = late.Exception;
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private TimeSpan WaitAfter(int attempt, KeyServiceException failure)
    {
        double cap = Math.Min(_options.MaxDelay.TotalMilliseconds, _options.FirstDelay.TotalMilliseconds * Math.Pow(2, attempt - 1));
        var wait = TimeSpan.FromMilliseconds(cap * Math.Clamp(_random(), 0, 1));
        return failure.RetryAfter is { } asked && asked > wait ? asked : wait;
    }
}

namespace MedRedact;

/// <summary>How a key service failed: what a caller may do about it. The zero value is never tried again.</summary>
public enum KeyFailure
{
    /// <summary>A wrapped key that does not open: another context, damage, an unknown, disabled or destroyed key. One answer for all of them.</summary>
    Integrity = 0,

    /// <summary>The service refuses this caller.</summary>
    Denied,

    /// <summary>The service or its keys are out of reach until somebody does something about it.</summary>
    Unavailable,

    /// <summary>The service asks for fewer calls. May be tried again later.</summary>
    Throttled,

    /// <summary>The service failed this once, or did not answer in time. May be tried again.</summary>
    Transient,
}

/// <summary>A key service that failed. Holds no content: code, remedy and how it failed.</summary>
public sealed class KeyServiceException : MedRedactException
{
    /// <summary>Makes a fault with a code of a provider's own.</summary>
    /// <param name="code">The documented code.</param>
    /// <param name="failure">How the service failed.</param>
    /// <param name="remedy">What to do about it: a fixed text.</param>
    /// <param name="innerException">A cause that is known to be free of content and of secrets.</param>
    public KeyServiceException(FaultCode code, KeyFailure failure, string? remedy = null, Exception? innerException = null)
        : base(code, remedy, innerException) => Failure = failure;

    /// <summary>How the service failed.</summary>
    public KeyFailure Failure { get; }

    /// <summary>Whether the same call may be made again: only after <see cref="KeyFailure.Transient"/> and <see cref="KeyFailure.Throttled"/>, and only where it makes nothing,
    /// or names what it makes.</summary>
    public bool IsRetryable => Failure is KeyFailure.Transient or KeyFailure.Throttled;

    /// <summary>Whether it says nothing about the wrapped key itself: the service did not get to judge it.</summary>
    public bool IsUnjudged => Failure is KeyFailure.Transient or KeyFailure.Throttled or KeyFailure.Unavailable;

    /// <summary>How long the service asks callers to wait, where it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The fault of a failure, with its code and remedy.</summary>
    /// <param name="failure">How the service failed.</param>
    /// <param name="retryAfter">How long the service asks callers to wait.</param>
    /// <param name="innerException">A cause that is known to be free of content and of secrets.</param>
    /// <returns>The fault, to be thrown.</returns>
    public static KeyServiceException Of(KeyFailure failure, TimeSpan? retryAfter = null, Exception? innerException = null)
    {
        FaultCode code = KeyFaults.CodeOf(failure);
        return new(code, failure, KeyFaults.Remedy(code), innerException) { RetryAfter = retryAfter };
    }
}

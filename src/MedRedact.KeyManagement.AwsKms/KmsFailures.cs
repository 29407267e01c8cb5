using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>Which failure an answer of the service is. Nothing of what it said goes on: a text from outside may say anything.</summary>
internal static class KmsFailures
{
    public static KeyServiceException Of(Exception fault) => fault switch
    {
        AmazonServiceException { ErrorCode.Length: > 0 } answer => KeyServiceException.Of(Of(answer.ErrorCode, answer.StatusCode)),
        AmazonServiceException { StatusCode: not 0 } answer => KeyServiceException.Of(Of("", answer.StatusCode)),
        _ when IsOfTheNetwork(fault) => KeyServiceException.Of(KeyFailure.Transient),
        AmazonServiceException => KeyServiceException.Of(KeyFailure.Transient),
        AmazonClientException => Faults.Refuse(Faults.NoCredentials),
        _ => KeyServiceException.Of(KeyFailure.Unavailable),
    };

    public static KeyFailure Of(string code, HttpStatusCode status) => code switch
    {
        "ThrottlingException" or "Throttling" or "ThrottledException" or "RequestThrottled" or "RequestThrottledException" or "TooManyRequestsException" or "RequestLimitExceeded"
            or "LimitExceededException" or "SlowDown" or "PriorRequestNotComplete" => KeyFailure.Throttled,
        "InvalidCiphertextException" or "IncorrectKeyException" => KeyFailure.Integrity,
        "AccessDeniedException" or "AccessDenied" or "NotAuthorized" or "UnauthorizedOperation" or "UnrecognizedClientException" or "InvalidClientTokenId" or "OptInRequired"
            or "MissingAuthenticationToken" or "MissingAuthenticationTokenException" or "IncompleteSignature" or "IncompleteSignatureException" or "InvalidSignatureException"
            or "SignatureDoesNotMatch" or "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" => KeyFailure.Denied,
        // A key that was made a moment ago is not known everywhere at once; what is gone for good is left out of the catalogue.
        "NotFoundException" or "KeyUnavailableException" or "KMSInternalException" or "DependencyTimeoutException" or "InternalFailure" or "ServiceUnavailable" or "ServiceUnavailableException" =>
            KeyFailure.Transient,
        _ => (int)status switch
        {
            429 => KeyFailure.Throttled,
            401 or 403 => KeyFailure.Denied,

            // An answer that says it is one, and cannot be read, was cut on its way.
            < 300 or 408 or >= 500 => KeyFailure.Transient,
            _ => KeyFailure.Unavailable,
        },
    };

    private static bool IsOfTheNetwork(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is HttpRequestException or IOException or SocketException or TimeoutException or OperationCanceledException)
                return true;
        }

        return false;
    }
}

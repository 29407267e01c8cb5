using Amazon;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>Makes clients of the service that ask once, wait no longer than they are told, and log nothing.</summary>
internal static class KmsClients
{
    public static AmazonKeyManagementServiceClient Of(AwsKmsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Check() is { } wrong)
            throw new ArgumentException(wrong, nameof(options));

        var config = new AmazonKeyManagementServiceConfig
        {
            MaxErrorRetry = 0, ThrottleRetries = false, Timeout = options.Timeout, UseFIPSEndpoint = options.UseFips, DisableLogging = true, LogResponse = false, LogMetrics = false,
        };
        if (options.Endpoint is { } address)
            (config.ServiceURL, config.AuthenticationRegion) = (address.ToString(), options.Region ?? "us-east-1");
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        return options.Credentials is { } credentials ? new OnceAskingClient(credentials, config) : new OnceAskingClient(config);
    }

    /// <summary>The library repeats a call over a connection that breaks although it is told to repeat none: what repeats is taken out.</summary>
    private sealed class OnceAskingClient : AmazonKeyManagementServiceClient
    {
        public OnceAskingClient(AmazonKeyManagementServiceConfig config)
            : base(config)
        {
        }

        public OnceAskingClient(AWSCredentials credentials, AmazonKeyManagementServiceConfig config)
            : base(credentials, config)
        {
        }

        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.RemoveHandler<RetryHandler>();
        }
    }
}

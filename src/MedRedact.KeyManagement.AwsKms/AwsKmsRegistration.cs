using MedRedact.KeyManagement;
using MedRedact.KeyManagement.AwsKms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers keys in AWS Key Management Service.</summary>
public static class AwsKmsRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Keeps keys in AWS Key Management Service: registers <see cref="IKeyWrapper"/> (which keeps unwrapped keys for a while, <see cref="AwsKmsOptions.Cache"/>),
        /// <see cref="IKeyProvider"/>, <see cref="IKeyLifecycle"/> (all three ask a busy service again) and <see cref="IObjectSealer"/>. Call it before other registrations of keys.</summary>
        /// <param name="configure">Which keys, and how they are asked for.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddAwsKmsKeys(Action<AwsKmsOptions> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            IServiceCollection services = builder.Services;
            services.AddOptions<AwsKmsOptions>().Configure(configure).ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AwsKmsOptions>, AwsKmsOptionsValidator>());
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton(static provider => new AwsKmsKeys(Options(provider), provider.GetRequiredService<TimeProvider>()));
            services.TryAddSingleton<IKeyWrapper>(static provider =>
            {
                AwsKmsKeys keys = provider.GetRequiredService<AwsKmsKeys>();
                var patient = new RetryingKeyWrapper(keys, Retry(provider));
                return Options(provider).Cache is { } cache ? new CachingKeyWrapper(patient, cache, provider.GetRequiredService<TimeProvider>(), keys) : patient;
            });
            services.TryAddSingleton<IKeyProvider>(static provider => new RetryingKeyProvider(provider.GetRequiredService<AwsKmsKeys>(), Retry(provider)));
            services.TryAddSingleton<IKeyLifecycle>(static provider => new RetryingKeyLifecycle(provider.GetRequiredService<AwsKmsKeys>(), Retry(provider)));
            services.TryAddSingleton<IObjectSealer>(static provider => new Envelope.EnvelopeSealer(provider.GetRequiredService<IKeyWrapper>()));
            return builder;
        }
    }

    private static AwsKmsOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<AwsKmsOptions>>().Value;

    private static KeyRetry Retry(IServiceProvider provider) => new(Options(provider).Retry, provider.GetRequiredService<TimeProvider>());
}

using MedRedact.KeyManagement;
using MedRedact.KeyManagement.Pkcs11;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers keys in a hardware security module.</summary>
public static class Pkcs11Registration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Keeps keys in a token of PKCS #11: registers <see cref="IKeyWrapper"/>, <see cref="IKeyProvider"/> (both ask a busy token again), <see cref="IKeyLifecycle"/> and
        /// <see cref="IObjectSealer"/>. Call it before other registrations of keys.</summary>
        /// <param name="configure">Which token, and how it is opened.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddPkcs11Keys(Action<Pkcs11Options> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            IServiceCollection services = builder.Services;
            services.AddOptions<Pkcs11Options>().Configure(configure).ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<Pkcs11Options>, Pkcs11OptionsValidator>());
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton(static provider => new Pkcs11Keys(provider.GetRequiredService<IOptions<Pkcs11Options>>().Value, provider.GetRequiredService<TimeProvider>()));
            services.TryAddSingleton<IKeyWrapper>(static provider => new RetryingKeyWrapper(provider.GetRequiredService<Pkcs11Keys>(), Retry(provider)));
            services.TryAddSingleton<IKeyProvider>(static provider => new RetryingKeyProvider(provider.GetRequiredService<Pkcs11Keys>(), Retry(provider)));
            services.TryAddSingleton<IKeyLifecycle>(static provider => provider.GetRequiredService<Pkcs11Keys>());
            services.TryAddSingleton<IObjectSealer>(static provider => new Envelope.EnvelopeSealer(provider.GetRequiredService<IKeyWrapper>()));
            return builder;
        }
    }

    private static KeyRetry Retry(IServiceProvider provider) =>
        new(provider.GetRequiredService<IOptions<Pkcs11Options>>().Value.Retry, provider.GetRequiredService<TimeProvider>());
}

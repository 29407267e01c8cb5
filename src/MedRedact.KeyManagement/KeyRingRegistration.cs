using MedRedact.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers the local key ring.</summary>
public static class KeyRingRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Keeps keys in a file of this machine: registers <see cref="IKeyWrapper"/>, <see cref="IKeyProvider"/>,
        /// <see cref="IKeyLifecycle"/> and <see cref="IObjectSealer"/>.</summary>
        /// <param name="configure">Where the file lies and how it is protected.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddLocalKeyRing(Action<LocalKeyRingOptions>? configure = null)
        {
            IServiceCollection services = builder.Services;
            services.AddOptions<LocalKeyRingOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LocalKeyRingOptions>, LocalKeyRingOptionsValidator>());
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton(static provider => new LocalKeyRing(
                provider.GetRequiredService<IOptions<LocalKeyRingOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
            services.TryAddSingleton<IKeyWrapper>(static provider => provider.GetRequiredService<LocalKeyRing>());
            services.TryAddSingleton<IKeyProvider>(static provider => provider.GetRequiredService<LocalKeyRing>());
            services.TryAddSingleton<IKeyLifecycle>(static provider => provider.GetRequiredService<LocalKeyRing>());
            services.TryAddSingleton<IObjectSealer>(static provider => new Envelope.EnvelopeSealer(provider.GetRequiredService<IKeyWrapper>()));
            return builder;
        }

        /// <summary>Puts on record where a wrapped key does not open, or the key service denies its use (<see cref="AuditedKeyWrapper"/>). It needs an <see cref="IAuditSink"/>, and the
        /// keys registered before it.</summary>
        /// <param name="actor">Who asks for keys, in the ledger. Default: <c>key-service</c>.</param>
        /// <returns>The builder.</returns>
        /// <exception cref="InvalidOperationException">No <see cref="IKeyWrapper"/> is registered yet.</exception>
        public IMedRedactBuilder AddKeyRefusalRecords(ActorId? actor = null) =>
            builder.Decorate<IKeyWrapper>((inner, services) => new AuditedKeyWrapper(
                inner, services.GetRequiredService<IAuditSink>(), services.GetRequiredService<TimeProvider>(), actor ?? new ActorId("key-service")));
    }
}

using MedRedact.Storage.S3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers zones in a bucket.</summary>
public static class S3Registration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Keeps the zones in a bucket: registers <see cref="S3ZoneStore"/> as <see cref="IZoneStore"/>, in the place of any other. Documents in flight, journal, vault and ledger
        /// stay where they are.</summary>
        /// <param name="configure">Names the bucket.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddS3Zones(Action<S3ZoneStoreOptions> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            IServiceCollection services = builder.Services;
            services.AddOptions<S3ZoneStoreOptions>().Configure(configure).ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<S3ZoneStoreOptions>, S3ZoneStoreOptionsValidator>());
            services.TryAddSingleton(TimeProvider.System);
            services.Replace(ServiceDescriptor.Singleton<IZoneStore>(static provider =>
                new S3ZoneStore(provider.GetRequiredService<IOptions<S3ZoneStoreOptions>>().Value, provider.GetRequiredService<TimeProvider>())));
            return builder;
        }
    }
}

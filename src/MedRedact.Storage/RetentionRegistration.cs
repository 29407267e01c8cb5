using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers retention.</summary>
public static class RetentionRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Registers <see cref="DocumentRetention"/>, <see cref="SubjectShredding"/> and <see cref="ILegalHolds"/>. File storage, keys and the audit ledger are registered elsewhere, as are
        /// <see cref="IObjectKeys"/>, <see cref="ITokenVault"/> and <see cref="IDocumentSubjects"/>, which it uses where there are any. The host calls <see cref="DocumentRetention.RunAsync"/> when it wants.</summary>
        /// <param name="configure">Sets the policy.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddRetention(Action<RetentionOptions>? configure = null)
        {
            IServiceCollection services = builder.Services;
            services.AddOptions<RetentionOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>());
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton<ILegalHolds, LegalHolds>();
            services.TryAddSingleton(static provider => new DocumentRetention(
                PartsOf(provider), provider.GetRequiredService<IOptions<RetentionOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
            services.TryAddSingleton(static provider => new SubjectShredding(PartsOf(provider), provider.GetRequiredService<TimeProvider>()));
            return builder;
        }
    }

    private static RetentionParts PartsOf(IServiceProvider provider) => new(
        Required<StorageHome>(provider), Required<EncryptedFileStore>(provider), Required<IZoneStore>(provider), Required<IKeyProvider>(provider),
        Required<IAuditSink>(provider), Required<ILedgerTime>(provider), provider.GetRequiredService<ILegalHolds>())
    {
        ObjectKeys = provider.GetService<IObjectKeys>(),
        Vault = provider.GetService<ITokenVault>(),
        Subjects = provider.GetService<IDocumentSubjects>(),
    };

    private static T Required<T>(IServiceProvider provider)
        where T : class => provider.GetService<T>() ?? throw RetentionFaults.Refuse(RetentionFaults.Incomplete);
}

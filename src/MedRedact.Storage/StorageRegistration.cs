using MedRedact.Envelope;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers storage on this machine.</summary>
public static class StorageRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Keeps objects, documents and the ingestion journal in files: registers <see cref="IZoneStore"/>,
        /// <see cref="IRedactedDocumentStore"/>, <see cref="EncryptedFileStore"/>, <see cref="DocumentStoreVerifier"/> and
        /// <see cref="IIngestionJournal"/>. Keys and an image encoder are registered elsewhere.</summary>
        /// <param name="configure">Where.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddFileStorage(Action<FileStorageOptions>? configure = null)
        {
            IServiceCollection services = builder.Services;
            AddOptions(services, configure);
            services.TryAddSingleton(static provider => StorageHome.Open(provider.GetRequiredService<IOptions<FileStorageOptions>>().Value.Home));
            services.TryAddSingleton<IZoneStore, FileZoneStore>();
            services.TryAddSingleton<EncryptedFileStore>();
            services.TryAddSingleton<IRedactedDocumentStore>(static provider => provider.GetRequiredService<EncryptedFileStore>());
            services.TryAddSingleton<DocumentStoreVerifier>();
            services.TryAddSingleton<IIngestionJournal, IngestionJournal>();
            return builder;
        }

        /// <summary>Keeps a key for each document, subject and zone in a file beside the wrapping keys: registers <see cref="KeyRegister"/> and <see cref="IObjectKeys"/>, and an
        /// <see cref="IObjectSealer"/> over them in the place of any other. The <see cref="IKeyWrapper"/> that wraps the register's secrets is registered elsewhere, and so is its
        /// <see cref="IKeyLifecycle"/> where the register is to replace wrapping keys. A sealer with recovery wrappers of its own is to be built over <see cref="KeyRegister"/> instead.</summary>
        /// <param name="configure">Where.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddKeyRegister(Action<KeyRegisterOptions>? configure = null)
        {
            IServiceCollection services = builder.Services;
            AddOptions(services, configure);
            services.TryAddSingleton(static provider =>
            {
                KeyRegisterOptions options = provider.GetRequiredService<IOptions<KeyRegisterOptions>>().Value;
                if (!options.CreateIfMissing && !File.Exists(options.ResolvedFile))
                    throw Storage.Faults.Refuse(Storage.Faults.NoRegister);
                return KeyRegister.Open(
                    options.ResolvedFile,
                    provider.GetRequiredService<IKeyWrapper>(),
                    provider.GetRequiredService<TimeProvider>(),
                    options.OwnsWrappingKeys ? provider.GetRequiredService<IKeyLifecycle>() : null,
                    provider.GetService<IAuditSink>());
            });
            services.TryAddSingleton<IObjectKeys>(static provider => provider.GetRequiredService<KeyRegister>());
            services.Replace(ServiceDescriptor.Singleton<IObjectSealer>(static provider => new EnvelopeSealer(provider.GetRequiredService<KeyRegister>())));
            return builder;
        }

        /// <summary>Keeps what is disclosed of patients, to account for it: registers <see cref="IDisclosureLedger"/>. A sealer and an audit sink are registered elsewhere.</summary>
        /// <param name="folder">The folder of the entries; hosts may share it.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddDisclosureLedger(string folder)
        {
            ArgumentException.ThrowIfNullOrEmpty(folder);
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.TryAddSingleton<IDisclosureLedger>(provider => new DisclosureFiles(
                folder, provider.GetRequiredService<IObjectSealer>(), provider.GetRequiredService<IAuditSink>(), provider.GetRequiredService<TimeProvider>(),
                provider.GetService<IDisclosureEvidence>()));
            return builder;
        }

        /// <summary>Keeps values that belong to audit events, so that they can be erased: registers <see cref="IErasableFields"/>. A sealer and an audit sink are registered elsewhere.</summary>
        /// <param name="folder">The folder of the values; hosts may share it. Default: <c>fields</c> in <see cref="FileStorageOptions.Home"/>.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddErasableFields(string? folder = null)
        {
            AddOptions<FileStorageOptions>(builder.Services, null);
            builder.Services.TryAddSingleton<IErasableFields>(provider => new ErasableFieldFiles(
                folder ?? Path.Combine(provider.GetRequiredService<IOptions<FileStorageOptions>>().Value.Home, "fields"),
                provider.GetRequiredService<IObjectSealer>(), provider.GetRequiredService<IAuditSink>(), provider.GetRequiredService<TimeProvider>()));
            return builder;
        }

        /// <summary>Keeps tokens in a SQLite file: registers <see cref="ITokenVault"/>, and all of <see cref="AddTokens"/>.</summary>
        /// <param name="configure">Where.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddSqliteVault(Action<SqliteVaultOptions>? configure = null)
        {
            IServiceCollection services = builder.Services;
            AddOptions(services, configure);
            services.TryAddSingleton<ITokenVault>(static provider =>
                SqliteTokenVault.Open(provider.GetRequiredService<IOptions<SqliteVaultOptions>>().Value.ResolvedFile));
            return builder.AddTokens();
        }

        /// <summary>Makes and reverses the tokens of whatever vault is registered: registers <see cref="ITokenizer"/>, <see cref="VaultTokenizer"/>,
        /// <see cref="IDetokenizer"/> and <see cref="VaultCustodian"/>. Keys and an audit sink are registered elsewhere.</summary>
        /// <param name="configure">How long tokens lead back, and how many an actor may reverse.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddTokens(Action<TokenOptions>? configure = null)
        {
            IServiceCollection services = builder.Services;
            services.AddOptions<TokenOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TokenOptions>, TokenOptionsValidator>());
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton(static provider => new VaultTokenizer(
                provider.GetRequiredService<ITokenVault>(), provider.GetRequiredService<IObjectSealer>(), provider.GetRequiredService<IKeyProvider>(),
                provider.GetRequiredService<TimeProvider>()) { Lifetime = Options(provider).Lifetime });
            services.TryAddSingleton<ITokenizer>(static provider => provider.GetRequiredService<VaultTokenizer>());
            services.TryAddSingleton<IDetokenizer>(static provider => new VaultDetokenizer(
                provider.GetRequiredService<ITokenVault>(), provider.GetRequiredService<IObjectSealer>(), provider.GetRequiredService<IAuditSink>(),
                provider.GetRequiredService<TimeProvider>(), Options(provider).Limit));
            services.TryAddSingleton<VaultCustodian>();
            return builder;
        }
    }

    private static TokenOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<TokenOptions>>().Value;

    private static void AddOptions<TOptions>(IServiceCollection services, Action<TOptions>? configure)
        where TOptions : class
    {
        services.AddOptions<TOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IValidateOptions<TOptions>), typeof(StorageOptionsValidator)));
        services.TryAddSingleton(TimeProvider.System);
    }
}

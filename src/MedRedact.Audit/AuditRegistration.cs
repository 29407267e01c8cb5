using MedRedact.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers the audit ledger.</summary>
public static class AuditRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Registers <see cref="AuditLedger"/>, also as the host's <see cref="IAuditSink"/> and <see cref="ILedgerTime"/>. It needs an <see cref="IKeyProvider"/>,
        /// and takes an <see cref="ICheckpointStore"/> and every <see cref="IWitness"/> that is registered.
        /// The options are checked when the host starts; the ledger opens with the first event, or with <see cref="AuditLedger.OpenAsync"/>.</summary>
        /// <param name="configure">Sets the folder at least.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddAuditLedger(Action<AuditLedgerOptions> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            builder.Services.AddOptions<AuditLedgerOptions>().Configure(configure).ValidateOnStart();
            builder.Services.TryAddSingleton<IValidateOptions<AuditLedgerOptions>, AuditLedgerOptionsValidator>();
            builder.Services.TryAddSingleton(services => new AuditLedger(
                services.GetRequiredService<IOptions<AuditLedgerOptions>>().Value,
                services.GetRequiredService<IKeyProvider>(),
                services.GetService<TimeProvider>(),
                checkpoints: services.GetService<ICheckpointStore>(),
                witnesses: services.GetServices<IWitness>()));
            builder.Services.TryAddSingleton<IAuditSink>(services => services.GetRequiredService<AuditLedger>());
            builder.Services.TryAddSingleton<IDisclosureEvidence>(services => new DisclosureEvidence(services.GetRequiredService<AuditLedger>()));
            builder.Services.TryAddSingleton<ILedgerTime>(services => services.GetRequiredService<AuditLedger>());
            return builder;
        }
    }

    private sealed class AuditLedgerOptionsValidator : IValidateOptions<AuditLedgerOptions>
    {
        public ValidateOptionsResult Validate(string? name, AuditLedgerOptions options) =>
            options.Check() is { } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}

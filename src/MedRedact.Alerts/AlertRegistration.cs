using System.Diagnostics.CodeAnalysis;
using MedRedact.Alerts;
using MedRedact.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers alerts over the audit ledger.</summary>
public static class AlertRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Watches the ledger while the host runs, and keeps suspended actors and documents from every access. It needs the audit ledger, and an
        /// <see cref="IAccessAuthorizer"/> registered before it.</summary>
        /// <param name="configure">Sets the folder at least.</param>
        /// <returns>The builder.</returns>
        /// <exception cref="InvalidOperationException">No authorizer is registered yet.</exception>
        public IMedRedactBuilder AddAlerts(Action<AlertOptions> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            bool isFirst = !builder.Services.Any(each => each.ServiceType == typeof(IAccessSuspensions));
            builder.Services.AddOptions<AlertOptions>().Configure(configure).ValidateOnStart();
            builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AlertOptions>, AlertOptions.Validator>());
            if (!isFirst)
                return builder;

            builder.Services.AddSingleton<IAccessSuspensions>(services => new AccessSuspensionFiles(
                services.GetRequiredService<IOptions<AlertOptions>>().Value.Folder, services.GetRequiredService<IAuditSink>(), services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<IOptions<AlertOptions>>().Value.CreateIfMissing));
            builder.Services.AddSingleton<AlertStatus>();
            builder.Services.AddSingleton<IAlertResponse, SuspendActor>();
            builder.Services.AddSingleton<IAlertResponse, QuarantineDocument>();
            builder.Services.AddSingleton<IHostedService>(services => new AlertWatch(
                services.GetRequiredService<AuditLedger>(), services.GetRequiredService<IOptions<AlertOptions>>(), services.GetServices<IAlertResponse>(),
                services.GetRequiredService<TimeProvider>(), services.GetRequiredService<AlertStatus>()));
            return builder.Decorate<IAccessAuthorizer>(static (inner, services) => new SuspendingAuthorizer(
                inner, services.GetRequiredService<IAccessSuspensions>(), services.GetRequiredService<IAuditSink>(), services.GetRequiredService<TimeProvider>()));
        }

        /// <summary>Adds a response that rules may ask for by its name.</summary>
        /// <typeparam name="TResponse">The response.</typeparam>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddAlertResponse<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TResponse>()
            where TResponse : class, IAlertResponse
        {
            builder.Services.AddSingleton<IAlertResponse, TResponse>();
            return builder;
        }
    }
}

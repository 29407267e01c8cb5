using MedRedact.Audit;
using MedRedact.Audit.Forwarding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers the forwarding of audit events.</summary>
public static class AuditForwardingRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Passes the events of the host's audit ledger on, in the background, from the start of the host to its end. It needs <see cref="AuditLedger"/>. Unless said otherwise, places
        /// are kept beside the ledger's folder, in one named like it with <c>-forwarding</c> at its end.</summary>
        /// <param name="configure">Names the targets.</param>
        /// <returns>The builder.</returns>
        /// <exception cref="ArgumentException">There is no target, or two have one name.</exception>
        public IMedRedactBuilder AddAuditForwarding(Action<AuditForwardingBuilder> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            var forwarding = new AuditForwardingBuilder();
            configure(forwarding);
            if (forwarding.Targets.Count == 0)
                throw new ArgumentException("Forwarding needs a target.", nameof(configure));

            IServiceCollection services = builder.Services;
            services.AddOptions<AuditForwarderOptions>()
                .Configure<IOptions<AuditLedgerOptions>>(static (options, ledger) =>
                    (options.LedgerFolder, options.CursorFolder) = (ledger.Value.Folder, FolderBeside(ledger.Value.Folder)))
                .Configure(forwarding.Configured)
                .ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuditForwarderOptions>, AuditForwarderOptionsValidator>());
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton(provider => new AuditForwarder(
                provider.GetRequiredService<IOptions<AuditForwarderOptions>>().Value,
                forwarding.Targets.ToDictionary(target => target.Key, target => target.Value(provider)),
                async cancellationToken => [VerifierKey.Parse(await provider.GetRequiredService<AuditLedger>().GetVerifierKeyAsync(cancellationToken))!],
                provider.GetRequiredService<IAuditSink>(),
                provider.GetRequiredService<TimeProvider>()));
            services.AddHostedService<ForwardingService>();
            return builder;
        }
    }

    private static string FolderBeside(string folder) => folder.Length == 0 ? "" : Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + "-forwarding";

    private sealed class AuditForwarderOptionsValidator : IValidateOptions<AuditForwarderOptions>
    {
        public ValidateOptionsResult Validate(string? name, AuditForwarderOptions options) =>
            options.Check() is { } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }

    /// <summary>A forwarder that cannot begin, because another one still holds the places, tries again: forwarding must not end the host.</summary>
    private sealed class ForwardingService(AuditForwarder forwarder, IOptions<AuditForwarderOptions> options, TimeProvider time) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await forwarder.RunAsync(stoppingToken);
                }
                catch (Exception) when (!stoppingToken.IsCancellationRequested)
                {
                    await Task.Delay(options.Value.MinDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
    }
}

/// <summary>Names the collectors of audit events.</summary>
public sealed class AuditForwardingBuilder
{
    internal AuditForwardingBuilder()
    {
    }

    internal Dictionary<string, Func<IServiceProvider, IAuditTarget>> Targets { get; } = new(StringComparer.Ordinal);

    internal Action<AuditForwarderOptions> Configured { get; private set; } = static _ => { };

    /// <summary>Says how events are passed on.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder.</returns>
    public AuditForwardingBuilder Configure(Action<AuditForwarderOptions> configure)
    {
        Configured += configure;
        return this;
    }

    /// <summary>Adds a collector of syslog.</summary>
    /// <param name="name">Its name, 1 to 64 characters of a-z, 0-9, '.' and '-'. Its place is kept under it.</param>
    /// <param name="configure">Sets the host at least.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is none, or taken.</exception>
    public AuditForwardingBuilder ToSyslog(string name, Action<SyslogAuditTargetOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return To(name, provider =>
        {
            var options = new SyslogAuditTargetOptions();
            configure(options);
            return new SyslogAuditTarget(options, provider.GetRequiredService<TimeProvider>());
        });
    }

    /// <summary>Adds a collector on the web.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="configure">Sets the address at least.</param>
    /// <param name="client">Hands out the host's own client, which must not follow redirections; by default the target has one.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is none, or taken.</exception>
    public AuditForwardingBuilder ToHttp(string name, Action<HttpAuditTargetOptions> configure, Func<IServiceProvider, HttpClient>? client = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return To(name, provider =>
        {
            var options = new HttpAuditTargetOptions();
            configure(options);
            return new HttpAuditTarget(options, client?.Invoke(provider), provider.GetRequiredService<TimeProvider>());
        });
    }

    /// <summary>Adds a file that events are appended to.</summary>
    /// <param name="name">Its name as a target.</param>
    /// <param name="path">The file.</param>
    /// <param name="format">How events are written.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is none, or taken.</exception>
    public AuditForwardingBuilder ToFile(string name, string path, AuditEventFormat format = AuditEventFormat.Ocsf) => To(name, _ => new FileAuditTarget(path, format));

    /// <summary>Adds a collector of the host's own.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="create">Makes it; it belongs to the forwarder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is none, or taken.</exception>
    public AuditForwardingBuilder To(string name, Func<IServiceProvider, IAuditTarget> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        Targets.Add(AuditValue.Parse(AuditValueType.Id, name).Text, create);
        return this;
    }
}

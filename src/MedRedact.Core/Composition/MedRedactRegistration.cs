using MedRedact.Access;
using MedRedact.Composition;
using MedRedact.Egress;
using MedRedact.Ingestion;
using MedRedact.Policies;
using MedRedact.Window;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers MedRedact with a host.</summary>
public static class MedRedactServices
{
    extension(IServiceCollection services)
    {
        /// <summary>Registers the core. Add readers, an OCR engine, keys, a store and a ledger with their own verbs, or all at once with a preset.</summary>
        /// <returns>A builder for the parts.</returns>
        public IMedRedactBuilder AddMedRedact()
        {
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton<IRasterMemory>(RasterMemory.Shared);
            services.TryAddSingleton<PageWindow>();
            services.TryAddSingleton<Intake>();
            services.TryAddSingleton<IAccessPolicySource, ConfiguredAccessPolicy>();
            services.TryAddSingleton<IAccessAuthorizer>(parts => new PolicyAuthorizer(
                parts.GetRequiredService<IAccessPolicySource>(), parts.GetRequiredService<IOptions<AccessOptions>>(), parts.GetRequiredService<IAuditSink>(),
                parts.GetRequiredService<TimeProvider>(), parts.GetService<IBreakGlassReviews>()));
            services.AddOptions<PipelineLimits>();
            services.AddOptions<EgressOptions>();
            services.AddOptions<AccessOptions>();
            services.AddOptions<PipelineCatalog>().ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PipelineLimits>, PipelineLimitsValidator>());
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PipelineCatalog>, PipelineCatalogValidator>());
            foreach (PolicyFile policy in BuiltInPolicies.All)
                services.TryAddKeyedSingleton<IDispositionPolicy>(policy.Name, policy);
            return new MedRedactBuilder(services);
        }
    }

    private sealed record MedRedactBuilder(IServiceCollection Services) : IMedRedactBuilder;
}

/// <summary>Registers pipelines and their parts.</summary>
public static class MedRedactParts
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Registers a pipeline; hosts resolve it as a keyed <see cref="IngestionPipeline"/> under its name.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="compose">Composes it in the order of the data.</param>
        /// <returns>The builder.</returns>
        /// <remarks>The composition is checked when the host starts, and when the pipeline is first resolved.</remarks>
        public IMedRedactBuilder AddPipeline(string name, Func<PipelineBuilder<PageImage>, PipelineDefinition> compose)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            ArgumentNullException.ThrowIfNull(compose);
            PipelineDefinition definition = compose(new PipelineBuilder<PageImage>(new PipelineParts()));
            builder.Services.Configure<PipelineCatalog>(catalog => catalog.Names.Add(name));
            builder.Services.AddKeyedSingleton(name, (services, _) => PipelineCompiler.Compile(name, definition.Parts, services));
            return builder;
        }

        /// <summary>Registers a policy under its own name; it replaces a policy of the same name.</summary>
        /// <param name="policy">The policy.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddPolicy(IDispositionPolicy policy)
        {
            ArgumentNullException.ThrowIfNull(policy);
            builder.Services.AddKeyedSingleton(policy.Name, policy);
            return builder;
        }

        /// <summary>Sets the bounds; they are validated when the host starts.</summary>
        /// <param name="configure">Sets them.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder ConfigureLimits(Action<PipelineLimits> configure)
        {
            builder.Services.Configure(configure);
            return builder;
        }

        /// <summary>Registers one access policy that stays in force as long as the host runs; the rules of <see cref="AccessOptions"/> decide nothing then. A host whose policies
        /// change, and are approved by two, loads signed ones instead.</summary>
        /// <param name="policy">The policy.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddAccessPolicy(AccessPolicy policy)
        {
            ArgumentNullException.ThrowIfNull(policy);
            builder.Services.Replace(ServiceDescriptor.Singleton<IAccessPolicySource>(new FixedAccessPolicy(policy)));
            return builder;
        }

        /// <summary>Says who may see what; by default nobody may see anything.</summary>
        /// <param name="configure">Adds rules.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder ConfigureAccess(Action<AccessOptions> configure)
        {
            builder.Services.Configure(configure);
            return builder;
        }

        /// <summary>Names the agreements under which clean pages may leave; by default there is none.</summary>
        /// <param name="configure">Adds agreements.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder ConfigureEgress(Action<EgressOptions> configure)
        {
            builder.Services.Configure(configure);
            return builder;
        }
    }
}

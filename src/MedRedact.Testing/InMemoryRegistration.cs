using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact;

/// <summary>Registers the in-memory fakes.</summary>
public static class InMemoryRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Keeps everything in memory: registers <see cref="RecordingAuditSink"/>, <see cref="InMemoryZoneStore"/>, <see cref="InMemoryTokenVault"/>,
        /// <see cref="InMemoryKeys"/> and <see cref="InMemoryDocumentStore"/>, each as itself and as its contracts. For tests only.</summary>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddInMemory()
        {
            ArgumentNullException.ThrowIfNull(builder);
            IServiceCollection services = builder.Services;
            services.AddSingleton<RecordingAuditSink>().AddSingleton<IAuditSink>(provider => provider.GetRequiredService<RecordingAuditSink>());
            services.AddSingleton<InMemoryZoneStore>().AddSingleton<IZoneStore>(provider => provider.GetRequiredService<InMemoryZoneStore>());
            services.AddSingleton<InMemoryTokenVault>().AddSingleton<ITokenVault>(provider => provider.GetRequiredService<InMemoryTokenVault>());
            services.AddSingleton<InMemoryKeys>().AddSingleton<IKeyWrapper>(provider => provider.GetRequiredService<InMemoryKeys>());
            services.AddSingleton<IKeyProvider>(provider => provider.GetRequiredService<InMemoryKeys>());
            services.AddSingleton<InMemoryDocumentStore>().AddSingleton<IRedactedDocumentStore>(provider => provider.GetRequiredService<InMemoryDocumentStore>());
            return builder;
        }
    }
}

using MedRedact.Audit;
using MedRedact.KeyManagement;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>What a home's keys may do follows from what lies there: where there is data, missing keys are a volume that was not mounted and never a reason to make new ones.</summary>
internal static class HomeGuards
{
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    public static IMedRedactBuilder AddHomeGuards(this IMedRedactBuilder builder)
    {
        // Whoever signed the ledger had a ring.
        builder.Services.AddOptions<LocalKeyRingOptions>().Configure<IOptions<AuditLedgerOptions>>(
            static (keys, ledger) => keys.CreateIfMissing &= !File.Exists(Path.Combine(ledger.Value.Folder, "checkpoint")));

        // Whoever sealed an object had a register. The ring of the home serves nothing else; one that lies in a service may.
        builder.Services.AddOptions<KeyRegisterOptions>().Configure<IServiceProvider>((keys, provider) =>
        {
            keys.CreateIfMissing &= !HoldsData(provider.GetRequiredService<IOptions<FileStorageOptions>>().Value.Home);
            keys.OwnsWrappingKeys |= provider.GetService<IKeyLifecycle>() is LocalKeyRing;
        });
        return builder;
    }

    private static bool HoldsData(string home) =>
        Directory.Exists(Path.Combine(home, "zones")) && Directory.EnumerateFiles(Path.Combine(home, "zones"), "*", Everywhere).Any();
}

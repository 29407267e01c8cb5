using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Isolation.Tests;

/// <summary>A host that takes one record in, with everything in its place, and says which native libraries of others it has loaded.</summary>
internal static class IngestingHost
{
    public const string None = "none";

    public static async Task<int> RunAsync(string home)
    {
        var services = new ServiceCollection();
        services.AddMedRedact().AddOnPremises(options =>
        {
            options.Home = home;
            options.PageProcess = PageProcess.Isolated;
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        await using SourceDocument scan = SyntheticRecords.Create(DocumentKind.Prescription, 8).ToSource(dpi: 150);
        IngestionReport report = await provider.GetRequiredKeyedService<IngestionPipeline>("charts").IngestAsync(
            new IngestionRequest { Source = scan, Actor = new ActorId("host"), Tenant = new TenantId("clinic"), Purpose = PurposeOfUse.Treatment });
        string maps = await File.ReadAllTextAsync("/proc/self/maps");
        string[] loaded = [.. new[] { "libtesseract", "liblept" }.Where(name => maps.Contains(name, StringComparison.Ordinal))];
        Console.WriteLine($"{report.Verdict} {(loaded is [] ? None : string.Join(',', loaded))}");
        return 0;
    }
}

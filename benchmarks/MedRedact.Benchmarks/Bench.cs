using System.Diagnostics;
using MedRedact.Synthesis;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Benchmarks;

/// <summary>What the pipeline measures share: a pipeline over a temporary home, synthetic pages, a CPU clock.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public static ActorId Actor { get; } = new("benchmark");

    private readonly ServiceProvider _services;

    private Bench(string home, ServiceProvider services) => (Home, _services) = (home, services);

    public string Home { get; }

    public IServiceProvider Services => _services;

    public IngestionPipeline Pipeline => _services.GetRequiredKeyedService<IngestionPipeline>("charts");

    public static TenantId Tenant { get; } = new("bench");

    public static Bench Start(int pagesInFlight = 1, bool reRead = true, Action<OnPremisesOptions>? configure = null)
    {
        string home = Directory.CreateTempSubdirectory("medredact-bench").FullName;
        var services = new ServiceCollection();
        services.AddMedRedact()
            .ConfigureLimits(limits =>
            {
                limits.MaxPagesInFlight = pagesInFlight;
                limits.MaxPagesInFlightPerProcess = pagesInFlight;
                limits.MaxPages = 2_000;
            })
            .AddOnPremises(options =>
            {
                options.Home = home;
                configure?.Invoke(options);
            });
        services.Configure<Redaction.RedactionOptions>(options => options.ReReadSurroundings = reRead);
        return new Bench(home, services.BuildServiceProvider());
    }

    public Task<IngestionReport> IngestAsync(byte[] document) => IngestAsync(SourceDocument.FromStream(new MemoryStream(document)));

    public async Task<IngestionReport> IngestAsync(SourceDocument document, IProgress<IngestionProgress>? progress = null)
    {
        await using SourceDocument source = document;
        return await Pipeline.IngestAsync(new IngestionRequest { Source = source, Actor = Actor, Tenant = Tenant, Purpose = PurposeOfUse.Operations, Progress = progress });
    }

    /// <summary>CPU seconds of the whole process, all threads, and of its child processes, those that have ended and those that live.</summary>
    public static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds + ChildProcesses.CpuSeconds();
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>As scanners of paper records are set.</summary>
    public static DrawOptions Scanner { get; } = new() { Dpi = 300 };

    /// <summary>Full letter pages of prose at 300 dpi, as PNG files.</summary>
    public static IReadOnlyList<byte[]> Pages(int count) =>
    [
        .. Enumerable.Range(0, int.MaxValue)
            .SelectMany(seed => SyntheticRecords.Create(DocumentKind.DischargeSummary, 1000 + seed).DrawPages(Scanner))
            .Where(page => page.Words.Count > 150)
            .Take(count)
            .Select(page => page.PngBytes.ToArray()),
    ];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }
}

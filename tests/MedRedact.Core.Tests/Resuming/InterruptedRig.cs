using MedRedact.Core.Tests.Ingestion;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Core.Tests.Resuming;

/// <summary>A document of many pages under an idempotency key, on a host that dies at a chosen page and comes up again.</summary>
internal sealed class InterruptedRig : IAsyncDisposable
{
    private static readonly IdempotencyKey s_key = new(new Guid("0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f1"));

    public InterruptedRig()
    {
        Rig = new PipelineRig(Record, options =>
        {
            options.Reader = new FakePageReader(Sheets);
            options.Engine = FakeOcrEngine.ReadingTruth(Sheets);
            options.Configure = builder =>
            {
                builder.Services.AddSingleton(provider => new MortalZones(provider.GetRequiredService<InMemoryZoneStore>()));
                builder.Services.AddSingleton<IZoneStore>(provider => provider.GetRequiredService<MortalZones>());
                builder.Services.AddSingleton(new RenamedEngine(options.Engine));
                builder.ConfigureLimits(limits => limits.MaxPagesInFlight = 1);
            };
            options.Compose = pages => pages
                .Recognize<RenamedEngine>()
                .Detect(phi => phi.With<FakePhiDetector>())
                .Redact("safe-harbor", with => with.Labels().Tokens().Generalize())
                .AuditTo<IAuditSink>()
                .StoreIn<InMemoryDocumentStore>();
        });
    }

    public static SyntheticRecord Record { get; } = SyntheticRecords.Create(DocumentKind.DischargeSummary, 11);

    /// <summary>The pages of the record over and over: eight of them.</summary>
    public static IReadOnlyList<SyntheticPage> Sheets { get; } = ManyPages();

    public PipelineRig Rig { get; }

    public RenamedEngine Engine => Rig.Services.GetRequiredService<RenamedEngine>();

    public MortalZones Zones => Rig.Services.GetRequiredService<MortalZones>();

    public List<IngestionProgress> Progress { get; } = [];

    /// <summary>What lies in quarantine, by document and name.</summary>
    public IReadOnlyDictionary<ZoneObject, byte[]> Quarantine =>
        Rig.Services.GetRequiredService<InMemoryZoneStore>().Objects.Where(item => item.Key.Zone == StorageZone.Quarantine).ToDictionary();

    /// <summary>The pages that are kept at this moment.</summary>
    public IReadOnlyList<ZoneObject> Kept =>
        [.. Quarantine.Keys.Where(item => item.Name.Value.StartsWith("kept-0", StringComparison.Ordinal)).OrderBy(item => item.Name.Value, StringComparer.Ordinal)];

    /// <summary>Ingests, and dies when this page is about to be read.</summary>
    public async Task DieAtAsync(int page)
    {
        using var power = new CancellationTokenSource();
        Rig.Engine.Before = (number, _) =>
        {
            if (number.Value == page)
            {
                Zones.IsDead = true;
                Rig.Services.GetRequiredService<MemoryJournal>().IsDead = true;
                power.Cancel();
            }

            return ValueTask.CompletedTask;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Rig.Pipeline.IngestAsync(Request(), power.Token));
        Rig.Engine.Before = null;
        Zones.IsDead = false;
    }

    /// <summary>Ingests; returns the report and how many pages were read.</summary>
    public async Task<(IngestionReport Report, int Read)> IngestAsync()
    {
        int before = Rig.Engine.Calls;
        IngestionReport report = await Rig.Pipeline.IngestAsync(Request(), TestContext.Current.CancellationToken);
        return (report, Rig.Engine.Calls - before);
    }

    public IngestionRequest Request() => PipelineRig.Request([1, 2, 3], s_key, new Direct(Progress));

    public ValueTask DisposeAsync() => Rig.DisposeAsync();

    private static IReadOnlyList<SyntheticPage> ManyPages()
    {
        IReadOnlyList<SyntheticPage> pages = Record.DrawPages(new DrawOptions { Dpi = 100 });
        return [.. Enumerable.Range(0, 8).Select(index => pages[index % pages.Count])];
    }

    private sealed class Direct(List<IngestionProgress> seen) : IProgress<IngestionProgress>
    {
        public void Report(IngestionProgress value)
        {
            lock (seen)
                seen.Add(value);
        }
    }
}

/// <summary>An engine whose version can change between two runs.</summary>
internal sealed class RenamedEngine(FakeOcrEngine engine) : IOcrEngine
{
    public EngineId Id => engine.Id;

    public string Version { get; set; } = "1";

    public ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default) =>
        engine.RecognizeAsync(page, request, cancellationToken);
}

using System.Diagnostics;
using MedRedact.Audit;
using MedRedact.ConformanceTests;
using MedRedact.Detection;
using MedRedact.Ink;
using MedRedact.Ocr.Tesseract;
using MedRedact.Storage;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Isolation.Tests;

/// <summary>What the host is spared.</summary>
public sealed class HostTests
{
    [Fact]
    public async Task A_host_that_reads_redacts_and_checks_a_record_never_loads_the_engine()
    {
        Assert.SkipUnless(MemoryFile.IsSupported, "Worker processes share memory files of Linux.");
        string home = Directory.CreateTempSubdirectory("medredact-test").FullName;
        try
        {
            WorkerCommand command = WorkerCommand.TryFind(new PageWorkerOptions { Program = typeof(HostTests).Assembly.Location })!;
            using Process host = Process.Start(new ProcessStartInfo(command.Runtime, [.. command.Arguments, "ingest", home]) { RedirectStandardOutput = true })!;
            string said = await host.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await host.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal($"{DocumentVerdict.Released} {IngestingHost.None}", said.Trim());
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task A_step_of_the_hosts_own_stays_in_the_host_and_what_comes_before_and_after_it_does_not()
    {
        Assert.SkipUnless(MemoryFile.IsSupported, "Worker processes share memory files of Linux.");
        string home = Directory.CreateTempSubdirectory("medredact-test").FullName;
        try
        {
            var services = new ServiceCollection();
            services.AddSingleton<OwnStage>();
            services.AddMedRedact()
                .AddOnPremises(options =>
                {
                    options.Home = home;
                    options.PageProcess = PageProcess.Isolated;
                })
                .AddPipeline("own", pages => pages
                    .Prepare(scan => scan.Deskew().ScaleToTextHeight())
                    .Through<OwnStage>()
                    .Recognize<TesseractOcrEngine>()
                    .Detect(phi => phi.With<TextRules>().With<UnreadInk>())
                    .Redact("safe-harbor", with => with.Labels().Tokens().Generalize())
                    .AuditTo<AuditLedger>()
                    .StoreIn<EncryptedFileStore>());
            await using ServiceProvider provider = services.BuildServiceProvider();
            await using SourceDocument scan = SyntheticRecords.Create(DocumentKind.Prescription, 8).ToSource(dpi: 150);
            IngestionReport report = await provider.GetRequiredKeyedService<IngestionPipeline>("own").IngestAsync(
                new IngestionRequest { Source = scan, Actor = new ActorId("host"), Tenant = new TenantId("clinic"), Purpose = PurposeOfUse.Treatment },
                TestContext.Current.CancellationToken);

            Assert.Equal(DocumentVerdict.Released, report.Verdict);
            Assert.Equal(report.Pages.Length, provider.GetRequiredService<OwnStage>().Calls);
            Assert.NotEmpty(provider.GetRequiredService<PageWorkerPool>().IdleProcesses);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private sealed class OwnStage : IPageStage
    {
        private int _calls;

        public int Calls => _calls;

        public ValueTask<StagedRaster> ProcessAsync(PageImage page, PageContext context, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _calls);
            return ValueTask.FromResult(new StagedRaster(page.Reveal(), PageTransform.Identity));
        }
    }
}

[Proves(typeof(IsolatedOcrEngine))]
public sealed class IsolatedOcrEngineContract : OcrEngineContract, IAsyncDisposable
{
    private readonly ServiceProvider _services = IsolatedServices.Build();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    protected override IOcrEngine CreateEngine(IReadOnlyList<SyntheticPage> pages) =>
        _services.GetRequiredService<IPageIsolation>().Isolate(_services.GetRequiredService<TesseractOcrEngine>());
}

[Proves(typeof(IsolatedPagePreparer))]
public sealed class IsolatedPagePreparerContract : PagePreparerContract, IAsyncDisposable
{
    private readonly ServiceProvider _services = IsolatedServices.Build();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    protected override IPagePreparer CreatePreparer() => new IsolatedPagePreparer(_services.GetRequiredService<PageWorkerPool>());
}

public sealed class ContractTests
{
    [Fact]
    public void Every_implementation_is_proved_by_the_suite_of_its_contract() =>
        Assert.Empty(ContractCoverage.Missing(typeof(PageWorkerOptions).Assembly, typeof(ContractTests).Assembly));
}

using System.Collections.Immutable;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedRedact.EndToEnd.Tests;

public sealed class CanaryTests
{
    [Theory]
    [InlineData(DocumentKind.DischargeSummary)]
    [InlineData(DocumentKind.EmergencyFaceSheet)]
    [InlineData(DocumentKind.IntakeForm)]
    public async Task No_identifier_reaches_a_log_a_trace_an_exception_a_file_or_the_ledger(DocumentKind kind)
    {
        using var folder = new TemporaryFolder();
        PhiCanary canary = PhiCanary.Create(7_000 + (int)kind);
        await using var watch = new CanaryWatch(canary, new CanaryWatchOptions { Folders = [folder.Path] });
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(watch.Loggers).SetMinimumLevel(LogLevel.Trace));
        services.AddMedRedact().AddOnPremises(options => options.Home = folder["home"]);
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            IngestionPipeline charts = provider.GetRequiredKeyedService<IngestionPipeline>("charts");
            foreach (KnownPatient? known in new[] { null, canary.Known })
            {
                await using SourceDocument scan = canary.Plant(kind, 3).ToSource();
                IngestionReport report = await charts.IngestAsync(
                    new IngestionRequest { Source = scan, Actor = new ActorId("canary"), Tenant = new TenantId("clinic"), Purpose = PurposeOfUse.Treatment, KnownPatient = known },
                    TestContext.Current.CancellationToken);
                Assert.NotEqual(DocumentVerdict.Rejected, report.Verdict);
            }

            // Failing paths talk more than working ones.
            string absent = folder[$"{canary.Patient.FamilyName}-{canary.Patient.Ssn}.tif"];
            await using SourceDocument missing = SourceDocument.FromFile(new Phi<string>(absent));
            await Assert.ThrowsAsync<MedRedactException>(() => charts.IngestAsync(
                new IngestionRequest { Source = missing, Actor = new ActorId("canary"), Tenant = new TenantId("clinic"), Purpose = PurposeOfUse.Treatment },
                TestContext.Current.CancellationToken));
        }

        watch.AssertClean();
    }
}

using MedRedact;
using MedRedact.Synthesis;
using Microsoft.Extensions.DependencyInjection;
using QuickStart;

// Draws made-up scanned records, ingests them, and shows each page before and after.
// The page "before" may be shown only because nobody on it exists.
string output = args is [var folder, ..] ? folder : Path.Combine("out", "demo");
Directory.CreateDirectory(output);

// The host, in three lines.
var services = new ServiceCollection();
services.AddMedRedact().AddOnPremises(options => options.Home = Path.Combine(output, "home"));
await using ServiceProvider provider = services.BuildServiceProvider();

IngestionPipeline charts = provider.GetRequiredKeyedService<IngestionPipeline>("charts");
var gallery = new Gallery(output, provider);
DocumentKind[] kinds =
[
    DocumentKind.EmergencyFaceSheet, DocumentKind.DischargeSummary, DocumentKind.LabReport, DocumentKind.IntakeForm, DocumentKind.Prescription,
];
int released = 0;
foreach (DocumentKind kind in kinds)
{
    IReadOnlyList<SyntheticPage> pages = [.. SyntheticRecords.Create(kind, seed: 2026).DrawPages().Select(page => page.Degrade(Degradation.Scan, 1))];
    await using SourceDocument scan = SourceDocument.FromStream(new MemoryStream(PageFiles.TiffGrey(pages)));
    IngestionReport report = await charts.IngestAsync(new IngestionRequest
    {
        Source = scan,
        Actor = new ActorId("quick-start"),
        Tenant = new TenantId("demo"),
        Purpose = PurposeOfUse.Operations,
    });
    await gallery.AddAsync(kind.ToString(), pages, report);
    released += report.Verdict == DocumentVerdict.Released ? 1 : 0;
    Console.WriteLine($"{report.Verdict,-13} {kind,-20} {report.Pages.Length} page(s), {report.Tally.Total} findings: {Summary(report)}");
}

string index = await gallery.WriteAsync();
Console.WriteLine();
Console.WriteLine($"{released} of {kinds.Length} records released.");
Console.WriteLine($"Look at      {index}   (each page before and after, with what was found)");
Console.WriteLine($"Clean files  {Path.Combine(output, "documents")}");
Console.WriteLine($"Verify       ./build.sh cli && artifacts/cli/medredact audit verify {Path.Combine(output, "home")}");
return released == kinds.Length ? 0 : 1;

static string Summary(IngestionReport report) => string.Join(
    ", ", report.Tally.Counts.OrderByDescending(count => count.Value).Take(6).Select(count => $"{count.Key[(count.Key.IndexOf(':', StringComparison.Ordinal) + 1)..]} {count.Value}"));

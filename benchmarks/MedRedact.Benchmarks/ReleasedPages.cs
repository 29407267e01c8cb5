using System.Globalization;
using MedRedact.Evaluation;
using MedRedact.Ocr.Tesseract;
using MedRedact.Storage;
using MedRedact.Synthesis;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Benchmarks;

/// <summary>What is left of identifiers on released pages and what else is lost: the evaluation of <c>medredact eval redact</c>, on pages made for it.</summary>
/// <remarks>Usage: <c>released [documents of each kind] [seed] [grade]</c>; by default 3 of seeds that no test and no training uses, clean.</remarks>
internal static class ReleasedPages
{
    public static async Task<int> RunAsync(string[] args)
    {
        int perKind = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
        int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 700_000;
        ScanGrade grade = ScanGrade.Named(args.Length > 2 ? args[2] : ScanGrade.Clean.Name) ?? throw new ArgumentException("No such grade.");
        await using Bench bench = Bench.Start(pagesInFlight: Environment.ProcessorCount);
        string corpus = Path.Combine(bench.Home, "corpus");
        await SyntheticCorpus.WriteAsync(
            corpus, [], perKind * Enum.GetValues<DocumentKind>().Length, seed, new CorpusOptions { Grade = grade, Format = CorpusFormat.TiffGrey });

        var store = bench.Services.GetRequiredService<EncryptedFileStore>();
        var pipeline = new EvaluatedPipeline(
            bench.Pipeline,
            Bench.Tenant,
            Bench.Actor,
            (document, zone, name, cancel) => store.ReadArtifactAsync(document, Bench.Tenant, zone, name, cancel),
            bench.Services.GetRequiredService<IRasterEncoder>())
        {
            OtherReader = await TesseractProgram.FindAsync() ?? throw new InvalidOperationException("The tesseract command is missing; ./build.sh test installs it."),
            Jobs = Environment.ProcessorCount,
        };
        ReleaseReport report = await new ReleaseEvaluation(pipeline).RunAsync([await GoldCorpusReader.ReadAsync(corpus)]);
        foreach (KindRelease kind in report.Kinds)
            Print(kind.Kind, kind.Figures);
        Print("all", report.All);
        foreach (LeakCount leak in report.All.Leaks)
            Console.WriteLine($"  left: {leak.Category,-24} {LeakWording.Of(leak.Cause),-20} {leak.Count} words, {leak.Readable} readable");
        foreach (LostCount lost in report.All.Lost)
            Console.WriteLine($"  other words lost under: {lost.Under ?? "no paint: read otherwise",-60} {lost.Count}");
        return 0;
    }

    private static void Print(string what, ReleaseFigures figures) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-32} released {figures.Released.Count}/{figures.Released.Of}  identifiers gone {figures.ValuesGone.Value:P1} of {figures.ValuesGone.Of}  words not read {figures.WordsGone.Value:P1}, x3 {figures.WordsGoneEnlarged.Value:P1} of {figures.WordsGone.Of}, in text {figures.ValuesInText.Count}  other words kept {figures.OthersKept.Value:P1} of {figures.OthersKept.Of}, ink lost {figures.OtherInkLost.Value:P2}  {string.Join(' ', figures.Codes.Select(code => $"{code.Code}×{code.Count}"))}"));
}

using System.Globalization;
using MedRedact.Synthesis;

namespace MedRedact.Benchmarks;

/// <summary>A scan of twenty pages through the published tool, beside OCRmyPDF, which makes a searchable PDF and redacts nothing.</summary>
/// <remarks>Usage: <c>ocrmypdf [rounds] [tool]</c>, 1 round and <c>artifacts/cli/medredact</c> by default. Pages a second of CPU, of the program and all it started, one job.</remarks>
internal static class BesideOcrMyPdf
{
    private const int Pages = 20;

    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 1;
        string tool = Path.GetFullPath(args is [_, var path, ..] ? path : Path.Combine("artifacts", "cli", "medredact"));
        string folder = Directory.CreateTempSubdirectory("medredact-bench").FullName;
        try
        {
            string scan = Path.Combine(folder, "scan.pdf");
            await File.WriteAllBytesAsync(scan, PageFiles.Pdf(Scan()));
            for (int round = 0; round < rounds; round++)
            {
                string home = Path.Combine(folder, Path.GetRandomFileName());
                Print("medredact ingest --pdf", await TimedProgram.RunAsync(tool, ["ingest", scan, "--jobs", "1", "--pdf", "--home", home, "--out", home + ".out"]));
                Print("ocrmypdf", await TimedProgram.RunAsync("ocrmypdf", ["--jobs", "1", "--output-type", "pdf", scan, home + ".pdf"]));
                Print("ocrmypdf --deskew --clean", await TimedProgram.RunAsync("ocrmypdf", ["--jobs", "1", "--output-type", "pdf", "--deskew", "--clean", scan, home + ".clean.pdf"]));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static List<SyntheticPage> Scan()
    {
        var pages = new List<SyntheticPage>();
        DocumentKind[] kinds = Enum.GetValues<DocumentKind>();
        for (int seed = 0; pages.Count < Pages; seed++)
            pages.AddRange(SyntheticRecords.Create(kinds[seed % kinds.Length], 60_000 + seed).DrawPages(new DrawOptions { Dpi = 300 }).Select(page => page.Degrade(Degradation.Scan, seed)));
        return pages[..Pages];
    }

    private static void Print(string name, TimedProgram measure) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name,-28} {Pages / measure.Cpu,6:F2} pages a CPU second ({measure.Cpu:F1} s of CPU, {measure.Wall:F1} s, {measure.PeakKiB >> 10} MiB)"));
}

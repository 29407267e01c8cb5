using System.Diagnostics;
using System.Globalization;
using MedRedact.Synthesis;

namespace MedRedact.Benchmarks;

/// <summary>Pages a second with two pages in flight against one, on the same document in turns; beside it what the machine gives: the same pages read by
/// the tesseract program, two at once against one.</summary>
internal static class PipelineScaling
{
    // At the end of each half of the flow one processor is idle for half a page on average: on a short document that weighs more than on a record.
    private const int Pages = 48, BarePages = 24;

    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 3;
        SyntheticPage[] drawn = [.. Enumerable.Range(0, Pages).Select(seed => SyntheticRecords.Create(DocumentKind.DischargeSummary, 2000 + seed).DrawPages(Bench.Scanner)[0])];
        byte[] document = PageFiles.TiffG4(drawn);
        PageImage[] pages = [.. drawn.Take(BarePages).Select(SyntheticImages.Of)];
        StockTesseract stock = await StockTesseract.FindAsync();
        await using Bench one = Bench.Start(pagesInFlight: 1);
        await using Bench two = Bench.Start(pagesInFlight: 2);

        // Each worker is a process with a compiler of its own, which takes two dozen pages to be done; with two workers that is twice as many.
        await one.IngestAsync(document);
        await two.IngestAsync(document);

        var ratios = new List<double>();
        var ceilings = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            double start = Bench.Cpu();
            double single = await SecondsAsync(() => one.IngestAsync(document));
            double between = Bench.Cpu();
            double pair = await SecondsAsync(() => two.IngestAsync(document));
            double end = Bench.Cpu();
            double bareSingle = await SecondsAsync(() => BareAsync(stock, pages, atOnce: 1));
            double barePair = await SecondsAsync(() => BareAsync(stock, pages, atOnce: 2));
            ratios.Add(single / pair);
            ceilings.Add(bareSingle / barePair);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"one page in flight {Pages / single:F2} pages/s   two {Pages / pair:F2} pages/s   {single / pair:F2} x   two bare Tesseract {bareSingle / barePair:F2} x   " +
                $"processors busy {(between - start) / single:F2} and {(end - between) / pair:F2}"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"median {Bench.Median(ratios):F2} x, two bare Tesseract {Bench.Median(ceilings):F2} x, on {Environment.ProcessorCount} processors"));
        foreach (PageImage page in pages)
            page.Dispose();
        return 0;
    }

    private static Task BareAsync(StockTesseract stock, PageImage[] pages, int atOnce) => Parallel.ForEachAsync(
        pages, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (page, _) => await stock.ReadAsync(page));

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        long started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}

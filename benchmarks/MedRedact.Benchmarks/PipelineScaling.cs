using System.Diagnostics;
using System.Globalization;
using MedRedact.Synthesis;

namespace MedRedact.Benchmarks;

/// <summary>Pages a second with two pages in flight against one, on the same document in turns.</summary>
internal static class PipelineScaling
{
    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 3;
        byte[] document = PageFiles.TiffG4(
            [.. Enumerable.Range(0, 8).SelectMany(seed => SyntheticRecords.Create(DocumentKind.DischargeSummary, 2000 + seed).DrawPages()).Take(8)]);
        await using Bench one = Bench.Start(pagesInFlight: 1);
        await using Bench two = Bench.Start(pagesInFlight: 2);
        await one.IngestAsync(document);
        await two.IngestAsync(document);

        var ratios = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            double single = await SecondsAsync(one, document);
            double pair = await SecondsAsync(two, document);
            ratios.Add(single / pair);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"one page in flight {8 / single:F2} pages/s   two {8 / pair:F2} pages/s   {single / pair:F2} x"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {Bench.Median(ratios):F2} x on {Environment.ProcessorCount} processors"));
        return 0;
    }

    private static async Task<double> SecondsAsync(Bench bench, byte[] document)
    {
        long started = Stopwatch.GetTimestamp();
        await bench.IngestAsync(document);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}

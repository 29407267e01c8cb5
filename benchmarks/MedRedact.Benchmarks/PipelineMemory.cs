using System.Globalization;
using MedRedact.Synthesis;

namespace MedRedact.Benchmarks;

/// <summary>Peak memory of a document of 10 pages against one of 1,000: each runs in a process of its own, which also decodes and reads, and the peak is that
/// process's resident set.</summary>
internal static class PipelineMemory
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["child", var file])
            return await ChildAsync(file);

        int many = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 1_000;
        long few = await PeakAsync(10);
        long peak = await PeakAsync(many);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"peak resident set: 10 pages {few >> 20} MiB, {many} pages {peak >> 20} MiB: {(double)peak / few:F2} x"));
        return 0;
    }

    private static async Task<int> ChildAsync(string file)
    {
        await using Bench bench = Bench.Start(pagesInFlight: 2, configure: options => options.PageProcess = PageProcess.InHost);
        IngestionReport report = await bench.IngestAsync(SourceDocument.FromFile(new Phi<string>(file)), new MemoryTrace());
        string status = await File.ReadAllTextAsync("/proc/self/status");
        string peak = status.Split('\n').First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        Console.WriteLine($"{report.Pages.Length} pages {report.Verdict}; {peak}");
        return 0;
    }

    private static async Task<long> PeakAsync(int pages)
    {
        // Drawn here and not in the child, whose memory is measured. Sparse pages keep a thousand of them to minutes; their pixels are as large as those of full ones.
        IReadOnlyList<SyntheticPage> drawn = SyntheticRecords.Create(DocumentKind.FaxCoverSheet, 7).DrawPages(Bench.Scanner);
        string file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, PageFiles.TiffG4([.. Enumerable.Range(0, pages).Select(page => drawn[page % drawn.Count])]));
        string output = "";

        // Code that is compiled again as it gets warm takes memory too, ten pages or a thousand. Compiled once, it does not pass for a cost of pages.
        await foreach (string line in OwnProcess.LinesAsync(start => start.Environment["DOTNET_TieredCompilation"] = "0", "memory", "child", file))
        {
            Console.WriteLine(line);
            output = line;
        }

        File.Delete(file);
        string kilobytes = new([.. output[output.IndexOf("VmHWM:", StringComparison.Ordinal)..].Where(char.IsDigit)]);
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    }
}

using System.Globalization;
using MedRedact.Synthesis;

namespace MedRedact.Benchmarks;

/// <summary>Making labelled prose up, one thread, in millions of characters a CPU second.</summary>
internal static class ProseThroughput
{
    /// <summary>Takes the number of texts, 20,000 by default.</summary>
    public static Task<int> RunAsync(string[] args)
    {
        int count = args is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 20_000;
        foreach (SyntheticText _ in LabelledProse.Many(1, 2_000))
        {
        }

        double cpu = Bench.Cpu();
        long characters = 0, labelled = 0;
        int bare = 0;
        foreach (SyntheticText text in LabelledProse.Many(2, count))
        {
            characters += text.Text.Length;
            labelled += text.Spans.Sum(span => span.Value.Length);
            bare += text.Spans.IsEmpty ? 1 : 0;
        }

        cpu = Bench.Cpu() - cpu;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count} texts, {characters / 1e6:F1} M characters, {labelled / (double)characters:P0} labelled, {bare} texts without a label: {characters / 1e6 / cpu:F1} M characters/s CPU"));
        return Task.FromResult(0);
    }
}

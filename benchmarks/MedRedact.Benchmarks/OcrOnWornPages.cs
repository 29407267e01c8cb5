using System.Globalization;
using MedRedact.Synthesis;

namespace MedRedact.Benchmarks;

/// <summary>Word and character errors, words found in any order and CPU seconds on worn synthetic pages: the stock <c>tesseract</c> program on one thread
/// beside the prepared page.</summary>
/// <remarks>Usage: <c>ocr-worn [records a grade] [part of a grade's name] [misses]</c>, 4 by default; the last word lists what was not read.</remarks>
internal static class OcrOnWornPages
{
    private static readonly DocumentKind[] Kinds =
        [DocumentKind.OperativeNote, DocumentKind.EmergencyFaceSheet, DocumentKind.ReferralLetter, DocumentKind.LabReport, DocumentKind.IntakeForm, DocumentKind.DischargeSummary];

    private static readonly (string Name, int Dpi, Degradation Wear)[] Grades =
    [
        ("clean, 200 dpi", 200, Degradation.None),
        ("clean, 300 dpi", 300, Degradation.None),
        ("clean, 80 dpi", 80, Degradation.None),
        ("scan", 200, Degradation.Scan),
        ("photocopy", 200, Degradation.Photocopy),
        ("telephone", 200, Degradation.Phone),
        ("telephone-slanted", 200, Degradation.PhoneAslant),
        ("fax", 200, Degradation.Fax),
        ("fax on a bad line", 200, Degradation.Fax with { Speckle = 0.02 }),
        ("noise 50, 200 dpi", 200, new() { Noise = 50 }),
        ("noise 50, 300 dpi", 300, new() { Noise = 50 }),
        ("blur, noise 45, skew", 200, new() { Blur = 1, Fade = 0.25, Noise = 45, RotationDegrees = 1.5 }),
        ("skew 4 degrees", 200, new() { RotationDegrees = 4 }),
        ("skew 14 degrees", 200, new() { RotationDegrees = -14 }),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        int records = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 4;
        StockTesseract stock = await StockTesseract.FindAsync();
        await using var ours = new PreparedReading();
        await ours.WarmUpAsync();
        Console.WriteLine($"{"",-28} {ReadingTally.Head("stock:")}    {ReadingTally.Head("prepared:")}");
        foreach ((string name, int dpi, Degradation wear) in Grades)
        {
            if (args is [_, string part, ..] && !name.Contains(part, StringComparison.Ordinal))
                continue;

            ReadingTally read = new(), prepared = new();
            for (int seed = 0; seed < records; seed++)
            {
                SyntheticPage drawn = SyntheticRecords.Create(Kinds[seed % Kinds.Length], seed).DrawPages(new() { Dpi = dpi })[0].Degrade(wear, seed);
                string truth = string.Join(' ', drawn.Words.Select(word => word.Text));
                using PageImage page = SyntheticImages.Of(drawn);
                (string Text, double) reading = await ours.ReadAsync(page);
                prepared.Add(truth, reading);
                if (args is [_, _, "misses"])
                    PrintMisses(truth, reading.Text);
                else
                    read.Add(truth, await stock.ReadAsync(page));
            }

            Console.WriteLine($"{name,-28} {read,32}    {prepared}");
        }

        return 0;
    }

    /// <summary>The people are made up, so their words may be shown.</summary>
    private static void PrintMisses(string truth, string read)
    {
        static string[] NotIn(string text, string other) =>
            [.. text.Split().CountBy(word => word).SelectMany(word => Enumerable.Repeat(word.Key, Math.Max(0, word.Value - other.Split().Count(same => same == word.Key))))];
        Console.WriteLine($"  printed: {string.Join(' ', NotIn(truth, read))}\n  read:    {string.Join(' ', NotIn(read, truth))}");
    }
}

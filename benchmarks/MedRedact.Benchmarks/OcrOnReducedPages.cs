using System.Globalization;
using MedRedact.Ocr.Tesseract;
using MedRedact.Synthesis;

namespace MedRedact.Benchmarks;

/// <summary>Words found and CPU seconds of 300 dpi pages that are read once: as they are, and averaged down.</summary>
/// <remarks>Usage: <c>ocr-scale [pages]</c>, 30 by default. The words are not put into reading order, so recall tells more than word errors.</remarks>
internal static class OcrOnReducedPages
{
    private static readonly float[] Ratios = [1, 0.9f, 0.8f, 0.7f, 0.6f];

    private static readonly DocumentKind[] Kinds =
        [DocumentKind.DischargeSummary, DocumentKind.OperativeNote, DocumentKind.EmergencyFaceSheet, DocumentKind.ReferralLetter, DocumentKind.LabReport, DocumentKind.IntakeForm];

    public static async Task<int> RunAsync(string[] args)
    {
        int pages = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 30;
        await using var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 1 });
        ReadingTally[] read = [.. Ratios.Select(_ => new ReadingTally())];
        for (int n = -1; n < pages; n++)
        {
            SyntheticPage drawn = SyntheticRecords.Create(Kinds[(n + Kinds.Length) % Kinds.Length], 7001 + n).DrawPages(Bench.Scanner)[0];
            string truth = string.Join(' ', drawn.Words.Select(word => word.Text));
            using PageImage page = SyntheticImages.Of(drawn);
            for (int i = 0; i < Ratios.Length; i++)
            {
                float ratio = Ratios[i];
                (string Text, double Cpu) reading = await pool.RunAsync(
                    engines => engines.Use(LanguageSet.Of(["eng"]), engine => Read(engine, page.Reveal(), ratio)), CancellationToken.None);

                // The first page starts the engine.
                if (n >= 0)
                    read[i].Add(truth, reading);
            }
        }

        Console.WriteLine($"{"size",-8} {ReadingTally.Head("read once:")}");
        for (int i = 0; i < Ratios.Length; i++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Ratios[i],-8:F2} {read[i]}"));
        return 0;
    }

    private static (string Text, double Cpu) Read(TesseractEngine engine, Raster raster, float ratio)
    {
        double start = Bench.Cpu();
        using var watch = new RecognitionWatch(TimeProvider.System, TimeSpan.FromHours(1), CancellationToken.None);
        using GrayImage full = GrayImage.Of(raster);
        using Raster? reduced = ratio == 1
            ? null
            : RasterMemory.Shared.Allocate(PixelFormat.Gray8, (int)(full.Width * ratio), (int)(full.Height * ratio), new Dpi(raster.Dpi.Value * ratio, IsEstimated: false));
        if (reduced is not null)
            Reducer.Apply(full, reduced);

        using GrayImage? small = reduced is null ? null : GrayImage.Of(reduced);
        using ReadText? text = engine.Recognize(small ?? full, (reduced ?? raster).Dpi, OcrLayout.Page, watch);
        return (string.Join(' ', text!.Lines.SelectMany(line => line.Words).Select(word => new string(word.Text))), Bench.Cpu() - start);
    }
}

using System.Globalization;
using MedRedact.Ocr.Tesseract;
using MedRedact.Synthesis;

namespace MedRedact.Benchmarks;

/// <summary>How many of the drawn words, and of those that identify somebody, are read on worn synthetic pages, and at what cost: stock Tesseract beside
/// the prepared page.</summary>
/// <remarks>A word counts as read when it stands in the text as it was drawn, punctuation at its ends aside. Usage: <c>ocr-worn [records a grade]</c>, 4 by default.</remarks>
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
        ("fax", 200, Degradation.Fax),
        ("fax on a bad line", 200, Degradation.Fax with { Speckle = 0.02 }),
        ("noise 50, 300 dpi", 300, new() { Noise = 50 }),
        ("skew 4 degrees", 200, new() { RotationDegrees = 4 }),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        int records = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 4;
        await using var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 1 });
        PreparationPlan everything = PreparationPlan.Of(scan => scan.Orient().Deskew().Denoise().NormalizeContrast().ScaleToTextHeight());
        Console.WriteLine("                        stock: words  PHI words  CPU s     prepared: words  PHI words  CPU s");
        foreach ((string name, int dpi, Degradation wear) in Grades)
        {
            SyntheticPage[] pages =
                [.. Enumerable.Range(0, records).Select(seed => SyntheticRecords.Create(Kinds[seed % Kinds.Length], seed).DrawPages(new() { Dpi = dpi })[0].Degrade(wear, seed))];
            Tally stock = await ReadAsync(pool, pages, PreparationPlan.None), prepared = await ReadAsync(pool, pages, everything);
            Console.WriteLine($"{name,-20} {stock} {prepared}");
        }

        return 0;
    }

    private static async Task<Tally> ReadAsync(TesseractEnginePool pool, SyntheticPage[] pages, PreparationPlan plan)
    {
        var preparer = new LeptonicaPreparer(pool);
        var engine = new TesseractOcrEngine(pool);
        var tally = new Tally { Pages = pages.Length };
        foreach (SyntheticPage drawn in pages)
        {
            Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, drawn.Width, drawn.Height, new Dpi(drawn.Dpi, false));
            drawn.Pixels.CopyTo(raster.WritablePixels);
            using PageImage page = PageImage.Create(DocumentId.Create(TimeProvider.System), new PageNumber(1), raster);
            TimeSpan before = Environment.CpuUsage.TotalTime;
            StagedRaster staged = await preparer.PrepareAsync(page, plan, new(page.DocumentId, page.Number, RasterMemory.Shared));
            bool isNew = !ReferenceEquals(staged.Raster, raster);
            using PageImage? prepared = isNew ? PageImage.Create(page.DocumentId, page.Number, staged.Raster) : null;
            try
            {
                using PageText text = await engine.RecognizeAsync(prepared ?? page, new());
                tally.Count(drawn, text);
            }
            catch (PageFaultException)
            {
                tally.Count(drawn, null);   // out of time: nothing was read
            }

            tally.Cpu += (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        return tally;
    }

    private sealed class Tally
    {
        private int _words, _read, _phi, _phiRead;

        public int Pages { get; init; }

        public double Cpu { get; set; }

        public void Count(SyntheticPage drawn, PageText? text)
        {
            var left = new Dictionary<string, int>(StringComparer.Ordinal);
            text?.Text.Read(left, static (characters, left) =>
            {
                foreach (Range range in characters.SplitAny(' ', '\n'))
                    left[Bare(characters[range])] = left.GetValueOrDefault(Bare(characters[range])) + 1;
            });
            foreach (TruthWord word in drawn.Words)
            {
                string bare = Bare(word.Text);
                bool isRead = left.GetValueOrDefault(bare) is > 0 and int times && (left[bare] = times - 1) >= 0;
                (_words, _phi) = (_words + 1, _phi + (word.IsPhi ? 1 : 0));
                (_read, _phiRead) = (_read + (isRead ? 1 : 0), _phiRead + (isRead && word.IsPhi ? 1 : 0));
            }
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{100.0 * _read / _words,12:F1} % {100.0 * _phiRead / _phi,8:F1} % {Cpu / Pages,8:F2}      ");

        private static string Bare(ReadOnlySpan<char> word) => word.Trim(".,:;()").ToString();
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MedRedact.Ocr.Tesseract;
using MedRedact.Synthesis;

namespace MedRedact.Benchmarks;

/// <summary>CPU seconds of a clean page through bare in-process Tesseract, beside the same page through the engine, and prepared and through the engine,
/// in one run; then two pages in flight beside one. Linux.</summary>
/// <remarks>Bounds: preparation costs a clean page at most 3 %; two pages in flight on two idle cores give at least 1.8 times the throughput of one.
/// Usage: <c>ocr [rounds]</c>, 5 by default.</remarks>
internal static partial class OcrBaseline
{
    private const string Library = "libtesseract.so.5";

    private static readonly PreparationPlan Everything =
        PreparationPlan.Of(scan => scan.Orient().Deskew().Denoise().NormalizeContrast().ScaleToTextHeight());

    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        TesseractEnvironment environment = TesseractEnvironment.Probe();
        if (!environment.IsReady)
        {
            Console.WriteLine($"{environment.Fault}: {environment.Remedy}");
            return 1;
        }

        SyntheticPage drawn = SyntheticRecords.Create(DocumentKind.OperativeNote, 7).DrawPages()[0];
        byte[] pixels = drawn.Pixels.ToArray();
        await using var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 2 });
        var engine = new TesseractOcrEngine(pool);
        var preparer = new LeptonicaPreparer(pool);
        nint bare = TessBaseAPICreate();
        if (TessBaseAPIInit3(bare, environment.TessdataPath!, "eng") != 0)
            return 1;

        double bareCpu = double.MaxValue, engineCpu = double.MaxValue, preparedCpu = double.MaxValue, one = double.MaxValue, two = double.MaxValue;
        for (int round = 0; round <= rounds; round++)
        {
            double bareNow = await Cpu(() => Bare(bare, drawn, pixels));
            double engineNow = await Cpu(() => ReadAsync(engine, drawn));
            double preparedNow = await Cpu(() => PrepareAndReadAsync(preparer, engine, drawn));
            double oneNow = await Wall(async () =>
            {
                await ReadAsync(engine, drawn);
                await ReadAsync(engine, drawn);
            });
            double twoNow = await Wall(() => Task.WhenAll(ReadAsync(engine, drawn), ReadAsync(engine, drawn)));
            if (round > 0)
                (bareCpu, engineCpu, preparedCpu, one, two) = (Math.Min(bareCpu, bareNow), Math.Min(engineCpu, engineNow), Math.Min(preparedCpu, preparedNow), Math.Min(one, oneNow), Math.Min(two, twoNow));
        }

        TessBaseAPIEnd(bare);
        TessBaseAPIDelete(bare);
        Print("bare in-process Tesseract", bareCpu, 1);
        Print("through the engine", engineCpu, engineCpu / bareCpu);
        Print("prepared and through the engine", preparedCpu, preparedCpu / bareCpu);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"two pages in flight                {one / two,8:F2} x the throughput of one"));
        return preparedCpu <= engineCpu * 1.03 ? 0 : 1;
    }

    private static void Print(string what, double seconds, double ratio) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-34} {seconds,8:F3} CPU s a page  {ratio:F3} x bare"));

    private static async Task ReadAsync(TesseractOcrEngine engine, SyntheticPage drawn)
    {
        using PageImage page = SyntheticImages.Of(drawn);
        using PageText text = await engine.RecognizeAsync(page, new());
    }

    private static async Task PrepareAndReadAsync(LeptonicaPreparer preparer, TesseractOcrEngine engine, SyntheticPage drawn)
    {
        using PageImage page = SyntheticImages.Of(drawn);
        StagedRaster staged = await preparer.PrepareAsync(page, Everything, new(page.DocumentId, page.Number, RasterMemory.Shared));
        if (!ReferenceEquals(staged.Raster, page.Reveal()))
            throw new InvalidOperationException("A clean page should come back as it was.");

        using PageText text = await engine.RecognizeAsync(page, new());
    }

    private static Task Bare(nint api, SyntheticPage drawn, byte[] pixels)
    {
        TessBaseAPISetPageSegMode(api, 3);
        TessBaseAPISetImage(api, pixels, drawn.Width, drawn.Height, 1, drawn.Width);
        TessBaseAPISetSourceResolution(api, drawn.Dpi);
        nint text = TessBaseAPIGetUTF8Text(api);
        _ = Marshal.PtrToStringUTF8(text)!.Length;
        TessDeleteText(text);
        TessBaseAPIClear(api);
        return Task.CompletedTask;
    }

    private static async Task<double> Cpu(Func<Task> work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        await work();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static async Task<double> Wall(Func<Task> work)
    {
        long started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    [LibraryImport(Library)]
    private static partial nint TessBaseAPICreate();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int TessBaseAPIInit3(nint api, string dataPath, string language);

    [LibraryImport(Library)]
    private static partial void TessBaseAPISetPageSegMode(nint api, int mode);

    [LibraryImport(Library)]
    private static partial void TessBaseAPISetImage(nint api, byte[] pixels, int width, int height, int bytesPerPixel, int bytesPerLine);

    [LibraryImport(Library)]
    private static partial void TessBaseAPISetSourceResolution(nint api, int dotsPerInch);

    [LibraryImport(Library)]
    private static partial nint TessBaseAPIGetUTF8Text(nint api);

    [LibraryImport(Library)]
    private static partial void TessDeleteText(nint text);

    [LibraryImport(Library)]
    private static partial void TessBaseAPIClear(nint api);

    [LibraryImport(Library)]
    private static partial void TessBaseAPIEnd(nint api);

    [LibraryImport(Library)]
    private static partial void TessBaseAPIDelete(nint api);
}

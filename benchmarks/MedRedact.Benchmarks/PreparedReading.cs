using MedRedact.Documents.Images;
using MedRedact.Evaluation;
using MedRedact.Layout;
using MedRedact.Ocr.Tesseract;

namespace MedRedact.Benchmarks;

/// <summary>Prepares and reads pages and puts their words into order, as the pipeline does, on one thread.</summary>
internal sealed class PreparedReading : IAsyncDisposable
{
    private static readonly PreparationPlan Everything =
        PreparationPlan.Of(scan => scan.Orient().Deskew().Denoise().NormalizeContrast().ScaleToTextHeight());

    private readonly TesseractEnginePool _pool = new(new() { MaxConcurrentPages = 1 });
    private readonly LeptonicaPreparer _preparer;
    private readonly TesseractOcrEngine _engine;

    public PreparedReading() => (_preparer, _engine) = (new(_pool), new(_pool));

    /// <summary>Starts the engines, so that the first page does not pay for it.</summary>
    public async Task WarmUpAsync()
    {
        using Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 400, 200, new Dpi(200, false));
        raster.WritablePixels.Span.Fill(255);
        using PageImage page = PageImage.Create(DocumentId.Create(TimeProvider.System), new PageNumber(1), raster);
        await ReadAsync(page);
    }

    /// <summary>Reads a page.</summary>
    /// <param name="page">Borrowed.</param>
    /// <param name="keepAt">Where to keep the prepared page as a PNG file, to look at.</param>
    /// <returns>Its text, empty where it was withheld, and CPU seconds.</returns>
    public async Task<(string Text, double Cpu)> ReadAsync(PageImage page, string? keepAt = null)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        string read = "";
        try
        {
            StagedRaster staged = await _preparer.PrepareAsync(page, Everything, new(page.DocumentId, page.Number, RasterMemory.Shared));
            bool isNew = !ReferenceEquals(staged.Raster, page.Reveal());
            using PageImage? prepared = isNew ? PageImage.Create(page.DocumentId, page.Number, staged.Raster) : null;
            using PageText found = await _engine.RecognizeAsync(prepared ?? page, new());
            using PageText text = ReadingOrder.Arrange(OnTheOriginal(found, staged.ToInput));
            text.Text.Read(0, (characters, _) => read = characters.ToString());
        }
        catch (PageFaultException)
        {
            // Withheld: nothing was read.
        }

        double cpu = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        if (keepAt is not null)
            await KeepAsync(page, keepAt);

        return (read, cpu);
    }

    /// <summary>The same words with boxes on the page as it came: askew, as the pipeline gets them.</summary>
    private static PageText OnTheOriginal(PageText found, PageTransform toOriginal) => found.Text.Read((found.Layout, toOriginal), static (text, of) =>
    {
        var builder = new PageTextBuilder(of.toOriginal);
        for (int i = 0; i < of.Layout.Lines.Length; i++)
        {
            LayoutLine line = of.Layout.Lines[i];
            _ = i > 0 && of.Layout.Lines[i - 1].Block != line.Block ? builder.BreakBlock() : builder.BreakLine();
            foreach (LayoutWord word in line.Words)
                builder.AddWord(text.Slice(word.Span.Start, word.Span.Length), word.Box, word.Confidence);
        }

        return builder.Build();
    });

    private async Task KeepAsync(PageImage page, string path)
    {
        StagedRaster staged = await _preparer.PrepareAsync(page, Everything, new(page.DocumentId, page.Number, RasterMemory.Shared));
        await using FileStream file = File.Create(path);
        await new PngRasterEncoder().EncodeAsync(staged.Raster, file);
        if (!ReferenceEquals(staged.Raster, page.Reveal()))
            staged.Raster.Dispose();
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}

/// <summary>Readings of several pages, added up.</summary>
internal sealed class ReadingTally
{
    private int _pages;
    private double _cpu;
    private ReadingErrors _errors;

    public void Add(string truth, (string Text, double Cpu) reading)
    {
        _pages++;
        _cpu += reading.Cpu;
        _errors += ReadingErrors.Between(truth, reading.Text);
    }

    public static string Head(string name) => $"{name,-9} WER    CER recall   CPU s";

    public override string ToString() => FormattableString.Invariant(
        $"{100 * _errors.WordErrorRate,11:F1}% {100 * _errors.CharacterErrorRate,5:F1}% {100 * _errors.Recall.Value,5:F1}% {_cpu / _pages,7:F2}");
}

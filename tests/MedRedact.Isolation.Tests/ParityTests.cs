using MedRedact.Documents.Images;
using MedRedact.Ocr.Tesseract;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Isolation.Tests;

/// <summary>The worker that ships reads what the same parts read in this process: the same digest, pixels, text, boxes and confidences.</summary>
public sealed class ParityTests : IAsyncDisposable
{
    private static readonly DocumentId Document = new(Guid.Empty);
    private static readonly OcrRequest Request = new();
    private static readonly PreparationPlan Plan = PreparationPlan.Of(plan => plan.Orient().Deskew().Denoise().ScaleToTextHeight());

    private readonly ServiceProvider _services = IsolatedServices.Build();

    public static TheoryData<DocumentKind, int, string> Pages => new()
    {
        { DocumentKind.ProgressNote, 1, nameof(Degradation.None) },
        { DocumentKind.LabReport, 2, nameof(Degradation.Scan) },
        { DocumentKind.Prescription, 3, nameof(Degradation.Fax) },
        { DocumentKind.IntakeForm, 4, nameof(Degradation.Phone) },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IPageIsolation Isolation => _services.GetRequiredService<IPageIsolation>();

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_same_page_is_the_same_in_a_worker_and_in_this_process(DocumentKind kind, int seed, string wear)
    {
        byte[] png = Draw(kind, seed, wear).PngBytes.ToArray();
        await using SourceDocument document = SourceDocument.FromOpener(_ => ValueTask.FromResult<Stream>(new MemoryStream(png, writable: false)));
        var reader = _services.GetServices<IPageReader>().OfType<ImagePageReader>().Single();
        Inspection inspection = await reader.InspectAsync(document, new PipelineLimits(), Cancel);
        await using IPageSource opened = await reader.OpenAsync(document, inspection, Cancel);
        await using IPageSource isolated = await Isolation.IsolateAsync(reader, document, inspection, opened, Cancel);

        using WorkedPage here = await WorkHereAsync(opened);
        using WorkedPage there = await WorkThereAsync(isolated, document, inspection);
        AssertSame(here, there);

        // The second decoding, for redaction.
        using PageImage again = await isolated.OpenAsync(Document, new PageNumber(1), RasterMemory.Shared, Cancel);
        Assert.Equal(here.OriginalPixels, PixelDigest.Of(again.Reveal()));

        // Pages of a reader that stays in the host, such as that of PDF: their pixels are sent.
        using WorkedPage sent = await WorkThereAsync(opened, document, inspection);
        AssertSame(here, sent);
    }

    [Fact]
    public async Task Pages_of_a_long_document_come_in_any_order()
    {
        byte[] tiff = PageFiles.TiffG4([.. Enumerable.Range(0, 3).SelectMany(seed => SyntheticRecords.Create(DocumentKind.FaxCoverSheet, seed).DrawPages(new DrawOptions { Dpi = 100 }))]);
        await using SourceDocument document = SourceDocument.FromOpener(_ => ValueTask.FromResult<Stream>(new MemoryStream(tiff, writable: false)));
        var reader = _services.GetServices<IPageReader>().OfType<ImagePageReader>().Single();
        Inspection inspection = await reader.InspectAsync(document, new PipelineLimits(), Cancel);
        await using IPageSource opened = await reader.OpenAsync(document, inspection, Cancel);
        await using IPageSource isolated = await Isolation.IsolateAsync(reader, document, inspection, opened, Cancel);
        foreach (int number in (int[])[3, 1, 2, 3])
        {
            using PageImage here = await opened.OpenAsync(Document, new PageNumber(number), RasterMemory.Shared, Cancel);
            using PageImage there = await isolated.OpenAsync(Document, new PageNumber(number), RasterMemory.Shared, Cancel);
            Assert.Equal(PixelDigest.Of(here.Reveal()), PixelDigest.Of(there.Reveal()));
        }
    }

    [Fact]
    public async Task A_page_that_the_decoder_refuses_is_refused_under_the_same_code()
    {
        byte[] png = Draw(DocumentKind.Prescription, 5, nameof(Degradation.None)).PngBytes.ToArray();
        bool isCut = false;
        await using SourceDocument document = SourceDocument.FromOpener(
            _ => ValueTask.FromResult<Stream>(new MemoryStream(isCut ? Damaged(png) : png, writable: false)));
        var reader = _services.GetServices<IPageReader>().OfType<ImagePageReader>().Single();
        Inspection inspection = await reader.InspectAsync(document, new PipelineLimits(), Cancel);
        await using IPageSource opened = await reader.OpenAsync(document, inspection, Cancel);
        await using IPageSource isolated = await Isolation.IsolateAsync(reader, document, inspection, opened, Cancel);
        isCut = true;

        MedRedactException here = await Assert.ThrowsAnyAsync<MedRedactException>(() => opened.OpenAsync(Document, new PageNumber(1), RasterMemory.Shared, Cancel).AsTask());
        MedRedactException there = await Assert.ThrowsAnyAsync<MedRedactException>(() => isolated.OpenAsync(Document, new PageNumber(1), RasterMemory.Shared, Cancel).AsTask());

        Assert.Equal((here.Code, here.GetType()), (there.Code, there.GetType()));
    }

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static SyntheticPage Draw(DocumentKind kind, int seed, string wear)
    {
        var degradation = (Degradation)typeof(Degradation).GetProperty(wear)!.GetValue(null)!;
        return SyntheticRecords.Create(kind, seed).DrawPages(new DrawOptions { Dpi = 150 })[0].Degrade(degradation, seed);
    }

    /// <summary>The pixel data no longer fits its checksum.</summary>
    private static byte[] Damaged(byte[] png)
    {
        byte[] damaged = [.. png];
        damaged.AsSpan(damaged.Length / 2, 64).Fill(0xAA);
        return damaged;
    }

    private static void AssertSame(WorkedPage here, WorkedPage there)
    {
        Assert.Equal(here.OriginalPixels, there.OriginalPixels);
        Assert.Equal(here.Prepared.ToOriginal.Matrix, there.Prepared.ToOriginal.Matrix);
        Assert.Equal(here.Prepared.OriginalSize, there.Prepared.OriginalSize);
        Assert.Equal(PixelDigest.Of(here.Prepared.Reveal()), PixelDigest.Of(there.Prepared.Reveal()));
        Assert.Equal(here.Prepared.Reveal().Dpi, there.Prepared.Reveal().Dpi);
        Assert.Equal(TextOf(here.Recognized), TextOf(there.Recognized));
        Assert.Equal(here.Recognized.Text.Words.AsEnumerable(), there.Recognized.Text.Words.AsEnumerable());
        Assert.Equal(
            here.Recognized.Text.Layout.Lines.Select(line => (line.Span, line.Box, line.Block)), there.Recognized.Text.Layout.Lines.Select(line => (line.Span, line.Box, line.Block)));
        Assert.NotEmpty(here.Recognized.Text.Words);
    }

    private static string TextOf(RecognizedPage page) => page.Text.Text.Extract(new TextSpan(0, page.Text.Text.Length)).Reveal();

    private async Task<WorkedPage> WorkThereAsync(IPageSource source, SourceDocument document, Inspection inspection)
    {
        IPagePreparer preparer = Isolation.Isolate(_services.GetRequiredService<IPagePreparer>());
        IOcrEngine engine = Isolation.Isolate(_services.GetRequiredService<TesseractOcrEngine>());
        await using IPageWorker worker = Isolation.TryCreateWorker(source, preparer, engine)!;
        var work = new PageWork(Document, document, inspection, new PageNumber(1), Plan, Request, engine.Id);
        return await worker.WorkAsync(work, RasterMemory.Shared, Cancel);
    }

    private async Task<WorkedPage> WorkHereAsync(IPageSource source)
    {
        PageImage image = await source.OpenAsync(Document, new PageNumber(1), RasterMemory.Shared, Cancel);
        Digest256 digest = PixelDigest.Of(image.Reveal());
        var context = new PageContext(Document, new PageNumber(1), RasterMemory.Shared);
        StagedRaster staged = await _services.GetRequiredService<IPagePreparer>().PrepareAsync(image, Plan, context, Cancel);
        PageImage prepared = ReferenceEquals(staged.Raster, image.Reveal())
            ? image
            : PageImage.CreatePrepared(Document, new PageNumber(1), staged.Raster, image.OriginalSize, staged.ToInput);
        PageText text = await _services.GetRequiredService<TesseractOcrEngine>().RecognizeAsync(prepared, Request, Cancel);
        return new WorkedPage(prepared, RecognizedPage.Create(Document, new PageNumber(1), image.OriginalSize, text), digest);
    }
}

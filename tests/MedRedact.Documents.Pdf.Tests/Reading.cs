using Microsoft.Extensions.Options;

namespace MedRedact.Documents.Pdf.Tests;

/// <summary>The reader under test, on bytes in memory.</summary>
internal static class Reading
{
    public static readonly DocumentId Id = new(new Guid("0198a000-0000-7000-8000-000000000001"));

    public static PdfPageReader Reader(PdfDocumentOptions? options = null)
    {
        IOptions<PdfDocumentOptions> chosen = Options.Create(options ?? new PdfDocumentOptions { Patience = TimeSpan.FromMinutes(5) });
        return new PdfPageReader(chosen, new PopplerRasterizer(chosen));
    }

    /// <summary>Poppler's programs are installed by the project's own set-up; where they are not, the test is skipped, and failed under CI.</summary>
    public static void NeedsPoppler()
    {
        bool isThere = PopplerEnvironment.Missing().IsEmpty;
        if (!isThere && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("poppler-utils is not installed.");
        Assert.SkipUnless(isThere, "poppler-utils is not installed.");
    }

    public static SourceDocument Source(byte[] bytes) =>
        SourceDocument.FromOpener(_ => ValueTask.FromResult<Stream>(new MemoryStream(bytes, writable: false)));

    public static async Task<Inspection> InspectAsync(byte[] bytes, PipelineLimits? limits = null) =>
        await Reader().InspectAsync(Source(bytes), limits ?? new(), TestContext.Current.CancellationToken);

    public static async Task<string?> RejectionAsync(byte[] bytes, PipelineLimits? limits = null)
    {
        Inspection inspection = await InspectAsync(bytes, limits);
        return inspection.Rejection?.Value;
    }

    public static async Task<PageImage> PageAsync(byte[] bytes, int page = 1, PdfDocumentOptions? options = null)
    {
        PdfPageReader reader = Reader(options);
        Inspection inspection = await reader.InspectAsync(Source(bytes), new(), TestContext.Current.CancellationToken);
        Assert.Null(inspection.Rejection);
        await using IPageSource source = await reader.OpenAsync(Source(bytes), inspection, TestContext.Current.CancellationToken);
        return await source.OpenAsync(Id, new PageNumber(page), RasterMemory.Shared, TestContext.Current.CancellationToken);
    }

    /// <summary>The code of a rejection or of a page's fault; null where page 1 opens.</summary>
    public static async Task<string?> CodeAsync(byte[] bytes)
    {
        if (await RejectionAsync(bytes) is { } rejection)
            return rejection;
        try
        {
            using PageImage image = await PageAsync(bytes);
            return null;
        }
        catch (PageFaultException fault)
        {
            return fault.Code.Value;
        }
    }

    /// <summary>The smallest box around everything darker than middle grey.</summary>
    public static Box InkOf(Raster raster)
    {
        Assert.Equal(PixelFormat.Gray8, raster.Format);
        ReadOnlySpan<byte> pixels = raster.Pixels.Span;
        Box ink = default;
        for (int y = 0; y < raster.Height; y++)
        {
            for (int x = 0; x < raster.Width; x++)
            {
                if (pixels[(y * raster.Stride) + x] < 128)
                    ink = ink.Union(new Box(x, y, 1, 1));
            }
        }

        return ink;
    }

    public static string TextOf(PageText? text) => text is null ? "" : text.Text.Extract(new TextSpan(0, text.Text.Length)).Reveal();
}

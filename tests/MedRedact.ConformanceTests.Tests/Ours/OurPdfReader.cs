using MedRedact.Documents.Images;
using MedRedact.Documents.Pdf;
using Microsoft.Extensions.Options;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>The reader of PDF, on a file of two pages.</summary>
[Proves(typeof(PdfPageReader))]
public sealed class OurPdfReader : PageReaderContract
{
    public OurPdfReader()
    {
        bool isThere = PopplerEnvironment.Missing().IsEmpty;
        if (!isThere && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("poppler-utils is not installed.");
        Assert.SkipUnless(isThere, "poppler-utils is not installed.");
    }

    protected override IReadOnlyList<byte[]> Samples { get; } = [TwoPages()];

    protected override IPageReader CreateReader()
    {
        IOptions<PdfDocumentOptions> options = Options.Create(new PdfDocumentOptions { Patience = TimeSpan.FromMinutes(5) });
        return new PdfPageReader(options, new PopplerRasterizer(options));
    }

    private static byte[] TwoPages()
    {
        using var png = new MemoryStream();
        using Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 600, 400, new Dpi(100, IsEstimated: false));
        for (int i = 0; i < raster.Pixels.Length; i++)
            raster.WritablePixels.Span[i] = (byte)(i * 7);
        AtOnce(new PngRasterEncoder().EncodeAsync(raster, png));
        using var pdf = new MemoryStream();
        var writer = new CleanPdfWriter(pdf);
        AtOnce(writer.AddPageAsync(png.ToArray(), "First page"));
        AtOnce(writer.AddPageAsync(png.ToArray(), "Second page"));
        AtOnce(writer.CompleteAsync());
        return pdf.ToArray();
    }

    /// <summary>Into memory all of it is done by the call itself.</summary>
    private static void AtOnce(ValueTask work) => Assert.True(work.IsCompletedSuccessfully);
}

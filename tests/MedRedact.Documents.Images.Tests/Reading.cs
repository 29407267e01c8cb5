using Microsoft.Extensions.Options;

namespace MedRedact.Documents.Images.Tests;

/// <summary>The reader under test, on bytes in memory.</summary>
internal static class Reading
{
    public static readonly DocumentId Id = new(new Guid("0198a000-0000-7000-8000-000000000001"));

    private static ImagePageReader Reader { get; } = new(Options.Create(new ImageDocumentOptions()));

    public static SourceDocument Source(byte[] bytes) =>
        SourceDocument.FromOpener(_ => ValueTask.FromResult<Stream>(new MemoryStream(bytes, writable: false)));

    public static async Task<Inspection> InspectAsync(byte[] bytes, PipelineLimits? limits = null) =>
        await Reader.InspectAsync(Source(bytes), limits ?? new(), TestContext.Current.CancellationToken);

    public static async Task<IPageSource> OpenAsync(byte[] bytes)
    {
        Inspection inspection = await InspectAsync(bytes);
        Assert.Null(inspection.Rejection);
        return await Reader.OpenAsync(Source(bytes), inspection, TestContext.Current.CancellationToken);
    }

    public static async Task<PageImage> PageAsync(byte[] bytes, int page = 1)
    {
        await using IPageSource source = await OpenAsync(bytes);
        return await source.OpenAsync(Id, new PageNumber(page), RasterMemory.Shared, TestContext.Current.CancellationToken);
    }

    public static async Task RejectsAsync(string code, byte[] bytes, PipelineLimits? limits = null)
    {
        Inspection inspection = await InspectAsync(bytes, limits);
        Assert.Equal(code, inspection.Rejection?.Value);
        Assert.Equal(0, inspection.PageCount);
    }

    /// <summary>The page's fault code, or null where it opens.</summary>
    public static async Task<string?> FaultAsync(byte[] bytes, int page = 1)
    {
        try
        {
            using PageImage image = await PageAsync(bytes, page);
            return null;
        }
        catch (PageFaultException fault)
        {
            return fault.Code.Value;
        }
    }
}

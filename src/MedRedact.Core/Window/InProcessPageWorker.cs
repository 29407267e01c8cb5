using System.Security.Cryptography;
using MedRedact.Ingestion;

namespace MedRedact.Window;

/// <summary>Decodes, prepares and recognizes a page in this process.</summary>
internal sealed class InProcessPageWorker(
    IPageSource source, IOcrEngine engine, IPagePreparer? preparer, IReadOnlyList<IPageStage> stages) : IPageWorker
{
    public async ValueTask<WorkedPage> WorkAsync(PageWork work, IRasterMemory memory, CancellationToken cancellationToken = default)
    {
        PageImage? image = null;
        try
        {
            image = await source.OpenAsync(work.DocumentId, work.Page, memory, cancellationToken);
            Digest256 original = PixelDigest.Of(image.Reveal());
            var context = new PageContext(work.DocumentId, work.Page, memory);
            if (preparer is not null && work.Preparation != PreparationPlan.None)
                image.Advance(await preparer.PrepareAsync(image, work.Preparation, context, cancellationToken));
            foreach (IPageStage stage in stages)
                image.Advance(await stage.ProcessAsync(image, context, cancellationToken));

            PageText text = await engine.RecognizeAsync(image, work.Request, cancellationToken);
            return new WorkedPage(image, RecognizedPage.Create(work.DocumentId, work.Page, image.OriginalSize, text, image.DetachNativeText()), original);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            image?.Dispose();

            // A plug-in's own exception may hold content: it is dropped here, and only the code goes on.
            throw PipelineFaults.PageFault(PipelineFaults.PageWorkFailed);
        }
        catch
        {
            image?.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>The digest of a page's pixels: format, size and rows, without padding.</summary>
internal static class PixelDigest
{
    public static Digest256 Of(Raster raster)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> header = stackalloc byte[9];
        header[0] = (byte)raster.Format;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header[1..], raster.Width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header[5..], raster.Height);
        hash.AppendData(header);

        int row = Raster.RowBytes(raster.Format, raster.Width);
        ReadOnlySpan<byte> pixels = raster.Pixels.Span;
        if (row == raster.Stride)
        {
            hash.AppendData(pixels);
        }
        else
        {
            for (int y = 0; y < raster.Height; y++)
                hash.AppendData(pixels.Slice(y * raster.Stride, row));
        }

        return Digest256.From(hash.GetHashAndReset());
    }
}

using System.Collections.Immutable;
using System.IO.Compression;
using MedRedact.Redaction;

namespace MedRedact.Ingestion;

/// <summary>The pixels of a clean page inside its painted boxes: laid over the original they make the clean page again. They hold nothing that was
/// removed, and paint compresses to next to nothing, where the page itself would take megabytes.</summary>
internal sealed class PaintedPixels
{
    private readonly ImmutableArray<Box> _boxes;
    private readonly byte[] _deflated;

    private PaintedPixels(ImmutableArray<Box> boxes, byte[] deflated) => (_boxes, _deflated) = (boxes, deflated);

    /// <summary>Bytes held.</summary>
    public int Bytes => _deflated.Length;

    /// <summary>Takes the painted pixels of a page; the page stays with the caller.</summary>
    public static PaintedPixels Of(RedactedPage page)
    {
        ImmutableArray<Box> boxes = [.. page.Marks.SelectMany(mark => mark.Boxes)];
        using var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (Box box in boxes)
            {
                for (int y = box.Top; y < box.Bottom; y++)
                    deflate.Write(RowOf(page.Raster, box, y).Span);
            }
        }

        return new PaintedPixels(boxes, deflated.ToArray());
    }

    /// <summary>Turns the decoded original into the clean page, in place. Whoever calls proves the result by its digest.</summary>
    public void LayOver(Raster original)
    {
        RasterInk.Flatten(original);
        using var deflate = new DeflateStream(new MemoryStream(_deflated), CompressionMode.Decompress);
        foreach (Box box in _boxes)
        {
            for (int y = box.Top; y < box.Bottom; y++)
                deflate.ReadExactly(RowOf(original, box, y).Span);
        }
    }

    /// <summary>The bytes that hold a row of a box. The bits beside a box in a bilevel row are the same on both pages.</summary>
    private static Memory<byte> RowOf(Raster raster, Box box, int y)
    {
        int start = raster.Format == PixelFormat.Bilevel ? box.Left / 8 : Raster.RowBytes(raster.Format, box.Left);
        int end = Raster.RowBytes(raster.Format, box.Right);
        return raster.WritablePixels.Slice((y * raster.Stride) + start, end - start);
    }
}

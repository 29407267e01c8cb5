using System.Collections.Immutable;

namespace MedRedact.Documents.Images;

/// <summary>Decodes the one page of a PNG, JPEG, WebP, BMP or GIF from its essential bytes.</summary>
internal static class CodecPageDecoder
{
    public static Raster Decode(SourceBytes source, CodecPage page, MediaType mediaType, IRasterMemory memory)
    {
        using ClearedBuffer coded = Gather(source, page.Essential);
        if (mediaType == JpegWalker.Jpeg)
            JpegScanCheck.Run(coded.Span);

        // Most software leaves the fourth byte of a bitmap unset or ignores it. To go by it would turn whole pages white.
        return SkiaDecoder.Decode(coded.Memory, page, ignoresAlpha: mediaType == BmpWalker.Bmp, memory);
    }

    private static ClearedBuffer Gather(SourceBytes source, ImmutableArray<ByteRange> ranges)
    {
        var buffer = new ClearedBuffer(checked((int)ranges.Sum(range => range.Length)));
        int at = 0;
        foreach (ByteRange range in ranges)
        {
            source.CopyTo(range.Offset, buffer.Span.Slice(at, (int)range.Length));
            at += (int)range.Length;
        }

        return buffer;
    }
}

using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;
using SkiaSharp;

namespace MedRedact.Synthesis;

/// <summary>Writes pages as image files.</summary>
public static class PageFiles
{
    /// <summary>A PNG file of the page.</summary>
    /// <param name="page">The page.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] Png(SyntheticPage page) => Encode(page, SKEncodedImageFormat.Png, 100);

    /// <summary>A JPEG file of the page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="quality">1 to 100.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] Jpeg(SyntheticPage page, int quality = 85) => Encode(page, SKEncodedImageFormat.Jpeg, quality);

    /// <summary>A multi-page bilevel TIFF file in CCITT group 4, as document scanners and fax servers write it.</summary>
    /// <param name="pages">The pages; grey darker than the middle becomes ink.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] TiffG4(IReadOnlyList<SyntheticPage> pages) => Tiff(pages, bilevel: true);

    /// <summary>A multi-page grey TIFF file in LZW.</summary>
    /// <param name="pages">The pages.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] TiffGrey(IReadOnlyList<SyntheticPage> pages) => Tiff(pages, bilevel: false);

    /// <summary>A PDF file with one image a page and nothing else, in the size that the resolution gives it.</summary>
    /// <param name="pages">The pages; their pixels are kept as they are.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] Pdf(IReadOnlyList<SyntheticPage> pages) => PdfPages.Write(pages);

    private static byte[] Tiff(IReadOnlyList<SyntheticPage> pages, bool bilevel)
    {
        ArgumentNullException.ThrowIfNull(pages);
        using var memory = new MemoryStream();
        using (Tiff tiff = BitMiracle.LibTiff.Classic.Tiff.ClientOpen("pages", "w", memory, new TiffStream()))
        {
            for (int i = 0; i < pages.Count; i++)
            {
                Describe(tiff, pages[i], i, pages.Count, bilevel);
                WriteRows(tiff, pages[i], bilevel);
                tiff.WriteDirectory();
            }
        }

        return memory.ToArray();
    }

    private static void Describe(Tiff tiff, SyntheticPage page, int index, int count, bool bilevel)
    {
        tiff.SetField(TiffTag.IMAGEWIDTH, page.Width);
        tiff.SetField(TiffTag.IMAGELENGTH, page.Height);
        tiff.SetField(TiffTag.BITSPERSAMPLE, bilevel ? 1 : 8);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
        tiff.SetField(TiffTag.PHOTOMETRIC, bilevel ? Photometric.MINISWHITE : Photometric.MINISBLACK);
        tiff.SetField(TiffTag.COMPRESSION, bilevel ? Compression.CCITTFAX4 : Compression.LZW);
        tiff.SetField(TiffTag.ROWSPERSTRIP, page.Height);
        tiff.SetField(TiffTag.FILLORDER, FillOrder.MSB2LSB);
        tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
        tiff.SetField(TiffTag.RESOLUTIONUNIT, ResUnit.INCH);
        tiff.SetField(TiffTag.XRESOLUTION, (double)page.Dpi);
        tiff.SetField(TiffTag.YRESOLUTION, (double)page.Dpi);
        tiff.SetField(TiffTag.SUBFILETYPE, FileType.PAGE);
        tiff.SetField(TiffTag.PAGENUMBER, (short)index, (short)count);
    }

    private static void WriteRows(Tiff tiff, SyntheticPage page, bool bilevel)
    {
        var samples = new byte[bilevel ? (page.Width + 7) / 8 : page.Width];
        ReadOnlySpan<byte> pixels = page.Pixels.Span;
        for (int y = 0; y < page.Height; y++)
        {
            ReadOnlySpan<byte> row = pixels.Slice(y * page.Width, page.Width);
            if (bilevel)
                Pack(row, samples);
            else
                row.CopyTo(samples);
            tiff.WriteScanline(samples, y);
        }
    }

    private static void Pack(ReadOnlySpan<byte> row, Span<byte> bits)
    {
        bits.Clear();
        for (int x = 0; x < row.Length; x++)
        {
            if (row[x] < 128)
                bits[x >> 3] |= (byte)(0x80 >> (x & 7));
        }
    }

    private static byte[] Encode(SyntheticPage page, SKEncodedImageFormat format, int quality)
    {
        ArgumentNullException.ThrowIfNull(page);
        byte[] pixels = MemoryMarshal.TryGetArray(page.Pixels, out ArraySegment<byte> segment) ? segment.Array! : page.Pixels.ToArray();
        GCHandle pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            using SKImage image = SKImage.FromPixels(new SKImageInfo(page.Width, page.Height, SKColorType.Gray8, SKAlphaType.Opaque), pinned.AddrOfPinnedObject(), page.Width);
            using SKData data = image.Encode(format, quality);
            return data.ToArray();
        }
        finally
        {
            pinned.Free();
        }
    }

    internal static byte[] DecodeGrey(byte[] file, int width, int height)
    {
        var pixels = new byte[width * height];
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        using SKCodec codec = SKCodec.Create(new MemoryStream(file));
        codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        for (int y = 0; y < height; y++)
            bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, width).CopyTo(pixels.AsSpan(y * width));
        return pixels;
    }
}

namespace MedRedact.Documents.Images;

/// <summary>Rows of a raster as PNG and TIFF store them: one bit (1 is white), grey, or RGB without alpha.</summary>
internal static class OutputRows
{
    public static bool IsColour(Raster raster) => raster.Format is PixelFormat.Rgb24 or PixelFormat.Bgra32;

    public static int RowBytes(Raster raster) =>
        raster.Format == PixelFormat.Bgra32 ? Raster.RowBytes(PixelFormat.Rgb24, raster.Width) : Raster.RowBytes(raster.Format, raster.Width);

    /// <param name="raster">Borrowed.</param>
    /// <param name="y">The row.</param>
    /// <param name="target">Exactly <see cref="RowBytes"/> long.</param>
    public static void Write(Raster raster, int y, Span<byte> target)
    {
        ReadOnlySpan<byte> row = raster.Pixels.Span.Slice(y * raster.Stride, Raster.RowBytes(raster.Format, raster.Width));
        switch (raster.Format)
        {
            case PixelFormat.Bilevel:
                row.CopyTo(target);
                PixelRows.Invert(target);

                // The bits that only pad the last byte say nothing, so that equal pictures give equal files.
                if ((raster.Width & 7) != 0)
                    target[^1] &= (byte)(0xFF << (8 - (raster.Width & 7)));

                break;

            case PixelFormat.Bgra32:
                WriteRgb(row, target);
                break;

            default:
                row.CopyTo(target);
                break;
        }
    }

    private static void WriteRgb(ReadOnlySpan<byte> bgra, Span<byte> rgb)
    {
        for (int from = 0, to = 0; to < rgb.Length; from += 4, to += 3)
        {
            byte alpha = bgra[from + 3];
            (byte blue, byte green, byte red) = (bgra[from], bgra[from + 1], bgra[from + 2]);
            (rgb[to], rgb[to + 1], rgb[to + 2]) = alpha == 255
                ? (red, green, blue)
                : (Flattening.OnWhite(red, alpha), Flattening.OnWhite(green, alpha), Flattening.OnWhite(blue, alpha));
        }
    }
}

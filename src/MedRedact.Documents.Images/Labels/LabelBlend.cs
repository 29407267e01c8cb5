namespace MedRedact.Documents.Images;

/// <summary>Puts the grey of letters on a stretch of a row, whatever its format.</summary>
/// <remarks>Not black: on a faded copy black would be the darkest ink by far, and whoever parts ink from paper with one threshold a page loses the print around it.</remarks>
internal static class LabelBlend
{
    /// <summary>The grey of letters; in bilevel rasters they are ink.</summary>
    public const byte Ink = 0x70;

    public static void Darken(Raster raster, int left, int y, ReadOnlySpan<byte> letters)
    {
        Span<byte> row = raster.WritablePixels.Span.Slice(y * raster.Stride, raster.Stride);
        int channels = raster.Format switch { PixelFormat.Gray8 => 1, PixelFormat.Rgb24 => 3, PixelFormat.Bgra32 => 4, _ => 0 };
        if (channels == 0)
        {
            SetBits(row, left, letters);
            return;
        }

        row = row[(left * channels)..];
        for (int x = 0; x < letters.Length; x++)
        {
            foreach (ref byte value in row.Slice(x * channels, Math.Min(channels, 3)))
                value = (byte)(value - (Math.Max(0, value - Ink) * letters[x] / 255));
        }
    }

    /// <summary>In bilevel rasters a set bit is ink.</summary>
    private static void SetBits(Span<byte> row, int left, ReadOnlySpan<byte> letters)
    {
        for (int x = 0; x < letters.Length; x++)
        {
            if (letters[x] >= 128)
                row[(left + x) >> 3] |= (byte)(0x80 >> ((left + x) & 7));
        }
    }
}

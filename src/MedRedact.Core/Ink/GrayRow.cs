namespace MedRedact.Ink;

/// <summary>Reads a row of any format as grey.</summary>
internal static class GrayRow
{
    public static void Read(ReadOnlySpan<byte> row, PixelFormat format, Span<byte> gray)
    {
        switch (format)
        {
            case PixelFormat.Gray8:
                row[..gray.Length].CopyTo(gray);
                break;
            case PixelFormat.Bilevel:
                for (int x = 0; x < gray.Length; x++)
                    gray[x] = (row[x >> 3] & (0x80 >> (x & 7))) != 0 ? (byte)0 : (byte)255;
                break;
            default:
                int step = format == PixelFormat.Rgb24 ? 3 : 4;
                for (int x = 0, at = 0; x < gray.Length; x++, at += step)
                    gray[x] = (byte)((row[at] + (2 * row[at + 1]) + row[at + 2]) >> 2);
                break;
        }
    }
}

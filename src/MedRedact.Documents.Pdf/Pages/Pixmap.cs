using System.Buffers.Text;

namespace MedRedact.Documents.Pdf;

/// <summary>Reads a portable pixmap (<c>P6</c>, eight bits) straight into pixel memory.</summary>
internal static class Pixmap
{
    private const int LongestHeader = 64;

    /// <returns>The pixels, or <see langword="null"/> where they are not what was asked for.</returns>
    public static async ValueTask<Raster?> ReadAsync(Stream output, PdfRendering rendering, IRasterMemory memory, CancellationToken cancellationToken)
    {
        if (await ReadHeaderAsync(output, cancellationToken) != rendering.Size)
            return null;

        Raster raster = memory.Allocate(PixelFormat.Rgb24, rendering.Size.Width, rendering.Size.Height, rendering.Dpi);
        try
        {
            int read = await output.ReadAtLeastAsync(raster.WritablePixels, raster.WritablePixels.Length, throwOnEndOfStream: false, cancellationToken);
            if (read == raster.WritablePixels.Length && await output.ReadAsync(new byte[1], cancellationToken) == 0)
                return raster;

            raster.Dispose();
            return null;
        }
        catch
        {
            raster.Dispose();
            throw;
        }
    }

    private static async ValueTask<PageSize?> ReadHeaderAsync(Stream output, CancellationToken cancellationToken)
    {
        byte[] header = new byte[LongestHeader];
        int length = 0, lines = 0;
        while (lines < 3 && length < header.Length && await output.ReadAsync(header.AsMemory(length, 1), cancellationToken) == 1)
            lines += header[length++] == '\n' ? 1 : 0;
        return Parse(header.AsSpan(0, length));
    }

    private static PageSize? Parse(ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith("P6\n"u8))
            return null;

        ReadOnlySpan<byte> rest = header[3..];
        if (!Utf8Parser.TryParse(rest, out int width, out int used) || used == rest.Length || rest[used] != ' ')
            return null;

        rest = rest[(used + 1)..];
        return Utf8Parser.TryParse(rest, out int height, out used) && rest[used..].SequenceEqual("\n255\n"u8) ? new PageSize(width, height) : null;
    }
}

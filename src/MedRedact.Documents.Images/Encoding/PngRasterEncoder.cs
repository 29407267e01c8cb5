using System.Buffers.Binary;
using System.IO.Compression;

namespace MedRedact.Documents.Images;

/// <summary>Writes PNG from pixels alone: IHDR, pHYs where the resolution was measured, IDAT, IEND, and not a byte more.</summary>
/// <remarks>Grey and bilevel rasters stay so; colours become RGB without alpha, flattened on white. Rows are not filtered: on scans
/// that costs time and gains nothing. The same raster gives the same bytes.</remarks>
public sealed class PngRasterEncoder : IRasterEncoder
{
    private const double InchesPerMetre = 100 / 2.54;
    private const int ChunkBytes = 32 * 1024;

    /// <inheritdoc/>
    public MediaType MediaType { get; } = new("image/png");

    /// <inheritdoc/>
    public async ValueTask EncodeAsync(Raster raster, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(raster);
        ArgumentNullException.ThrowIfNull(destination);
        var chunks = new PngChunkWriter(ChunkBytes);
        chunks.Signature();
        chunks.Chunk("IHDR"u8, Header(raster));
        if (!raster.Dpi.IsEstimated)
            chunks.Chunk("pHYs"u8, Density(raster.Dpi.Value));

        using (ZLibStream zlib = ScanCompression.Open(chunks))
        {
            using var row = new ClearedBuffer(1 + OutputRows.RowBytes(raster));
            for (int y = 0; y < raster.Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                OutputRows.Write(raster, y, row.Span[1..]);
                zlib.Write(row.Span);
                if (chunks.IsFull)
                    await chunks.DrainAsync(destination, cancellationToken);
            }
        }

        chunks.CloseData();
        chunks.Chunk("IEND"u8, []);
        await chunks.DrainAsync(destination, cancellationToken);
    }

    private static byte[] Header(Raster raster)
    {
        var body = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(body, raster.Width);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(4), raster.Height);
        body[8] = raster.Format == PixelFormat.Bilevel ? (byte)1 : (byte)8;
        body[9] = OutputRows.IsColour(raster) ? (byte)2 : (byte)0;
        return body;
    }

    private static byte[] Density(double dpi)
    {
        var body = new byte[9];
        uint dotsPerMetre = (uint)Math.Round(dpi * InchesPerMetre);
        BinaryPrimitives.WriteUInt32BigEndian(body, dotsPerMetre);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(4), dotsPerMetre);
        body[8] = 1;
        return body;
    }
}

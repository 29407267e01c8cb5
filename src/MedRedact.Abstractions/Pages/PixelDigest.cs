using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MedRedact;

/// <summary>The digest of a page's pixels: format, size and rows, without the padding between rows. Two decodings are the same page when it is the same.</summary>
public static class PixelDigest
{
    /// <summary>Digests a raster with SHA-256.</summary>
    /// <param name="raster">Borrowed for the call.</param>
    /// <returns>The digest; as sensitive as the page, for whoever has the page can tell it again.</returns>
    public static Digest256 Of(Raster raster)
    {
        ArgumentNullException.ThrowIfNull(raster);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> header = stackalloc byte[9];
        header[0] = (byte)raster.Format;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], raster.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[5..], raster.Height);
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

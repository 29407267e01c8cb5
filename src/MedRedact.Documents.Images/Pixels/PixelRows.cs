using System.Numerics;
using System.Runtime.InteropServices;

namespace MedRedact.Documents.Images;

/// <summary>Conversions of single rows.</summary>
internal static class PixelRows
{
    // For each byte of bits, eight bytes that are 255 where the bit is set, in memory order.
    private static readonly ulong[] Expanded = MakeExpanded();

    public static void Invert(Span<byte> row)
    {
        Span<Vector<byte>> vectors = MemoryMarshal.Cast<byte, Vector<byte>>(row);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = ~vectors[i];

        foreach (ref byte value in row[(vectors.Length * Vector<byte>.Count)..])
            value = (byte)~value;
    }

    /// <summary>One bit a pixel, most significant first, to one byte a pixel: 255 where the bit is set, or 0 there when inverted.</summary>
    public static void ExpandBits(ReadOnlySpan<byte> bits, Span<byte> gray, bool invert)
    {
        ulong flip = invert ? ulong.MaxValue : 0;
        int whole = gray.Length / 8;
        Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(gray)[..whole];
        for (int i = 0; i < eights.Length; i++)
            eights[i] = Expanded[bits[i]] ^ flip;

        for (int x = whole * 8; x < gray.Length; x++)
            gray[x] = (bits[x >> 3] >> (7 - (x & 7)) & 1) != 0 != invert ? (byte)255 : (byte)0;
    }

    /// <summary>The same value of blue, green and red in each BGRA pixel of a row.</summary>
    public static bool IsGray(ReadOnlySpan<byte> bgra)
    {
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(bgra);
        int i = 0;
        for (var mask = new Vector<uint>(0xFFFF); i <= pixels.Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            var vector = new Vector<uint>(pixels[i..]);
            if (((vector ^ (vector >>> 8)) & mask) != Vector<uint>.Zero)
                return false;
        }

        for (; i < pixels.Length; i++)
        {
            if (((pixels[i] ^ (pixels[i] >> 8)) & 0xFFFF) != 0)
                return false;
        }

        return true;
    }

    /// <summary>The first byte of each BGRA pixel.</summary>
    public static void TakeBlue(ReadOnlySpan<byte> bgra, Span<byte> gray)
    {
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(bgra);
        int i = 0, step = Vector<byte>.Count;
        for (var mask = new Vector<uint>(0xFF); i <= gray.Length - step; i += step)
        {
            int quarter = Vector<uint>.Count;
            Vector<uint> first = new Vector<uint>(pixels[i..]) & mask, second = new Vector<uint>(pixels[(i + quarter)..]) & mask;
            Vector<uint> third = new Vector<uint>(pixels[(i + (2 * quarter))..]) & mask, fourth = new Vector<uint>(pixels[(i + (3 * quarter))..]) & mask;
            Vector.Narrow(Vector.Narrow(first, second), Vector.Narrow(third, fourth)).CopyTo(gray[i..]);
        }

        for (; i < gray.Length; i++)
            gray[i] = (byte)pixels[i];
    }

    private static ulong[] MakeExpanded()
    {
        var table = new ulong[256];
        Span<byte> eight = stackalloc byte[8];
        for (int value = 0; value < table.Length; value++)
        {
            for (int x = 0; x < 8; x++)
                eight[x] = (value >> (7 - x) & 1) != 0 ? (byte)255 : (byte)0;

            table[value] = MemoryMarshal.Read<ulong>(eight);
        }

        return table;
    }
}

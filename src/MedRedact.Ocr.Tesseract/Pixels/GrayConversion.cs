using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Rows of colour or ink to rows of grey, by the luma weights of ITU-R BT.601; what is transparent shows white paper.</summary>
internal static class GrayConversion
{
    // 77 + 150 + 29 = 256, so that white stays 255.
    private const uint RedWeight = 77, GreenWeight = 150, BlueWeight = 29;

    private static readonly ulong[] EightPixelsOfInk = MakeInkTable();

    // Four RGB pixels become four words of blue, green, red, 0; 255 picks a zero.
    private static readonly Vector128<byte> RgbToBgr = Vector128.Create((byte)2, 1, 0, 255, 5, 4, 3, 255, 8, 7, 6, 255, 11, 10, 9, 255);

    public static void ConvertRow(PixelFormat format, ReadOnlySpan<byte> from, Span<byte> to)
    {
        switch (format)
        {
            case PixelFormat.Gray8:
                from.CopyTo(to);
                break;
            case PixelFormat.Bgra32:
                FromBgra(from, to);
                break;
            case PixelFormat.Rgb24:
                FromRgb(from, to);
                break;
            case PixelFormat.Bilevel:
                FromInk(from, to);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }
    }

    private static void FromBgra(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int x = 0;
        for (; x + 16 <= to.Length; x += 16)
        {
            ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(from.Slice(x * 4, 64));
            Store(
                OverPaper(Vector128.Create(pixels)), OverPaper(Vector128.Create(pixels[4..])),
                OverPaper(Vector128.Create(pixels[8..])), OverPaper(Vector128.Create(pixels[12..])), to[x..]);
        }

        for (; x < to.Length; x++)
            to[x] = (byte)OverPaper(Vector128.CreateScalar(MemoryMarshal.Read<uint>(from[(x * 4)..])))[0];
    }

    private static void FromRgb(ReadOnlySpan<byte> from, Span<byte> to)
    {
        // Each load takes 16 bytes for the 12 it uses, so the last pixels go one by one.
        int x = 0;
        for (; (x * 3) + 52 <= from.Length && x + 16 <= to.Length; x += 16)
        {
            ReadOnlySpan<byte> pixels = from[(x * 3)..];
            Store(
                Luma(Load(pixels)), Luma(Load(pixels[12..])), Luma(Load(pixels[24..])), Luma(Load(pixels[36..])), to[x..]);
        }

        for (; x < to.Length; x++)
            to[x] = (byte)(((from[x * 3] * RedWeight) + (from[(x * 3) + 1] * GreenWeight) + (from[(x * 3) + 2] * BlueWeight) + 128) >> 8);

        static Vector128<uint> Load(ReadOnlySpan<byte> pixels) => Vector128.Shuffle(Vector128.Create(pixels), RgbToBgr).AsUInt32();
    }

    private static void FromInk(ReadOnlySpan<byte> from, Span<byte> to)
    {
        Span<ulong> whole = MemoryMarshal.Cast<byte, ulong>(to);
        for (int i = 0; i < whole.Length; i++)
            whole[i] = EightPixelsOfInk[from[i]];

        for (int x = whole.Length * 8; x < to.Length; x++)
            to[x] = (from[x / 8] & (0x80 >> (x % 8))) != 0 ? (byte)0 : (byte)255;
    }

    private static Vector128<uint> Luma(Vector128<uint> bgr)
    {
        Vector128<uint> low = Vector128.Create(0xFFu);
        return (((bgr & low) * BlueWeight) + (((bgr >>> 8) & low) * GreenWeight) + (((bgr >>> 16) & low) * RedWeight) + Vector128.Create(128u)) >>> 8;
    }

    private static Vector128<uint> OverPaper(Vector128<uint> bgra)
    {
        Vector128<uint> white = Vector128.Create(255u), alpha = bgra >>> 24;
        Vector128<uint> sum = (Luma(bgra) * alpha) + (white * (white - alpha)) + Vector128.Create(128u);
        return (sum + (sum >>> 8)) >>> 8;   // division by 255, rounded
    }

    private static void Store(Vector128<uint> a, Vector128<uint> b, Vector128<uint> c, Vector128<uint> d, Span<byte> to) =>
        Vector128.Narrow(Vector128.Narrow(a, b), Vector128.Narrow(c, d)).CopyTo(to);

    private static ulong[] MakeInkTable()
    {
        ulong[] table = new ulong[256];
        Span<byte> bytes = MemoryMarshal.AsBytes(table.AsSpan());
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = ((i / 8) & (0x80 >> (i % 8))) != 0 ? (byte)0 : (byte)255;

        return table;
    }
}

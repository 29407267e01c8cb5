using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MedRedact.Ocr.Tesseract.Native;

/// <summary>A <c>PIX</c>: an image in Leptonica's memory, cleared when it is released.</summary>
/// <remarks>Rows are 32-bit words whose most significant byte is the leftmost pixel, so bytes are reversed on the way in and out.</remarks>
internal sealed unsafe class Pix() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    public int Width => LeptonicaApi.pixGetWidth(this);

    public int Height => LeptonicaApi.pixGetHeight(this);

    private int WordsPerRow => LeptonicaApi.pixGetWpl(this);

    /// <summary>An image with undefined pixels.</summary>
    public static Pix Create(int width, int height, int bitsPerPixel) => LeptonicaApi.pixCreateNoInit(width, height, bitsPerPixel).OrFault();

    /// <summary>A copy of grey pixels.</summary>
    public static Pix FromGray(GrayImage image)
    {
        Pix pix = Create(image.Width, image.Height, 8);
        Span<uint> last = stackalloc uint[1];
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> from = image.Row(y);
            Span<uint> to = pix.Row(y);
            ReadOnlySpan<uint> whole = MemoryMarshal.Cast<byte, uint>(from);
            BinaryPrimitives.ReverseEndianness(whole, to);
            if (whole.Length < to.Length)
            {
                last.Clear();
                from[(whole.Length * 4)..].CopyTo(MemoryMarshal.AsBytes(last));
                to[^1] = BinaryPrimitives.ReverseEndianness(last[0]);
            }
        }

        return pix;
    }

    /// <summary>A copy of some rows of a one-bit image; at least one row.</summary>
    public Pix Rows(int first, int count)
    {
        Pix rows = Create(Width, Math.Max(count, 1), 1);
        for (int y = 0; y < rows.Height; y++)
            Row(first + y).CopyTo(rows.Row(y));

        return rows;
    }

    /// <summary>Whether a pixel of a one-bit image is ink.</summary>
    public bool IsSet(int x, int y) => (Row(y)[x / 32] & (0x8000_0000u >> (x % 32))) != 0;

    /// <summary>Makes a pixel of a one-bit image ink.</summary>
    public void Set(int x, int y) => Row(y)[x / 32] |= 0x8000_0000u >> (x % 32);

    /// <summary>Sets all pixels to 0.</summary>
    public void Clear() => _ = LeptonicaApi.pixClearAll(this);

    /// <summary>Copies the grey pixels out of an 8-bit image.</summary>
    public void CopyTo(Raster raster)
    {
        uint[] reversed = new uint[WordsPerRow];
        for (int y = 0; y < raster.Height; y++)
        {
            BinaryPrimitives.ReverseEndianness(Row(y), reversed);
            MemoryMarshal.AsBytes(reversed.AsSpan())[..raster.Width].CopyTo(raster.WritablePixels.Span[(y * raster.Stride)..]);
        }

        Array.Clear(reversed);
    }

    /// <summary>The words of a row, valid while this object lives.</summary>
    public Span<uint> Row(int y) => new(LeptonicaApi.pixGetData(this) + ((long)y * WordsPerRow), WordsPerRow);

    /// <summary>This image, or a fault where Leptonica returned none.</summary>
    public Pix OrFault()
    {
        if (!IsInvalid)
            return this;

        Dispose();
        throw Faults.NotPrepared();
    }

    protected override bool ReleaseHandle()
    {
        nint pix = handle;
        NativeMemory.Clear(LeptonicaApi.pixGetData(pix), (nuint)LeptonicaApi.pixGetWpl(pix) * (nuint)LeptonicaApi.pixGetHeight(pix) * sizeof(uint));
        LeptonicaApi.pixDestroy(&pix);
        return true;
    }
}

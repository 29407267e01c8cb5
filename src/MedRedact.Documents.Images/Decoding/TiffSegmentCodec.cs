using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MedRedact.Documents.Images;

/// <summary>Unpacks one strip or tile to its samples: exactly as many bytes as it must have, 16-bit samples little-endian.</summary>
internal static class TiffSegmentCodec
{
    public static ClearedBuffer Unpack(Span<byte> coded, TiffLayout layout, int rows)
    {
        var samples = new ClearedBuffer(checked(layout.SegmentRowBytes * rows));
        try
        {
            switch (layout.Compression)
            {
                case TiffCompression.None:
                    ReverseBits(coded, layout);
                    coded[..samples.Span.Length].CopyTo(samples.Span);
                    SwapToLittleEndian(samples.Span, layout);
                    break;

                case TiffCompression.Deflate or TiffCompression.OldDeflate:
                    ReverseBits(coded, layout);
                    TiffInflate.Run(coded, samples.Span, (long)layout.SegmentRowBytes * layout.SegmentHeight);
                    SwapToLittleEndian(samples.Span, layout);
                    if (layout.Predictor == 2)
                        TiffPredictor.Undo(samples.Span, layout);
                    break;

                default:
                    LibTiffSegment.Decode(coded, samples, layout, rows);
                    break;
            }

            return samples;
        }
        catch
        {
            samples.Dispose();
            throw;
        }
    }

    private static void ReverseBits(Span<byte> bytes, TiffLayout layout)
    {
        if (layout.FillOrder != 2)
            return;

        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(((bytes[i] * 0x0202020202UL) & 0x010884422010UL) % 1023);
    }

    private static void SwapToLittleEndian(Span<byte> samples, TiffLayout layout)
    {
        if (layout.BitsPerSample != 16 || !layout.Header.BigEndian)
            return;

        Span<ushort> values = MemoryMarshal.Cast<byte, ushort>(samples);
        BinaryPrimitives.ReverseEndianness(values, values);
    }
}

using System.Runtime.InteropServices;

namespace MedRedact.Documents.Images;

/// <summary>Undoes horizontal differencing (TIFF 6.0, section 14), in place, for samples of 8 bits and of 16 bits little-endian.</summary>
internal static class TiffPredictor
{
    public static void Undo(Span<byte> samples, TiffLayout layout)
    {
        int step = layout.SamplesPerSegmentPixel;
        for (; samples.Length >= layout.SegmentRowBytes; samples = samples[layout.SegmentRowBytes..])
        {
            Span<byte> row = samples[..layout.SegmentRowBytes];
            if (layout.BitsPerSample == 8)
            {
                for (int i = step; i < row.Length; i++)
                    row[i] += row[i - step];
            }
            else
            {
                Span<ushort> wide = MemoryMarshal.Cast<byte, ushort>(row);
                for (int i = step; i < wide.Length; i++)
                    wide[i] += wide[i - step];
            }
        }
    }
}

namespace MedRedact.Documents.Images;

/// <summary>Unpacks a row of samples to one byte each: smaller ones keep their value, 16-bit ones (little-endian) lose their lower half.</summary>
internal static class TiffSamples
{
    /// <param name="row">Packed samples, from the most significant bit on.</param>
    /// <param name="values">Where the first sample goes.</param>
    /// <param name="step">From one sample's place to the next.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="bits">1, 2, 4, 8 or 16.</param>
    public static void Unpack(ReadOnlySpan<byte> row, Span<byte> values, int step, int count, int bits)
    {
        switch (bits)
        {
            case 8 when step == 1:
                row[..count].CopyTo(values);
                break;

            case 8:
                for (int i = 0; i < count; i++)
                    values[i * step] = row[i];
                break;

            case 16:
                for (int i = 0; i < count; i++)
                    values[i * step] = row[(2 * i) + 1];
                break;

            default:
                int mask = (1 << bits) - 1;
                for (int i = 0; i < count; i++)
                {
                    int at = i * bits;
                    values[i * step] = (byte)((row[at >> 3] >> (8 - bits - (at & 7))) & mask);
                }

                break;
        }
    }
}

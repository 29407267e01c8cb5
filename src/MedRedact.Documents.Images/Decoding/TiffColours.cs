namespace MedRedact.Documents.Images;

/// <summary>Turns rows of unpacked samples into rows of grey or BGRA, flattened on white.</summary>
internal sealed class TiffColours
{
    private readonly TiffLayout _layout;
    private readonly byte[] _gray, _palette;

    public TiffColours(TiffLayout layout)
    {
        _layout = layout;
        _gray = new byte[256];
        int largest = layout.BitsPerSample >= 8 ? 255 : (1 << layout.BitsPerSample) - 1;
        for (int value = 0; value < _gray.Length; value++)
        {
            int gray = Math.Min(value, largest) * 255 / largest;
            _gray[value] = (byte)(layout.Photometric == TiffPhotometric.WhiteIsZero ? 255 - gray : gray);
        }

        _palette = Palette(layout);
    }

    public void Convert(ReadOnlySpan<byte> values, Span<byte> target)
    {
        switch (_layout.Photometric)
        {
            case TiffPhotometric.Palette:
                for (int i = 0; i < values.Length; i++)
                    _palette.AsSpan(values[i] * 4, 4).CopyTo(target[(i * 4)..]);
                break;

            case TiffPhotometric.Rgb:
                ConvertRgb(values, target);
                break;

            case TiffPhotometric.Cmyk:
                ConvertCmyk(values, target);
                break;

            default:
                ConvertGray(values, target);
                break;
        }
    }

    private void ConvertGray(ReadOnlySpan<byte> values, Span<byte> target)
    {
        int step = _layout.SamplesPerPixel;
        for (int i = 0; i < target.Length; i++)
        {
            byte gray = _gray[values[i * step]];
            target[i] = _layout.Alpha == TiffAlpha.None ? gray : OnWhite(gray, values[(i * step) + 1]);
        }
    }

    private void ConvertRgb(ReadOnlySpan<byte> values, Span<byte> target)
    {
        int step = _layout.SamplesPerPixel;
        for (int from = 0, to = 0; to < target.Length; from += step, to += 4)
        {
            byte red = values[from], green = values[from + 1], blue = values[from + 2];
            if (_layout.Alpha != TiffAlpha.None)
            {
                byte alpha = values[from + 3];
                (red, green, blue) = (OnWhite(red, alpha), OnWhite(green, alpha), OnWhite(blue, alpha));
            }

            (target[to], target[to + 1], target[to + 2], target[to + 3]) = (blue, green, red, 255);
        }
    }

    /// <summary>Each ink takes its share of the light that the black one leaves. What engines and people then see is one and the same picture, whatever another
    /// viewer would have made of the inks.</summary>
    private void ConvertCmyk(ReadOnlySpan<byte> values, Span<byte> target)
    {
        int step = _layout.SamplesPerPixel;
        for (int from = 0, to = 0; to < target.Length; from += step, to += 4)
        {
            int light = 255 - values[from + 3];
            byte red = Left(values[from], light), green = Left(values[from + 1], light), blue = Left(values[from + 2], light);
            if (_layout.Alpha != TiffAlpha.None)
            {
                byte alpha = values[from + 4];
                (red, green, blue) = (OnWhite(red, alpha), OnWhite(green, alpha), OnWhite(blue, alpha));
            }

            (target[to], target[to + 1], target[to + 2], target[to + 3]) = (blue, green, red, 255);
        }

        static byte Left(byte ink, int light) => (byte)((((255 - ink) * light) + 127) / 255);
    }

    private byte OnWhite(byte value, byte alpha) =>
        _layout.Alpha == TiffAlpha.Premultiplied ? (byte)Math.Min(255, value + 255 - alpha) : Flattening.OnWhite(value, alpha);

    private static byte[] Palette(TiffLayout layout)
    {
        int colours = layout.ColourMap.Length / 3;
        var palette = new byte[256 * 4];

        // Some writers put 8-bit values where 16-bit ones belong.
        int shift = layout.ColourMap.Any(value => value > 255) ? 8 : 0;
        for (int i = 0; i < colours; i++)
        {
            palette[i * 4] = (byte)(layout.ColourMap[(2 * colours) + i] >> shift);
            palette[(i * 4) + 1] = (byte)(layout.ColourMap[colours + i] >> shift);
            palette[(i * 4) + 2] = (byte)(layout.ColourMap[i] >> shift);
            palette[(i * 4) + 3] = 255;
        }

        return palette;
    }
}

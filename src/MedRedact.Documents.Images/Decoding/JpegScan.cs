using System.Numerics;

namespace MedRedact.Documents.Images;

/// <summary>One scan of a JPEG: reads its code words in order (ITU-T T.81, F.2 and G.1.2, figures G.3 to G.7) and computes nothing.</summary>
internal sealed class JpegScan
{
    private readonly record struct Part(JpegPlane Plane, JpegHuffmanTable? Dc, JpegHuffmanTable? Ac);

    private readonly JpegScanLayout _layout;
    private readonly Part[] _parts;
    private readonly int _first, _last;
    private readonly bool _isRefinement;
    private int _endOfBandRun;

    private JpegScan(JpegScanLayout layout, Part[] parts, int first, int last, bool isRefinement) =>
        (_layout, _parts, _first, _last, _isRefinement) = (layout, parts, first, last, isRefinement);

    public static JpegScan Read(ReadOnlySpan<byte> header, JpegScanLayout layout, JpegHuffmanTable?[] dc, JpegHuffmanTable?[] ac)
    {
        int count = header.IsEmpty ? 0 : header[0];
        if (count is < 1 or > 4 || header.Length != 4 + (count * 2))
            throw Damaged();

        bool isProgressive = layout.Frame.IsProgressive;
        int first = isProgressive ? header[^3] : 0, last = isProgressive ? header[^2] : 63, previous = header[^1] >> 4;
        bool isRefinement = isProgressive && previous != 0;
        if (last > 63 || first > last || (isProgressive && first == 0 && last != 0) || (first > 0 && count != 1))
            throw Damaged();

        var parts = new Part[count];
        for (int i = 0; i < count; i++)
        {
            int id = header[1 + (2 * i)], tables = header[2 + (2 * i)];
            int plane = Array.FindIndex(layout.Planes, candidate => candidate.Id == id);
            if (plane < 0 || tables >> 4 > 3 || (tables & 15) > 3 || Array.Exists(parts, part => part.Plane == layout.Planes[plane]))
                throw Damaged();

            parts[i] = new(layout.Planes[plane], dc[tables >> 4], ac[tables & 15]);
            if ((first == 0 && !isRefinement && parts[i].Dc is null) || (last > 0 && parts[i].Ac is null))
                throw Damaged();

            if (first == 0 && !isRefinement)
                layout.Cover(plane);
        }

        return new(layout, parts, first, last, isRefinement);
    }

    public void Run(ref JpegBitReader bits, int restartInterval)
    {
        bool isSingle = _parts.Length == 1;
        long units = isSingle ? (long)_parts[0].Plane.BlocksAcross * _parts[0].Plane.BlocksDown : (long)_layout.UnitsAcross * _layout.UnitsDown;
        for (long unit = 0; unit < units; unit++)
        {
            if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0)
            {
                _endOfBandRun = 0;
                if (!bits.TryRestart((int)(((unit / restartInterval) - 1) & 7)))
                    throw Damaged();
            }

            if (isSingle)
                ReadBlock(ref bits, _parts[0], unit);
            else
                ReadUnit(ref bits);

            if (bits.IsExhausted)
                throw ImageFaults.Page(ImageFaults.PixelsMissing);
        }

        if (!bits.IsAtEnd)
            throw Damaged();
    }

    private void ReadUnit(ref JpegBitReader bits)
    {
        foreach (Part part in _parts)
        {
            for (int block = part.Plane.BlocksInUnit; block > 0; block--)
                ReadBlock(ref bits, part, 0);
        }
    }

    private void ReadBlock(ref JpegBitReader bits, in Part part, long block)
    {
        if (_first > 0)
        {
            if (_isRefinement)
                RefineBand(ref bits, part.Ac!, ref part.Plane.NonZero[block]);
            else
                ReadBand(ref bits, part.Ac!, ref part.Plane.NonZero[block]);
        }
        else if (_isRefinement)
        {
            bits.Skip(1);
        }
        else
        {
            bits.Skip(BitsOf(part.Dc!.Decode(ref bits)));
            if (_last > 0)
                ReadCoefficients(ref bits, part.Ac!);
        }
    }

    private static void ReadCoefficients(ref JpegBitReader bits, JpegHuffmanTable ac)
    {
        for (int k = 1; k <= 63; k++)
        {
            int symbol = ac.Decode(ref bits), run = symbol >> 4, size = symbol & 15;
            if (size == 0 && run < 15)
                return;

            k += run;
            if (k > 63)
                throw Damaged();

            bits.Skip(size);
        }
    }

    private void ReadBand(ref JpegBitReader bits, JpegHuffmanTable ac, ref ulong nonZero)
    {
        if (_endOfBandRun > 0)
        {
            _endOfBandRun--;
            return;
        }

        for (int k = _first; k <= _last; k++)
        {
            int symbol = ac.Decode(ref bits), run = symbol >> 4, size = symbol & 15;
            if (size == 0 && run < 15)
            {
                _endOfBandRun = (1 << run) + bits.Take(run) - 1;
                return;
            }

            k += run;
            if (k > _last)
                throw Damaged();

            bits.Skip(size);
            if (size > 0)
                nonZero |= 1UL << k;
        }
    }

    private void RefineBand(ref JpegBitReader bits, JpegHuffmanTable ac, ref ulong nonZero)
    {
        int k = _first;
        ulong known = nonZero;
        for (; _endOfBandRun == 0 && k <= _last; k++)
        {
            int symbol = ac.Decode(ref bits), run = symbol >> 4, size = symbol & 15;
            if (size == 0 && run < 15)
            {
                _endOfBandRun = (1 << run) + bits.Take(run);
                break;
            }

            if (size > 1)
                throw Damaged();

            // The sign of the new coefficient comes first, then a correction bit for each known one that the run passes.
            bits.Skip(size);
            for (; k <= _last; k++)
            {
                if ((known >> k & 1) != 0)
                    bits.Skip(1);
                else if (--run < 0)
                    break;
            }

            if (size == 1)
            {
                if (k > _last)
                    throw Damaged();

                nonZero |= 1UL << k;
            }
        }

        if (_endOfBandRun > 0)
        {
            if (k <= _last)
                bits.Skip(BitOperations.PopCount(known & (ulong.MaxValue << k) & (ulong.MaxValue >> (63 - _last))));

            _endOfBandRun--;
        }
    }

    /// <summary>The symbol of a DC difference is its number of bits, 11 at most at 8-bit precision.</summary>
    private static int BitsOf(int symbol) => symbol <= 11 ? symbol : throw Damaged();

    private static PageFaultException Damaged() => ImageFaults.Page(ImageFaults.PixelsDamaged);
}

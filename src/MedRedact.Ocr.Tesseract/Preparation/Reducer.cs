using System.Runtime.Intrinsics;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Reduces grey pixels by any ratio from a half to one: each new pixel is the mean of the area that it covers. Leptonica averages only below 0.7; above, it
/// interpolates between neighbours, which reads worse and takes longer.</summary>
internal sealed class Reducer
{
    private const int Lanes = 32;

    private readonly Part[] _columns;
    private readonly float[] _sum;      // of the source rows under one new row
    private readonly byte[] _line;

    private Reducer(int width, int reduced)
    {
        _columns = Parts(width, reduced);
        _sum = new float[width + Lanes];
        _line = new byte[reduced];
    }

    /// <summary>Whether a new size is within its reach: at least half as wide and high, and no larger.</summary>
    public static bool CanReach(GrayImage image, int width, int height) =>
        width <= image.Width && width * 2 >= image.Width && height <= image.Height && height * 2 >= image.Height;

    /// <param name="image">What to reduce.</param>
    /// <param name="target">Grey, at least half as wide and high and no larger.</param>
    public static void Apply(GrayImage image, Raster target)
    {
        var reducer = new Reducer(image.Width, target.Width);
        try
        {
            reducer.Run(image, target);
        }
        finally
        {
            Array.Clear(reducer._sum);
            Array.Clear(reducer._line);
        }
    }

    private void Run(GrayImage image, Raster target)
    {
        Part[] rows = Parts(image.Height, target.Height);
        for (int y = 0; y < target.Height; y++)
        {
            AddRows(image, rows[y]);
            Narrow();
            _line.CopyTo(target.WritablePixels.Span[(y * target.Stride)..]);
        }
    }

    private void AddRows(GrayImage image, Part rows)
    {
        ReadOnlySpan<byte> first = image.Row(rows.First), second = image.Row(rows.Second), third = image.Row(rows.Third);
        int x = 0;
        for (; x + Vector128<byte>.Count <= first.Length; x += Vector128<byte>.Count)
        {
            (Vector256<float> a, Vector256<float> b) = Floats(first[x..], rows.OfFirst);
            (Vector256<float> c, Vector256<float> d) = Floats(second[x..], rows.OfSecond);
            (Vector256<float> e, Vector256<float> f) = Floats(third[x..], rows.OfThird);
            (a + c + e).CopyTo(_sum, x);
            (b + d + f).CopyTo(_sum, x + Vector256<float>.Count);
        }

        for (; x < first.Length; x++)
            _sum[x] = (first[x] * rows.OfFirst) + (second[x] * rows.OfSecond) + (third[x] * rows.OfThird);

        static (Vector256<float> Low, Vector256<float> High) Floats(ReadOnlySpan<byte> pixels, float share)
        {
            Vector256<ushort> wide = Vector256.WidenLower(Vector128.Create(pixels).ToVector256Unsafe());
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(wide);
            return (Vector256.ConvertToSingle(low.AsInt32()) * share, Vector256.ConvertToSingle(high.AsInt32()) * share);
        }
    }

    private void Narrow()
    {
        ReadOnlySpan<float> sum = _sum;
        Span<byte> line = _line;
        ReadOnlySpan<Part> columns = _columns;
        for (int x = 0; x < line.Length; x++)
        {
            ref readonly Part column = ref columns[x];
            line[x] = (byte)((sum[column.First] * column.OfFirst) + (sum[column.Second] * column.OfSecond) + (sum[column.Third] * column.OfThird) + 0.5f);
        }
    }

    /// <summary>For each new pixel along one side the old ones that it covers, at most three, with their shares of it.</summary>
    private static Part[] Parts(int length, int reduced)
    {
        double step = (double)length / reduced;
        var parts = new Part[reduced];
        for (int i = 0; i < reduced; i++)
        {
            double from = i * step, to = Math.Min(length, (i + 1) * step);
            int first = Math.Min((int)from, length - 1), second = Math.Min(first + 1, length - 1), third = Math.Min(first + 2, length - 1);
            double a = Math.Min(first + 1, to) - from, b = Math.Clamp(to - first - 1, 0, 1), c = Math.Max(0, to - first - 2);
            parts[i] = new(first, second, third, (float)(a / (a + b + c)), (float)(b / (a + b + c)), (float)(c / (a + b + c)));
        }

        return parts;
    }

    private readonly record struct Part(int First, int Second, int Third, float OfFirst, float OfSecond, float OfThird);
}

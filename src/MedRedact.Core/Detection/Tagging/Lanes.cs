using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MedRedact.Detection;

/// <summary>Sixteen numbers, one a label. Every operation gives the same bits on every processor: none is fused and sums have one order.</summary>
internal readonly struct Lanes(Vector256<float> low, Vector256<float> high)
{
    private readonly Vector256<float> _low = low;
    private readonly Vector256<float> _high = high;

    public static Lanes Of(float value) => new(Vector256.Create(value), Vector256.Create(value));

    public static Lanes Load(ReadOnlySpan<float> values, int at)
    {
        ref float first = ref Unsafe.Add(ref MemoryMarshal.GetReference(values[at..(at + Tags.Lanes)]), 0);
        return new(Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, 8));
    }

    public void Store(Span<float> values, int at)
    {
        ref float first = ref MemoryMarshal.GetReference(values[at..(at + Tags.Lanes)]);
        _low.StoreUnsafe(ref first);
        _high.StoreUnsafe(ref first, 8);
    }

    public static Lanes operator +(Lanes one, Lanes two) => new(one._low + two._low, one._high + two._high);

    public static Lanes operator -(Lanes one, Lanes two) => new(one._low - two._low, one._high - two._high);

    public static Lanes operator *(Lanes one, Lanes two) => new(one._low * two._low, one._high * two._high);

    public static Lanes operator /(Lanes one, Lanes two) => new(one._low / two._low, one._high / two._high);

    public Lanes SquareRoot() => new(Vector256.Sqrt(_low), Vector256.Sqrt(_high));

    public float Sum()
    {
        Vector256<float> eight = _low + _high;
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }

    public float Largest()
    {
        Vector256<float> eight = Vector256.Max(_low, _high);
        Vector128<float> four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
    }

    /// <summary>The exponential, of numbers cut to what a product of a few can hold.</summary>
    public Lanes Exponential() => new(Exponential(_low), Exponential(_high));

    private static Vector256<float> Exponential(Vector256<float> x)
    {
        x = Vector256.Min(Vector256.Max(x, Vector256.Create(-27f)), Vector256.Create(27f));
        Vector256<float> powers = Vector256.Floor((x * Vector256.Create(1.44269504f)) + Vector256.Create(0.5f));
        Vector256<float> rest = x - (powers * Vector256.Create(0.693359375f)) - (powers * Vector256.Create(-2.12194440e-4f));
        Vector256<float> sum = Vector256.Create(1.9875691500e-4f);
        sum = (sum * rest) + Vector256.Create(1.3981999507e-3f);
        sum = (sum * rest) + Vector256.Create(8.3334519073e-3f);
        sum = (sum * rest) + Vector256.Create(4.1665795894e-2f);
        sum = (sum * rest) + Vector256.Create(1.6666665459e-1f);
        sum = (sum * rest) + Vector256.Create(0.5f);
        sum = (sum * rest * rest) + rest + Vector256<float>.One;
        Vector256<int> exponents = (Vector256.ConvertToInt32(powers) + Vector256.Create(127)) << 23;
        return sum * exponents.AsSingle();
    }
}

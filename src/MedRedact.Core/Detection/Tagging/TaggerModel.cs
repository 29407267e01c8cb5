using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MedRedact.Detection;

/// <summary>Weights that tag: a row of sixteen bytes a feature, and weights from label to label. Immutable once made.</summary>
internal sealed class TaggerModel
{
    private static readonly Lazy<TaggerModel> s_default = new(TaggerModelFile.ReadEmbedded, LazyThreadSafetyMode.ExecutionAndPublication);
    private readonly sbyte[] _rows;

    public TaggerModel(int bits, float scale, sbyte[] rows, Transitions transitions, int digest)
    {
        (Bits, Scale, _rows, Transitions, Digest) = (bits, scale, rows, transitions, digest);
        transitions.Refresh();
    }

    /// <summary>The one that ships, read when first asked for.</summary>
    public static TaggerModel Default => s_default.Value;

    /// <summary>The base-2 logarithm of the number of rows.</summary>
    public int Bits { get; }

    /// <summary>What one step of a weight is worth.</summary>
    public float Scale { get; }

    public Transitions Transitions { get; }

    /// <summary>31 bits of the file's hash: which model this is.</summary>
    public int Digest { get; }

    public ReadOnlySpan<sbyte> Rows => _rows;

    /// <summary>Adds up the rows of a token's features, scaled.</summary>
    public void Score(ReadOnlySpan<int> features, Span<float> scores)
    {
        Vector256<short> sum = default;
        ref sbyte weights = ref MemoryMarshal.GetArrayDataReference(_rows);
        foreach (int row in features)
        {
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref Unsafe.Add(ref weights, row * Tags.Lanes)));
            sum += Vector256.Create(low, high);
        }

        (Vector256<int> first, Vector256<int> second) = Vector256.Widen(sum);
        new Lanes(Vector256.ConvertToSingle(first) * Vector256.Create(Scale), Vector256.ConvertToSingle(second) * Vector256.Create(Scale)).Store(scores, 0);
    }

    /// <summary>What the rows give one label.</summary>
    public float Score(ReadOnlySpan<int> features, int tag)
    {
        int sum = 0;
        foreach (int row in features)
            sum += _rows[(row * Tags.Lanes) + tag];
        return sum * Scale;
    }
}

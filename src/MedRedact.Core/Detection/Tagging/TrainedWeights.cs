namespace MedRedact.Detection;

/// <summary>Weights in training: steps shrink for a weight as its past slopes add up (AdaGrad).</summary>
internal sealed class TrainedWeights(int bits)
{
    private const float Rate = 0.1f;
    private const float Start = 1f;
    private const float Widest = 6f;

    private readonly float[] _rows = new float[Tags.Lanes << bits];
    private readonly float[] _slopes = new float[Tags.Lanes << bits];
    private readonly float[] _transitionSlopes = new float[Transitions.Size];

    public Transitions Transitions { get; } = new();

    public void Score(ReadOnlySpan<int> features, Span<float> scores)
    {
        Lanes sum = default;
        foreach (int row in features)
            sum += Lanes.Load(_rows, row * Tags.Lanes);
        sum.Store(scores, 0);
    }

    /// <summary>One step against the slope, in every row of a token's features.</summary>
    public void Descend(ReadOnlySpan<int> features, Lanes slope)
    {
        Lanes square = slope * slope;
        foreach (int row in features)
            Descend(_rows, _slopes, row * Tags.Lanes, slope, square);
    }

    public void DescendStep(int at, Lanes slope) => Descend(Transitions.Weights, _transitionSlopes, at, slope, slope * slope);

    private static void Descend(float[] weights, float[] slopes, int at, Lanes slope, Lanes square)
    {
        Lanes sum = Lanes.Load(slopes, at) + square;
        sum.Store(slopes, at);
        (Lanes.Load(weights, at) - (Lanes.Of(Rate) * slope / (Lanes.Of(Start) + sum).SquareRoot())).Store(weights, at);
    }

    /// <summary>The same in bytes.</summary>
    public TaggerModel ToModel()
    {
        float largest = 0.01f;
        foreach (float weight in _rows)
            largest = Math.Max(largest, Math.Abs(weight));
        float scale = Math.Min(largest, Widest) / sbyte.MaxValue;
        var rows = new sbyte[_rows.Length];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = (sbyte)Math.Clamp(MathF.Round(_rows[i] / scale), -sbyte.MaxValue, sbyte.MaxValue);
        var transitions = new Transitions();
        Transitions.Weights.CopyTo(transitions.Weights, 0);
        return new TaggerModel(bits, scale, rows, transitions, 0);
    }
}

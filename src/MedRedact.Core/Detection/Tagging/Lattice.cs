namespace MedRedact.Detection;

/// <summary>
/// All ways to label one sequence, summed: what share of them gives each token each label. The tokens around the sequence are outside
/// anything, so it is entered from and left to that label.
/// </summary>
internal sealed class Lattice
{
    private const float Tiny = 1e-30f;

    private readonly float[] _scores = new float[TaggerGate.LongestSequence * Tags.Lanes];
    private readonly float[] _emissions = new float[TaggerGate.LongestSequence * Tags.Lanes];
    private readonly float[] _forward = new float[TaggerGate.LongestSequence * Tags.Lanes];
    private readonly float[] _backward = new float[TaggerGate.LongestSequence * Tags.Lanes];
    private readonly byte[] _steps = new byte[TaggerGate.LongestSequence + 1];

    public int Length { get; private set; }

    /// <summary>Begins a sequence of so many tokens.</summary>
    public void Begin(int length) => Length = length;

    /// <summary>The scores of a token's labels, to be filled in before <see cref="Sum"/>.</summary>
    public Span<float> Scores(int token) => _scores.AsSpan(token * Tags.Lanes, Tags.Lanes);

    /// <summary>How a token stands to the one before; at <see cref="Length"/>, how the first after the sequence does.</summary>
    public void SetStep(int token, Step step) => _steps[token] = (byte)step;

    public int StepTo(int token) => _steps[token];

    /// <summary>The share of all labellings that gives a token each label.</summary>
    public Lanes Share(int token)
    {
        Lanes product = Lanes.Load(_forward, token * Tags.Lanes) * Lanes.Load(_backward, token * Tags.Lanes);
        return product / Lanes.Of(Math.Max(product.Sum(), Tiny));
    }

    /// <summary>The share that gives a token one label and the next each label; <paramref name="from"/> is of the token before.</summary>
    public Lanes ShareOfStep(Transitions transitions, int token, int from, float scale)
    {
        float before = token == 0 ? from == Tags.Outside ? 1 : 0 : _forward[((token - 1) * Tags.Lanes) + from];
        return Lanes.Of(before * scale) * transitions.From(_steps[token], from) * Lanes.Load(_emissions, token * Tags.Lanes) * Lanes.Load(_backward, token * Tags.Lanes);
    }

    /// <summary>Sums over all labellings, or over those that each token's mask of labels allows.</summary>
    public void Sum(Transitions transitions, ReadOnlySpan<int> allowed = default)
    {
        for (int t = 0; t < Length; t++)
            Emit(t, allowed.IsEmpty ? Tags.Any : allowed[t]);
        Lanes forward = transitions.From(_steps[0], Tags.Outside) * Lanes.Load(_emissions, 0);
        Normal(forward).Store(_forward, 0);
        for (int t = 1; t < Length; t++)
        {
            Lanes sum = default;
            for (int from = 0; from < Tags.Count; from++)
                sum += Lanes.Of(_forward[((t - 1) * Tags.Lanes) + from]) * transitions.From(_steps[t], from);
            Normal(sum * Lanes.Load(_emissions, t * Tags.Lanes)).Store(_forward, t * Tags.Lanes);
        }

        Normal(transitions.To(_steps[Length], Tags.Outside)).Store(_backward, (Length - 1) * Tags.Lanes);
        for (int t = Length - 2; t >= 0; t--)
        {
            Lanes ahead = Lanes.Load(_emissions, (t + 1) * Tags.Lanes) * Lanes.Load(_backward, (t + 1) * Tags.Lanes);
            ahead.Store(_scratch, 0);
            Lanes sum = default;
            for (int to = 0; to < Tags.Count; to++)
                sum += Lanes.Of(_scratch[to]) * transitions.To(_steps[t + 1], to);
            Normal(sum).Store(_backward, t * Tags.Lanes);
        }
    }

    private readonly float[] _scratch = new float[Tags.Lanes];

    /// <summary>The exponentials of a token's scores, the largest being one.</summary>
    private void Emit(int token, int allowed)
    {
        Lanes scores = Lanes.Load(_scores, token * Tags.Lanes);
        (scores - Lanes.Of(scores.Largest())).Exponential().Store(_emissions, token * Tags.Lanes);
        for (int tag = 0; tag < Tags.Lanes; tag++)
        {
            if ((allowed >> tag & 1) == 0 || tag >= Tags.Count)
                _emissions[(token * Tags.Lanes) + tag] = 0;
        }
    }

    private static Lanes Normal(Lanes values) => values / Lanes.Of(Math.Max(values.Sum(), Tiny));
}

namespace MedRedact.Detection;

/// <summary>How a token stands to the one before: each has its own weights from label to label.</summary>
internal enum Step : byte
{
    Glued = 0,
    Spaced,
    Gap,
    NewLine,
    NewParagraph,
}

/// <summary>Weights from label to label, and their exponentials in the two orders that sums over paths need.</summary>
internal sealed class Transitions
{
    public const int Steps = 5;
    public const int Size = Steps * Tags.Lanes * Tags.Lanes;

    private readonly float[] _forward = new float[Size];
    private readonly float[] _backward = new float[Size];

    /// <summary>By step, label before, label.</summary>
    public float[] Weights { get; } = new float[Size];

    public static Step StepTo(in TextScan scan, int token)
    {
        if (token <= 0 || token >= scan.Count)
            return Step.NewParagraph;
        int lines = scan.Tokens[token].Line - scan.Tokens[token - 1].Line;
        return lines > 1 ? Step.NewParagraph : lines == 1 ? Step.NewLine : scan.Tokens[token].IsAfterGap ? Step.Gap : scan.Tokens[token].IsGlued ? Step.Glued : Step.Spaced;
    }

    public static int At(int step, int from) => ((step * Tags.Lanes) + from) * Tags.Lanes;

    /// <summary>The row of factors from one label to all.</summary>
    public Lanes From(int step, int from) => Lanes.Load(_forward, At(step, from));

    /// <summary>The row of factors to one label from all.</summary>
    public Lanes To(int step, int to) => Lanes.Load(_backward, At(step, to));

    /// <summary>Takes the weights over; called after they change.</summary>
    public void Refresh()
    {
        for (int row = 0; row < Size; row += Tags.Lanes)
            Lanes.Load(Weights, row).Exponential().Store(_forward, row);
        for (int step = 0; step < Steps; step++)
        {
            for (int from = 0; from < Tags.Lanes; from++)
            {
                for (int to = 0; to < Tags.Lanes; to++)
                {
                    float factor = from < Tags.Count && to < Tags.Count && Tags.MayFollow(from, to) ? _forward[At(step, from) + to] : 0;
                    _forward[At(step, from) + to] = factor;
                    _backward[At(step, to) + from] = factor;
                }
            }
        }
    }
}

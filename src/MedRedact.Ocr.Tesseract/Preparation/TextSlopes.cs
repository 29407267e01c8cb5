namespace MedRedact.Ocr.Tesseract;

/// <summary>A line of text as it runs.</summary>
/// <param name="X">Its middle.</param>
/// <param name="Y">Its middle, at the feet of its letters.</param>
/// <param name="Slope">How far it falls from pixel to pixel.</param>
internal readonly record struct RunningLine(double X, double Y, double Slope);

/// <summary>How the lines of a page run, each by itself: parallel on a page that lies flat, and towards one point where the page was seen from aside.</summary>
internal sealed class TextSlopes
{
    /// <summary>Slopes of lines on a flat page lie within one and a half degrees.</summary>
    public const double Level = 0.026;

    private const int FewestLines = 8, FewestLetters = 10;
    private const double ShortestInLetters = 14;       // small letters side by side
    private const double Reach = 2.5, Step = 0.6;      // to the next letter, in small letters across and down

    private TextSlopes(IReadOnlyList<RunningLine> lines)
    {
        Lines = lines;
        double[] slopes = [.. lines.Select(line => line.Slope).Order()];
        Spread = slopes.Length == 0 ? 0 : slopes[^(1 + (slopes.Length / 10))] - slopes[slopes.Length / 10];
    }

    /// <summary>Those that are long enough to tell.</summary>
    public IReadOnlyList<RunningLine> Lines { get; }

    /// <summary>Whether there are lines enough to judge a page by.</summary>
    public bool AreEnough => Lines.Count >= FewestLines;

    /// <summary>The difference between the steepest and the least steep, a tenth at either end left out.</summary>
    public double Spread { get; }

    public static TextSlopes Of(PageMeasure measure, int width)
    {
        double letter = measure.LetterHeight;
        Box[] letters = letter == 0
            ? []
            : [.. measure.Letters.Where(box => box.Height >= letter * 0.7 && box.Height <= letter * 2.2 && box.Width < width / 4).OrderBy(box => box.Left)];
        int[] next = Chain(letters, letter);
        bool[] follows = new bool[letters.Length];
        foreach (int at in next.Where(at => at >= 0))
            follows[at] = true;

        var lines = new List<RunningLine>();
        for (int first = 0; first < letters.Length; first++)
        {
            if (follows[first])
                continue;

            var feet = new List<(double At, double Value)>();
            for (int at = first; at >= 0; at = next[at])
                feet.Add(((letters[at].Left + letters[at].Right) / 2.0, letters[at].Bottom));
            if (feet.Count < FewestLetters || feet[^1].At - feet[0].At < ShortestInLetters * letter)
                continue;

            var line = StraightFit.Of(feet);
            double middle = (feet[0].At + feet[^1].At) / 2;
            lines.Add(new(middle, line.At(middle), line.Slope));
        }

        return new(lines);
    }

    /// <summary>For each letter the next in its line, or -1; no letter comes after two.</summary>
    private static int[] Chain(Box[] letters, double letter)
    {
        int[] next = new int[letters.Length];
        Array.Fill(next, -1);
        bool[] taken = new bool[letters.Length];
        for (int i = 0; i < letters.Length; i++)
        {
            double best = double.MaxValue;
            for (int j = i + 1; j < letters.Length && letters[j].Left - letters[i].Right <= Reach * letter; j++)
            {
                double gap = letters[j].Left - letters[i].Right, fall = Math.Abs(letters[j].Bottom - letters[i].Bottom), cost = Math.Abs(gap) + (2 * fall);
                if (!taken[j] && gap > -letter && fall <= Step * letter && cost < best)
                    (best, next[i]) = (cost, j);
            }

            if (next[i] >= 0)
                taken[next[i]] = true;
        }

        return next;
    }
}

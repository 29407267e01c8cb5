namespace MedRedact.Layout;

/// <summary>Lines of one sentence after another, as they run down a column: each goes on where the one above had no more room. Never interrupted by what stands
/// beside it.</summary>
internal sealed class RunningText(IReadOnlyList<Strip> lines, double fullLines)
{
    private const int FewestLines = 5, ManyLines = 8;
    private const double FullLines = 0.75, NearlyAllFull = 0.85;
    private const double ShortestFull = 0.8;     // of the column's width
    private const double SmallStarts = 0.2;
    private const double Narrowest = 14;     // heights of a line: a column of a newspaper has 25, one of a table with long cells 15
    private const double FewestWords = 3;
    private const double WidestMarker = 3;   // heights: the number or the dot of a list

    public IReadOnlyList<Strip> Lines { get; } = lines;

    public Place Place { get; } = lines.Select(line => line.Place).Aggregate((one, other) => one.Union(other));

    public double Height { get; } = lines.Select(line => line.Height).Median(1);

    /// <summary>Whether so many lines are full that chance has no part in it.</summary>
    public bool IsCertain { get; } = lines.Count >= ManyLines && fullLines >= NearlyAllFull;

    /// <summary>Finds the running texts among strips, the topmost first. Lists, tables and fields are none: their lines end where their text does.</summary>
    public static List<RunningText> Of(IReadOnlyList<Strip> strips)
    {
        var found = new List<RunningText>();
        Strip[] downward = [.. strips.OrderBy(strip => strip.Place.Middle)];
        bool[] taken = new bool[downward.Length];
        for (int i = 0; i < downward.Length; i++)
        {
            if (!taken[i])
                found.AddRange(Passages(Stack(downward, i, taken), downward).Select(Running).OfType<RunningText>());
        }

        return found;
    }

    /// <summary>Takes strips that stand below each other at the pitch of lines, flush left but for the indent of a paragraph.</summary>
    private static List<int> Stack(Strip[] downward, int top, bool[] taken)
    {
        var stack = new List<int> { top };
        taken[top] = true;
        for (int i = top + 1; i < downward.Length; i++)
        {
            Strip above = downward[stack[^1]], next = downward[i];
            double gap = next.Place.Top - above.Place.Bottom;
            if (gap > 1.5 * above.Height)
                break;
            if (taken[i] || gap < -above.Height / 2 || Math.Abs(next.Place.Left - above.Place.Left) > 3 * above.Height || !AreOneSize(above, next))
                continue;

            stack.Add(i);
            taken[i] = true;
        }

        return stack;
    }

    /// <summary>Cuts a stack where a line that was not full is followed by one with something before it: the next item of a list, the next row of a table.</summary>
    private static IEnumerable<List<Strip>> Passages(List<int> stack, Strip[] downward)
    {
        double left = stack.Min(line => downward[line].Place.Left), right = stack.Max(line => downward[line].Place.Right);
        var passage = new List<Strip>();
        foreach (int line in stack)
        {
            if (passage.Count > 0 && StartsAnew(downward, line, IsFull(passage[^1], downward[line], right, right - left)))
            {
                yield return passage;
                passage = [];
            }

            passage.Add(downward[line]);
        }

        yield return passage;
    }

    /// <summary>Whether something stands before a line: the marker of a list in any case, anything else where the line above was not full.</summary>
    private static bool StartsAnew(Strip[] downward, int line, bool isAboveFull)
    {
        Strip of = downward[line];
        bool IsBefore(Strip strip) =>
            strip.Place.Right <= of.Place.Left && of.Place.Left - strip.Place.Right < 8 * of.Height && strip.Place.SharedHeight(of.Place) > 0.5
            && (!isAboveFull || strip.Place.Width < WidestMarker * of.Height);
        bool IsNear(Strip strip) => Math.Abs(strip.Place.Middle - of.Place.Middle) < of.Height;

        return downward.Take(line).Reverse().TakeWhile(IsNear).Any(IsBefore) || downward.Skip(line + 1).TakeWhile(IsNear).Any(IsBefore);
    }

    private static bool AreOneSize(Strip one, Strip other) => one.Height < 1.5 * other.Height && other.Height < 1.5 * one.Height;

    private static RunningText? Running(List<Strip> lines)
    {
        if (lines.Count < FewestLines)
            return null;

        double left = lines.Min(line => line.Place.Left), right = lines.Max(line => line.Place.Right), height = lines.Select(line => line.Height).Median(1);
        double follow = lines.Count - 1;
        double full = Enumerable.Range(1, lines.Count - 1).Count(i => IsFull(lines[i - 1], lines[i], right, right - left)) / follow;
        return full >= FullLines
            && lines.Skip(1).Count(line => line.StartsSmall) >= SmallStarts * follow
            && lines.Average(line => line.Place.Width) >= Narrowest * height
            && lines.Average(line => line.Words.Length) >= FewestWords
            ? new RunningText(lines, full)
            : null;
    }

    /// <summary>Whether a line reaches far enough and the first word of the next had no room in it.</summary>
    private static bool IsFull(Strip line, Strip next, double right, double width) =>
        right - line.Place.Right is var room && room < next.Words[0].Place.Width + (line.Height / 2) && room < (1 - ShortestFull) * width;
}

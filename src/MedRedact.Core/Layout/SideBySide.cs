namespace MedRedact.Layout;

/// <summary>Takes a page apart where running text stands beside something else, so that each part is read for itself.</summary>
internal static class SideBySide
{
    private const double LeastOverlap = 2.5;   // lines
    private const double RowsOfATable = 0.6;
    private const double WidestBreak = 3;      // heights of a line: a wider band of paper ends the columns

    /// <summary>The first place where the strips have to be parted.</summary>
    /// <returns>Parts in reading order, each smaller than the whole; <see langword="null"/> where rows are read across the whole width.</returns>
    public static IReadOnlyList<IReadOnlyList<Strip>>? First(List<RunningText> running, IReadOnlyList<Strip> strips)
    {
        for (int i = 0; i < running.Count; i++)
        {
            for (int j = 0; j < running.Count; j++)
            {
                if (i != j && AreColumns(running[i], running[j]))
                    return Columns(running[i], running[j], strips);
            }
        }

        return running.Select(text => Beside(text, strips)).FirstOrDefault(parts => parts is not null);
    }

    private static bool AreColumns(RunningText left, RunningText right) =>
        right.Place.Left - left.Place.Right > -left.Height / 2
        && Math.Min(left.Place.Bottom, right.Place.Bottom) - Math.Max(left.Place.Top, right.Place.Top) > LeastOverlap * 1.3 * left.Height;

    /// <summary>Columns reach up and down as far as nothing crosses the gutter between them and no wide band of paper parts them from what follows.</summary>
    private static IReadOnlyList<IReadOnlyList<Strip>> Columns(RunningText left, RunningText right, IReadOnlyList<Strip> strips)
    {
        double gutter = (left.Place.Right + right.Place.Left) / 2, margin = Math.Min(left.Height, right.Height) / 2;
        double top = Math.Max(left.Place.Top, right.Place.Top), bottom = Math.Min(left.Place.Bottom, right.Place.Bottom);
        bool Crosses(Strip strip) => strip.Place.Left < gutter - margin && strip.Place.Right > gutter + margin;

        foreach (Strip strip in strips.Where(strip => strip.Place.Middle < top).OrderByDescending(strip => strip.Place.Bottom))
        {
            if (Crosses(strip) || top - strip.Place.Bottom > WidestBreak * left.Height)
                break;
            top = Math.Min(top, strip.Place.Top);
        }

        foreach (Strip strip in strips.Where(strip => strip.Place.Middle > bottom).OrderBy(strip => strip.Place.Top))
        {
            if (Crosses(strip) || strip.Place.Top - bottom > WidestBreak * left.Height)
                break;
            bottom = Math.Max(bottom, strip.Place.Bottom);
        }

        bool IsWithin(Strip strip) => strip.Place.Middle >= top && strip.Place.Middle <= bottom;
        bool IsLeft(Strip strip) => strip.Place.Left + strip.Place.Right < 2 * gutter;
        return
        [
            [.. strips.Where(strip => strip.Place.Middle < top)],
            [.. strips.Where(strip => IsWithin(strip) && IsLeft(strip))],
            [.. strips.Where(strip => IsWithin(strip) && !IsLeft(strip))],
            [.. strips.Where(strip => strip.Place.Middle > bottom)],
        ];
    }

    /// <summary>What stands beside a running text is read before it or after it, and never between its lines. A label before the first line or a word after the
    /// last one is no interruption; something beside nearly every line makes rows of a table, unless the text certainly runs.</summary>
    private static IReadOnlyList<IReadOnlyList<Strip>>? Beside(RunningText text, IReadOnlyList<Strip> strips)
    {
        var own = new HashSet<Strip>(text.Lines);
        double top = text.Lines.Min(line => line.Place.Middle) - (text.Height / 2), bottom = text.Lines.Max(line => line.Place.Middle) + (text.Height / 2);
        double middle = (text.Place.Left + text.Place.Right) / 2;
        Side SideOf(Strip strip) =>
            own.Contains(strip) ? Side.Within
            : strip.Place.Middle < top ? Side.Above
            : strip.Place.Middle > bottom ? Side.Below
            : (strip.Place.Left + strip.Place.Right) / 2 < middle ? Side.Before : Side.After;

        ILookup<Side, Strip> parts = strips.ToLookup(SideOf);
        Strip[] beside = [.. parts[Side.Before], .. parts[Side.After]];
        bool isInterrupted = !parts[Side.Before].All(strip => IsLevel(strip, text.Lines[0])) || !parts[Side.After].All(strip => IsLevel(strip, text.Lines[^1]));
        bool isTable = !text.IsCertain && text.Lines.Count(line => Array.Exists(beside, strip => IsLevel(strip, line))) >= RowsOfATable * text.Lines.Count;
        return !isInterrupted || isTable
            ? null
            : [[.. parts[Side.Above]], [.. parts[Side.Before]], [.. text.Lines], [.. parts[Side.After]], [.. parts[Side.Below]]];
    }

    private enum Side
    {
        Above,
        Before,
        Within,
        After,
        Below,
    }

    private static bool IsLevel(Strip one, Strip other) => one.Place.SharedHeight(other.Place) > 0.5;
}

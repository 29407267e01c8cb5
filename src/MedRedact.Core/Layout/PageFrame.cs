using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>The way a page lies, told from its lines alone: turned, askew, in perspective, or written from right to left. Gives every box its place on the page made
/// straight; of text from right to left the mirror image, so that who reads places always goes to the right.</summary>
/// <remarks>Boxes lie on the original page, of which an engine has read a straightened copy or not; what it knew of the slope is not asked.</remarks>
internal sealed class PageFrame
{
    private const double ShortestLine = 6;     // heights: the slope of a shorter one says little
    private const int FewestLines = 9;         // three for each third of the page
    private const double MostKeystone = 0.15;

    private readonly double _alongX, _alongY, _downX, _downY;
    private double _slope, _steepening, _centre;

    private PageFrame((double X, double Y) along, (double X, double Y) down) =>
        (_alongX, _alongY, _downX, _downY) = (along.X, along.Y, down.X, down.Y);

    /// <summary>Finds the frame of a page or of a part of it whose lines run one way.</summary>
    public static PageFrame Of(PageLayout layout, ReadOnlySpan<char> text)
    {
        ImmutableArray<LayoutLine> lines = layout.Lines;
        (double X, double Y) along = Axis(lines);
        double onward = 0;
        int back = 0;
        foreach (LayoutLine line in lines)
        {
            bool isBack = RightToLeft.Is(text, line);
            onward += isBack ? -Along(line, along) : Along(line, along);
            back += isBack ? 1 : -1;
        }

        if (onward == 0)
            return Of(layout);

        if (onward < 0)
            along = (-along.X, -along.Y);
        var frame = new PageFrame(back > 0 ? (-along.X, -along.Y) : along, (-along.Y, along.X));
        frame.Straighten(lines);
        return frame;
    }

    /// <summary>Finds the frame of a page in reading order by the order of its lines, where its text is not at hand.</summary>
    public static PageFrame Of(PageLayout layout)
    {
        ImmutableArray<LayoutLine> lines = layout.Lines;
        (double X, double Y) along = Axis(lines);
        (double X, double Y) down = (-along.Y, along.X);
        if (Descent(lines, down) < 0)
            (down, along) = ((-down.X, -down.Y), (-along.X, -along.Y));
        double onward = lines.Sum(line => Along(line, along));
        bool isMirrored = onward < 0;
        var frame = new PageFrame(isMirrored ? (-along.X, -along.Y) : along, down);
        frame.Straighten(lines);
        return frame;
    }

    /// <summary>Whether lines run to the right, whatever little they slope. Text from right to left, whose mirror image this is, counts as upright too.</summary>
    public bool IsUpright => Math.Abs(_alongX) > 0.7 && _downY > 0;

    /// <summary>Where a box of the original page stands. The box of a slanting word is higher than the word; the place is not.</summary>
    public Place PlaceOf(Box box)
    {
        (double x, double y) = Centre(box);
        double across = (x * _alongX) + (y * _alongY);
        double down = (x * _downX) + (y * _downY);
        down -= (_slope + (_steepening * down)) * (across - _centre);

        // A box is as wide as the turned word is, so its sides are solved for those of the word; near the diagonal they say nothing.
        double cos = Math.Abs(_alongX), sin = Math.Abs(_alongY), turn = (cos * cos) - (sin * sin);
        (double width, double height) = Math.Abs(turn) < 0.3
            ? (box.Width, box.Height)
            : (((cos * box.Width) - (sin * box.Height)) / turn, ((cos * box.Height) - (sin * box.Width)) / turn);
        (width, height) = (Math.Max(1, width), Math.Max(1, height));
        return new Place(across - (width / 2), down - (height / 2), across + (width / 2), down + (height / 2));
    }

    /// <summary>The direction of the lines, either way: the axis that most of their length lies along.</summary>
    private static (double X, double Y) Axis(ImmutableArray<LayoutLine> lines)
    {
        double cos = 0, sin = 0;
        foreach ((double x, double y) in lines.Where(line => line.Words.Length > 1).Select(Vector))
        {
            double length = Math.Max(1e-9, Math.Sqrt((x * x) + (y * y)));
            cos += ((x * x) - (y * y)) / length;
            sin += 2 * x * y / length;
        }

        double angle = cos == 0 && sin == 0 ? 0 : Math.Atan2(sin, cos) / 2;
        return (Math.Cos(angle), Math.Sin(angle));
    }

    /// <summary>Whether lines that follow each other in a block go down, more than 0, or up. One step counts no more than a few lines' height.</summary>
    private static double Descent(ImmutableArray<LayoutLine> lines, (double X, double Y) down)
    {
        double sum = 0, onward = lines.Sum(line => Along(line, (down.Y, -down.X)));
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Block != lines[i - 1].Block)
                continue;

            (double x1, double y1) = Centre(lines[i - 1].Box);
            (double x2, double y2) = Centre(lines[i].Box);
            double most = 3 * Math.Min(Smaller(lines[i].Words[0].Box), Smaller(lines[i - 1].Words[0].Box));
            sum += Math.Clamp(((x2 - x1) * down.X) + ((y2 - y1) * down.Y), -most, most);
        }

        // A single line cannot tell: it is taken to run to the right.
        return sum != 0 ? sum : onward;
    }

    /// <summary>What slope the axis left, and how it changes from the top of the page to its foot, as on a photograph taken from above or below
    /// (Tukey's resistant line through the slopes of the lines).</summary>
    private void Straighten(ImmutableArray<LayoutLine> lines)
    {
        var slopes = new List<(double Down, double Across, double Slope, double Length)>();
        foreach (LayoutLine line in lines.Where(line => line.Words.Length > 1))
        {
            Place first = PlaceOf(line.Words[0].Box), last = PlaceOf(line.Words[^1].Box);
            double length = ((last.Left + last.Right) - (first.Left + first.Right)) / 2;
            if (length > ShortestLine * Math.Max(first.Height, last.Height))
                slopes.Add(((first.Middle + last.Middle) / 2, (first.Left + last.Right) / 2, (last.Middle - first.Middle) / length, length));
        }

        if (slopes.Count == 0)
            return;

        _centre = slopes.Select(line => line.Across).Median(0);
        double slope = slopes.Select(line => (line.Slope, line.Length)).Median(0), steepening = 0, middle = 0;
        if (slopes.Count >= FewestLines)
        {
            slopes.Sort((one, other) => one.Down.CompareTo(other.Down));
            int third = slopes.Count / 3;
            (double Down, double Slope) upper = Typical(slopes[..third]), lower = Typical(slopes[^third..]);
            double height = lower.Down - upper.Down;
            if (height > 0 && Math.Abs(lower.Slope - upper.Slope) is > 0.004 and < MostKeystone)
            {
                steepening = (lower.Slope - upper.Slope) / height;
                middle = slopes.Select(line => line.Down).Median(0);
                slope = slopes.Select(line => (line.Slope - (steepening * (line.Down - middle)), line.Length)).Median(0);
            }
        }

        (_slope, _steepening) = (slope - (steepening * middle), steepening);
    }

    private static (double Down, double Slope) Typical(List<(double Down, double Across, double Slope, double Length)> lines) =>
        (lines.Select(line => line.Down).Median(0), lines.Select(line => (line.Slope, line.Length)).Median(0));

    private static (double X, double Y) Vector(LayoutLine line)
    {
        (double x1, double y1) = Centre(line.Words[0].Box);
        (double x2, double y2) = Centre(line.Words[^1].Box);
        return (x2 - x1, y2 - y1);
    }

    private static double Along(LayoutLine line, (double X, double Y) along)
    {
        (double x, double y) = Vector(line);
        return (x * along.X) + (y * along.Y);
    }

    private static (double X, double Y) Centre(Box box) => (box.Left + (box.Width / 2.0), box.Top + (box.Height / 2.0));

    private static double Smaller(Box box) => Math.Min(box.Width, box.Height);
}

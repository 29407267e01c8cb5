using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>What was painted for one finding, as the manifest of the document says it.</summary>
/// <param name="Category">What was found.</param>
/// <param name="Rule">By which rule.</param>
/// <param name="Box">What was painted over.</param>
internal readonly record struct PaintedBox(string Category, string Rule, Box Box);

/// <summary>The pixels of a page that were painted over. A manifest is not believed: a box counts only where the released pixels bear it out.</summary>
internal sealed class Paint
{
    // A label is drawn with letters, which cover some of the old ink with ink again; more than this is no paint.
    private const double MostInkAlike = 0.5;

    private readonly bool[] _painted;
    private readonly int _width;

    private Paint(bool[] painted, int width, ImmutableArray<PaintedBox> boxes, long changedElsewhere) =>
        (_painted, _width, Boxes, ChangedElsewhere) = (painted, width, boxes, changedElsewhere);

    /// <summary>The boxes that count.</summary>
    public ImmutableArray<PaintedBox> Boxes { get; }

    /// <summary>Pixels outside all boxes that are not what they were: none, or the manifest does not say all.</summary>
    public long ChangedElsewhere { get; }

    /// <summary>Compares a page before and after.</summary>
    public static Paint Between(PageInk before, PageInk after, IEnumerable<PaintedBox> claimed)
    {
        var painted = new bool[before.Size.Width * before.Size.Height];
        var boxes = ImmutableArray.CreateBuilder<PaintedBox>();
        foreach (PaintedBox one in claimed)
        {
            Box box = before.Within(one.Box);
            if (!IsPainted(before, after, box))
                continue;
            boxes.Add(one with { Box = box });
            for (int y = box.Top; y < box.Bottom; y++)
                painted.AsSpan((y * before.Size.Width) + box.Left, box.Width).Fill(true);
        }

        long changed = 0;
        for (int at = 0; at < painted.Length; at++)
            changed += !painted[at] && before.Gray(at) != after.Gray(at) ? 1 : 0;
        return new Paint(painted, before.Size.Width, boxes.ToImmutable(), changed);
    }

    public bool Covers(int at) => _painted[at];

    /// <summary>The ink of a place: how much of it is painted over.</summary>
    /// <param name="page">The page as it was.</param>
    /// <param name="place">The place.</param>
    /// <param name="owners">Whose the pixels are.</param>
    /// <param name="except">Pixels that also belong to one of these are left out: in tilted print the rectangles of neighbours overlap.</param>
    public Proportion InkCovered(PageInk page, Box place, InkOwners owners, InkOwner except)
    {
        long ink = 0, covered = 0;
        Box box = page.Within(place);
        for (int y = box.Top; y < box.Bottom; y++)
        {
            for (int at = (y * _width) + box.Left; at < (y * _width) + box.Right; at++)
            {
                if (!page.IsInk(at) || owners.IsOneOf(at, except))
                    continue;
                ink++;
                covered += _painted[at] ? 1 : 0;
            }
        }

        return new Proportion(covered, ink);
    }

    /// <summary>The pixels of a place, ink or not: how many are painted over.</summary>
    public Proportion AreaCovered(PageInk page, Box place)
    {
        Box box = page.Within(place);
        long covered = 0;
        for (int y = box.Top; y < box.Bottom; y++)
            covered += _painted.AsSpan((y * _width) + box.Left, box.Width).Count(true);
        return new Proportion(covered, (long)Math.Max(0, box.Width) * Math.Max(0, box.Height));
    }

    private static bool IsPainted(PageInk before, PageInk after, Box box)
    {
        long ink = 0, alike = 0;
        for (int y = box.Top; y < box.Bottom; y++)
        {
            for (int x = box.Left, at = (y * before.Size.Width) + x; x < box.Right; x++, at++)
            {
                if (!before.IsInk(at))
                    continue;
                ink++;
                alike += before.Gray(at) == after.Gray(at) ? 1 : 0;
            }
        }

        return alike <= ink * MostInkAlike;
    }
}

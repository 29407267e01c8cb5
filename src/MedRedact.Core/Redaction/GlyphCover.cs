namespace MedRedact.Redaction;

/// <summary>Finds the boxes that cover whole glyphs: a word's box, a safety margin, and the ink that leaves the box.</summary>
/// <remarks>Ink that touches the box belongs to the finding as far as a third of the text height away: ascenders, descenders, slanted letters.
/// The words that stay limit the growth of the box, not the painting of the finding's own ink.
/// A box is widened to a multiple of one and a half text heights where there is room, and takes the height of its line, so that its size says
/// less about the letters below it.</remarks>
internal sealed class GlyphCover
{
    private const int LeastContrast = 12;

    private readonly Raster _raster;
    private readonly Box _page;
    private readonly Box[] _keptWords;
    private readonly int _margin;

    /// <param name="raster">The original pixels, not painted yet.</param>
    /// <param name="keptWords">Boxes of the words that stay.</param>
    public GlyphCover(Raster raster, IEnumerable<Box> keptWords)
    {
        _raster = raster;
        _page = new Box(0, 0, raster.Width, raster.Height);
        _keptWords = [.. keptWords.Where(word => !word.IsEmpty)];
        _margin = Math.Max(2, (int)Math.Ceiling(2 * raster.Dpi.Value / 300));
    }

    /// <summary>Whether anything stands out from the paper in a box.</summary>
    public bool HasInk(Box box)
    {
        box = box.Intersect(_page);
        if (box.IsEmpty)
            return false;

        byte[] gray = new byte[box.Width * box.Height];
        RasterInk.ReadGray(_raster, box, gray);
        return gray.Max() - gray.Min() >= LeastContrast;
    }

    /// <summary>The box of an area: as it was found, with the safety margin.</summary>
    public Box CoverArea(Box area) => area.Grow(_margin).Intersect(_page);

    /// <summary>The boxes of a stretch of words on one line: the first one covers the words, the others ink that sticks out.</summary>
    /// <param name="words">Covers the words.</param>
    /// <param name="line">Covers the line they stand on.</param>
    public List<Box> CoverWords(Box words, Box line)
    {
        words = words.Intersect(_page);
        int height = words.Height;
        if (line.Height <= height * 8 / 5)
            words = words.Union(Box.FromEdges(words.Left, line.Top, words.Right, line.Bottom).Intersect(_page));

        Box main = words.Grow(_margin).Intersect(_page);
        Box reach = words.Grow(Math.Max(_margin + 1, height / 3)).Intersect(_page);
        Box[] near = [.. _keptWords.Where(kept => kept.Overlaps(reach))];

        var covers = new List<Box> { main };
        foreach (Box outgrowth in Outgrowths(main, words, reach, near))
        {
            Box grown = main.Union(outgrowth);
            if (near.Any(kept => kept.Overlaps(grown) && !kept.Overlaps(main)))
                covers.Add(outgrowth);
            else
                main = grown;
        }

        covers[0] = Widened(main, height);
        return covers;
    }

    /// <summary>Connected ink that leaves the main box, each piece with its safety margin.</summary>
    private List<Box> Outgrowths(Box main, Box words, Box reach, Box[] near)
    {
        InkMap ink = InkMap.Of(_raster, reach);

        // Ink may be followed over the rim of a neighbour's box, where boxes touch, and not into its letters.
        Box[] closed = [.. near.Select(kept => kept.Grow(-Math.Max(1, words.Height / 8))).Where(kept => !kept.IsEmpty)];
        bool IsOpen(int x, int y) => ink[x, y] && !Contains(main, x, y) && !closed.Any(kept => Contains(kept, x, y));

        var seen = new HashSet<(int X, int Y)>();
        var pieces = new List<Box>();
        var waiting = new Stack<(int X, int Y)>();
        foreach ((int x, int y) in RimOf(main))
        {
            if (!ink[x, y])
                continue;

            waiting.Push((x, y));
            Box piece = default;
            while (waiting.TryPop(out (int X, int Y) at))
            {
                for (int dy = -1; dy <= 1; dy++)
                {
                    for (int dx = -1; dx <= 1; dx++)
                    {
                        (int X, int Y) next = (at.X + dx, at.Y + dy);
                        if (IsOpen(next.X, next.Y) && seen.Add(next))
                        {
                            piece = piece.Union(new Box(next.X, next.Y, 1, 1));
                            waiting.Push(next);
                        }
                    }
                }
            }

            if (!piece.IsEmpty)
                pieces.Add(piece.Grow(_margin).Intersect(_page));
        }

        return pieces;
    }

    private Box Widened(Box box, int height)
    {
        int step = Math.Max(1, height * 3 / 2);
        int wanted = box.Left + ((box.Width + step - 1) / step * step);
        int gap = Math.Max(_margin + 1, height / 5);
        foreach (Box kept in _keptWords)
        {
            if (kept.Top < box.Bottom && kept.Bottom > box.Top && kept.Right > box.Right)
                wanted = Math.Min(wanted, kept.Left - gap);
        }

        return Box.FromEdges(box.Left, box.Top, Math.Max(box.Right, Math.Min(wanted, _page.Right)), box.Bottom);
    }

    private static IEnumerable<(int X, int Y)> RimOf(Box box)
    {
        for (int x = box.Left; x < box.Right; x++)
        {
            yield return (x, box.Top);
            yield return (x, box.Bottom - 1);
        }

        for (int y = box.Top + 1; y < box.Bottom - 1; y++)
        {
            yield return (box.Left, y);
            yield return (box.Right - 1, y);
        }
    }

    private static bool Contains(Box box, int x, int y) => x >= box.Left && y >= box.Top && x < box.Right && y < box.Bottom;
}

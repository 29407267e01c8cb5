namespace MedRedact.Redaction;

/// <summary>Finds the boxes that cover whole glyphs: a word's box, a safety margin, and the ink that belongs to it outside the box.</summary>
/// <remarks>Ink that touches the box belongs to the finding as far as a third of the text height away: ascenders, descenders, slanted letters. So do
/// letters beside the box that no other word explains, for engines box words too narrow. The words that stay limit the growth of the box, not the
/// painting of the finding's own ink. A box takes the height of its line and is widened to a multiple of one and a half text heights where there is
/// room, or of a fixed step, so that its size says less about the letters below it; between two words of one line it still shows how far they stand apart.</remarks>
internal sealed class GlyphCover
{
    private const int LeastContrast = 12;

    private readonly Raster _raster;
    private readonly Box _page;
    private readonly Box[] _keptWords;
    private readonly int _margin;
    private readonly int _widthStep;

    /// <param name="raster">The original pixels, not painted yet.</param>
    /// <param name="keptWords">Boxes of the words that stay.</param>
    /// <param name="widthStep">A fixed step of widths in pixels, for both sides; 0: one and a half text heights, to the right.</param>
    public GlyphCover(Raster raster, IEnumerable<Box> keptWords, int widthStep = 0)
    {
        _raster = raster;
        _widthStep = widthStep;
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

        using GrayRegion gray = GrayRegion.Of(_raster, box);
        (byte darkest, byte lightest) = (255, 0);
        foreach (byte value in gray.Pixels)
            (darkest, lightest) = (Math.Min(darkest, value), Math.Max(lightest, value));
        return lightest - darkest >= LeastContrast;
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
        words = WithLineHeight(words, line);
        words = StrayLetters.Adopt(_raster, words, height, _keptWords);
        Box main = words.Grow(_margin).Intersect(_page);
        Box reach = words.Grow(Math.Max(_margin + 1, height / 3)).Intersect(_page);
        Box[] near = [.. _keptWords.Where(kept => kept.Overlaps(reach))];

        var covers = new List<Box> { main };
        foreach (Box piece in Outgrowth.Of(_raster, main, reach, near, height).Select(piece => piece.Grow(_margin).Intersect(_page)))
        {
            Box grown = main.Union(piece);
            if (near.Any(kept => kept.Overlaps(grown) && !kept.Overlaps(main)))
                covers.Add(piece);
            else
                main = grown;
        }

        covers[0] = Widened(main, height);
        return covers;
    }

    /// <summary>The height of the line, unless the line is slanted and its box reaches into the lines around it.</summary>
    private Box WithLineHeight(Box words, Box line)
    {
        Box whole = words.Union(Box.FromEdges(words.Left, line.Top, words.Right, line.Bottom).Intersect(_page));
        return whole.Height * 2 <= words.Height * 3 && !_keptWords.Any(kept => kept.Overlaps(whole) && !kept.Overlaps(words)) ? whole : words;
    }

    private Box Widened(Box box, int height)
    {
        int step = _widthStep > 0 ? _widthStep : Math.Max(1, height * 3 / 2);
        int width = (box.Width + step - 1) / step * step;
        int gap = Math.Max(_margin + 1, height / 5), leftmost = 0, rightmost = _page.Right;
        foreach (Box kept in _keptWords.Where(kept => kept.Top < box.Bottom && kept.Bottom > box.Top))
        {
            if (kept.Right > box.Right)
                rightmost = Math.Min(rightmost, kept.Left - gap);
            if (kept.Left < box.Left)
                leftmost = Math.Max(leftmost, kept.Right + gap);
        }

        int right = Math.Max(box.Right, Math.Min(box.Left + width, rightmost));
        int left = _widthStep > 0 ? Math.Min(box.Left, Math.Max(right - width, leftmost)) : box.Left;
        return Box.FromEdges(left, box.Top, right, box.Bottom);
    }
}

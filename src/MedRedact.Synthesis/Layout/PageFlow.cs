namespace MedRedact.Synthesis;

/// <summary>Fills pages from top to bottom. Lengths are in points, so pages break alike at every resolution.</summary>
internal sealed class PageFlow
{
    private readonly Prose? _runningHeader;
    private bool _afterGap;

    public PageFlow(DocumentStyle style, Prose? runningHeader)
    {
        (Style, _runningHeader) = (style, runningHeader);
        Pages.Add(new LaidOutPage());
        Y = style.Margin * 0.9;
    }

    public DocumentStyle Style { get; }

    public List<LaidOutPage> Pages { get; } = [];

    public LaidOutPage Page => Pages[^1];

    /// <summary>Where the next line's top will be.</summary>
    public double Y { get; set; }

    public double Left => Style.Margin;

    public double Width => Style.TextWidth;

    /// <summary>Starts a new page when less than <paramref name="height"/> is left.</summary>
    public void Ensure(double height)
    {
        if (Y + height <= Style.PageHeight - Style.Margin * 1.15)
            return;
        Pages.Add(new LaidOutPage());
        Y = Style.Margin * 0.75;
        if (_runningHeader is null)
            return;
        Line(Word.Split(_runningHeader), Left, Style.Small);
        Page.Shapes.Add(new(ShapeKind.Line, Left, Y + 2, Width, 0));
        Gap(12);
    }

    public void Gap(double height)
    {
        Y += height;
        _afterGap = true;
    }

    /// <summary>Breaks words into lines no wider than <paramref name="width"/>.</summary>
    public static List<List<Word>> Wrap(List<Word> words, TextStyle style, double width)
    {
        var lines = new List<List<Word>>();
        double used = double.PositiveInfinity, space = Typefaces.Width(" ", style);
        foreach (Word word in words)
        {
            double needed = Typefaces.Width(word.Text, style);
            double before = word.AfterGap ? 3 * space : space;
            if (used + before + needed > width)
            {
                lines.Add([]);
                (used, before) = (0, 0);
            }

            lines[^1].Add(word);
            used += before + needed;
        }

        return lines;
    }

    public static double WidthOf(List<Word> words, TextStyle style) =>
        words.Sum(word => Typefaces.Width(word.Text, style)) + words.Skip(1).Sum(word => word.AfterGap ? 3 : 1) * Typefaces.Width(" ", style);

    /// <summary>Words side by side from <paramref name="x"/> on; <paramref name="y"/> is the top of the line.</summary>
    public static List<PlacedWord> Place(List<Word> words, double x, double y, TextStyle style)
    {
        var placed = new List<PlacedWord>(words.Count);
        double space = Typefaces.Width(" ", style);
        foreach (Word word in words)
        {
            x += placed.Count == 0 ? 0 : word.AfterGap ? 3 * space : space;
            placed.Add(new PlacedWord(word, x, y + style.Size, style, StartsCell: placed.Count == 0 || word.AfterGap));
            x += Typefaces.Width(word.Text, style);
        }

        return placed;
    }

    /// <summary>Adds one line in reading order; advances nothing.</summary>
    public void Add(IReadOnlyList<PlacedWord> words)
    {
        if (words.Count == 0)
            return;
        Page.Lines.Add(new LaidOutLine(words, _afterGap && Page.Lines.Count > 0));
        _afterGap = false;
    }

    public void Line(List<Word> words, double x, TextStyle style)
    {
        Add(Place(words, x, Y, style));
        Y += style.LineHeight;
    }
}

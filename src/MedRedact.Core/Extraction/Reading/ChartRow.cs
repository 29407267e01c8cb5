using System.Collections.Immutable;
using MedRedact.Layout;
using MedRedact.Wording;

namespace MedRedact.Extraction;

/// <summary>Everything that stands at one height of a page, from left to right, in cells that wide gaps part.</summary>
internal sealed class ChartRow
{
    /// <summary>The key of a removed value: "[NAME]" is not the label "Name".</summary>
    private const string NoWord = "Ω";

    private readonly string _text;

    public ChartRow(string text, IReadOnlyList<ChartCell> cells)
    {
        _text = text;
        Cells = [.. cells.OrderBy(cell => cell.Left)];
        Top = cells.Min(cell => cell.Top);
        Bottom = cells.Max(cell => cell.Bottom);

        var tokens = new List<Token>();
        for (int i = 0; i < Cells.Length; i++)
        {
            foreach (LayoutWord word in Cells[i].Words)
                Tokenizer.Split(text, word, i, tokens);
        }

        Tokens = [.. tokens];
        Keys = new FoldedWords();
        foreach (Token token in Tokens)
            Keys.Add(token.IsRemoved ? NoWord : token.Text);
    }

    public ImmutableArray<ChartCell> Cells { get; }

    public ImmutableArray<Token> Tokens { get; }

    /// <summary>The tokens as lexicons compare them.</summary>
    public FoldedWords Keys { get; }

    public double Top { get; }

    public double Bottom { get; }

    /// <summary>Tokens of one cell.</summary>
    public Range TokensOf(int cell)
    {
        int first = 0;
        while (first < Tokens.Length && Tokens[first].Cell < cell)
            first++;

        int end = first;
        while (end < Tokens.Length && Tokens[end].Cell == cell)
            end++;

        return first..end;
    }

    public bool StartsCell(int token) => token == 0 || Tokens[token - 1].Cell != Tokens[token].Cell;

    public bool EndsCell(int token) => token == Tokens.Length - 1 || Tokens[token + 1].Cell != Tokens[token].Cell;

    /// <summary>The stretch from one token to another, which may lie in several cells; the first cell's part where they do not follow each other in the text.</summary>
    public TextSpan Span(int first, int last)
    {
        for (int i = first; i < last; i++)
        {
            if (Tokens[i + 1].Span.Start < Tokens[i].Span.End)
                return TextSpan.FromBounds(Tokens[first].Span.Start, Tokens[i].Span.End);
        }

        // "latex (rash)" keeps the parenthesis that closes within it.
        int end = Tokens[last].Span.End;
        bool isOpen = last > first && Tokens[last].Closes && Tokens[(first + 1)..(last + 1)].Any(token => token.Opens);
        return TextSpan.FromBounds(Tokens[first].Span.Start, isOpen && end < _text.Length && _text[end] == ')' ? end + 1 : end);
    }

    /// <summary>The least sure of some tokens.</summary>
    public double Confidence(int first, int last)
    {
        double lowest = 1;
        for (int i = first; i <= last; i++)
            lowest = Math.Min(lowest, Tokens[i].Confidence.Value);

        return lowest;
    }
}

/// <summary>Words with no wide gap between them, in upright coordinates.</summary>
internal sealed record ChartCell(ImmutableArray<LayoutWord> Words, double Left, double Right, double Top, double Bottom)
{
    public static ChartCell Of(Strip strip) =>
        new([.. strip.Words.Select(word => word.Word)], strip.Place.Left, strip.Place.Right, strip.Place.Top, strip.Place.Bottom);

    /// <summary>How much of the narrower of two cells lies under the other, 0 to 1.</summary>
    public double SharedWidth(ChartCell other) =>
        Math.Max(0, Math.Min(Right, other.Right) - Math.Max(Left, other.Left)) / Math.Max(1, Math.Min(Right - Left, other.Right - other.Left));
}

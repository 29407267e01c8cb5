using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>The parts of one medicine as they are read, row after row.</summary>
internal sealed class Sig
{
    public static readonly FieldName Drug = new("drug"), Strength = new("strength"), Form = new("form"), Dose = new("dose"),
        Route = new("route"), Frequency = new("frequency"), Prn = new("prn"),
        Duration = new("duration"), Quantity = new("quantity"), Refills = new("refills");

    private readonly List<FieldPart> _parts = [];

    public TextSpan Whole { get; private set; }

    public double Confidence { get; private set; } = 1;

    public IEnumerable<FieldPart> Parts => _parts;

    /// <summary>Whether more than a name was read.</summary>
    public bool HasDetail => _parts.Exists(part => part.Name == Strength || part.Name == Dose || part.Name == Route
        || part.Name == Frequency || part.Name == Quantity);

    public bool Has(FieldName name) => _parts.Exists(part => part.Name == name);

    public void Keep(FieldName name, ChartRow row, int first, int last)
    {
        TextSpan span = row.Span(first, last);
        if (Has(name))
            return;

        _parts.Add(new FieldPart(name, span));
        if (Whole.Length == 0)
            Whole = span;
        else if (span.Start >= Whole.Start)
            Whole = TextSpan.FromBounds(Whole.Start, Math.Max(Whole.End, span.End));

        Confidence = Math.Min(Confidence, row.Confidence(first, last));
    }

    /// <summary>Reads on from a token until something is met that a prescription line does not hold.</summary>
    /// <param name="row">The row.</param>
    /// <param name="at">The first token.</param>
    /// <returns>The token after the last that was read.</returns>
    public int ReadOn(ChartRow row, int at)
    {
        int strangers = 0;
        while (at < row.Tokens.Length && strangers <= 2)
        {
            if (ChartLexicon.Drugs.Match(row.Keys, at) is not null && !row.Tokens[at].HasDigit && Has(Drug))
                break;

            // After a semicolon something else begins, and after a comma too, unless the prescription goes on.
            if (at > 0 && row.Tokens[at - 1].HasSemicolon)
                break;

            int next = Step(row, at);
            if (next == at && at > 0 && row.Tokens[at - 1].HasComma && !IsFiller(row.Tokens[at]))
                break;

            strangers = next > at ? 0 : strangers + (IsFiller(row.Tokens[at]) ? 0 : 1);
            if (next == at && row.Tokens[at].HasStop && strangers > 0)
                break;

            at = Math.Max(next, at + 1);
        }

        return at;
    }

    private int Step(ChartRow row, int at)
    {
        ImmutableArray<Token> tokens = row.Tokens;
        if (SigWords.IsEveryCode(tokens[at]) || IsEvery(tokens[at]))
            return Every(row, at);
        if (tokens[at].Text.StartsWith('#') && tokens[at].HasDigit)
            return Take(Quantity, row, at, at);
        if (SigWords.IsAmount(tokens[at]) && at + 1 < tokens.Length && SigWords.IsStrengthUnit(tokens[at + 1]))
            return Take(Has(Strength) ? Dose : Strength, row, at, StrengthEnd(tokens, at + 1));
        if (SigWords.IsCount(tokens[at]) && at + 1 < tokens.Length && Is(row, at + 1, SigPart.Refills))
            return Take(Refills, row, at, at) + 1;
        if (SigWords.IsCount(tokens[at]) && at + 1 < tokens.Length && Is(row, at + 1, SigPart.Form))
            return Take(Dose, row, at, at + 1);
        if (SigWords.Book.Match(row.Keys, at) is not { } word)
            return at;

        int last = at + word.WordCount - 1;
        return word.Meaning switch
        {
            SigPart.Form => Take(Form, row, at, last),
            SigPart.Route => Take(Route, row, at, last),
            SigPart.Frequency => Take(Frequency, row, at, last),
            SigPart.Prn => Take(Prn, row, at, ReasonEnd(tokens, last)),
            SigPart.Quantity or SigPart.Refills when last + 1 < tokens.Length
                && (tokens[last + 1].HasDigit || tokens[last + 1].IsAny("none", "zero")) =>
                Take(word.Meaning == SigPart.Quantity ? Quantity : Refills, row, last + 1, last + 1),
            SigPart.NoRefills => Take(Refills, row, at, last),
            SigPart.Duration when last + 2 < tokens.Length && SigWords.IsCount(tokens[last + 1])
                && SigWords.IsTimeUnit(tokens[last + 2]) => Take(Duration, row, last + 1, last + 2),
            SigPart.Start => at + word.WordCount,
            _ => at,
        };
    }

    private int Take(FieldName name, ChartRow row, int first, int last)
    {
        Keep(name, row, first, last);
        return last + 1;
    }

    private static bool Is(ChartRow row, int at, SigPart part) => SigWords.Book.Match(row.Keys, at) is { } match && match.Meaning == part;

    private static bool IsEvery(Token token) => token.IsAny("every", "cada", "q");

    // "q6h", "q 6 h", "every 4 to 6 hours", "cada 8 horas"; "every morning" is a phrase of its own.
    private int Every(ChartRow row, int at)
    {
        int last = at;
        while (last + 1 < row.Tokens.Length && last - at < 4
            && (SigWords.IsCount(row.Tokens[last + 1]) || LabTokens.IsDash(row.Tokens[last + 1])
                || (last > at && SigWords.IsTimeUnit(row.Tokens[last + 1]))))
            last++;

        if (last == at && IsEvery(row.Tokens[at]))
            return SigWords.Book.Match(row.Keys, at) is { Meaning: SigPart.Frequency } phrase
                ? Take(Frequency, row, at, at + phrase.WordCount - 1) : at;

        return Take(Frequency, row, at, last);
    }

    // "5 mg/325 mg", "250 mg / 5 mL".
    private static int StrengthEnd(ImmutableArray<Token> tokens, int unit) =>
        unit + 3 < tokens.Length && tokens[unit + 1].Text is "/" or "-" && SigWords.IsAmount(tokens[unit + 2])
            && SigWords.IsStrengthUnit(tokens[unit + 3]) ? unit + 3 : unit;

    // "PRN pain", "as needed for shortness of breath".
    private static int ReasonEnd(ImmutableArray<Token> tokens, int last)
    {
        int cell = tokens[last].Cell, end = last;
        while (end + 1 < tokens.Length && end - last < 5 && tokens[end + 1].Cell == cell && !tokens[end].HasComma && !tokens[end].HasStop
            && !tokens[end + 1].HasDigit)
            end++;

        return end;
    }

    private static bool IsFiller(Token token) => token.Text.Length <= 1 || token.HasColon || token.Opens || token.Closes
        || token.IsAny("to", "the", "and", "dose", "mg", "ml", "of", "total", "each", "er", "xr", "sr", "xl", "hcl", "dr", "ec", "hfa",
            "tartrate", "succinate", "sodium", "current", "active", "continue", "home", "new", "de");
}

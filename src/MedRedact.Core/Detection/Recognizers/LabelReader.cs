namespace MedRedact.Detection;

/// <summary>Where the value of a label begins.</summary>
/// <param name="Token">The first token of the value; -1 when there is none.</param>
/// <param name="IsMarked">A colon, a number sign or "is" stands between, or the value is on a line of its own.</param>
/// <param name="IsNextLine">It stands on a later line than the label.</param>
internal readonly record struct ValueStart(int Token, bool IsMarked, bool IsNextLine)
{
    public bool Exists => Token >= 0;
}

internal static class LabelReader
{
    private static readonly ValueStart s_none = new(-1, false, false);

    /// <summary>The value after a label: on the same line, or at the start of the next line when the label ends its own.</summary>
    public static ValueStart After(in TextScan scan, in PhraseHit label)
    {
        bool marked = false;
        int i = label.End;
        int last = label.End - 1;
        for (int skipped = 0; i < scan.Count && skipped < 40; i++, skipped++)
        {
            ref readonly Token token = ref scan.Tokens[i];
            if (token.Line != scan.Tokens[last].Line)
                break;
            if (token.Kind == TokenKind.Symbol)
            {
                if (token.First is ':' or '#' or '=' or '>')
                    marked = true;
                else if (token.First == '(' && ClosesBeforeMark(scan, i, out int close))
                    i = close;
                else if (token.First is not ('.' or '-' or '(' or '*' or '"' or '\'' or '_' or '~' or '[') && !scan.IsOrdinalSign(i))
                    break;
                else if (token.First == '(' && skipped > 0 && !marked)
                    break;
            }
            else if (token.IsWord && scan.Info(i).Is(Role.Connector) && skipped < 6 && !StartsCode(scan, i))
            {
                // "Patient is …" goes on with a predicate, not with a name.
                marked |= label.Kind is not (PhraseKind.Name or PhraseKind.ClinicianName or PhraseKind.RelativeName) && (scan.Equals(i, "is") || scan.Equals(i, "number") || scan.Equals(i, "no") || scan.Equals(i, "es") || scan.Equals(i, "numero"));
            }
            else
            {
                break;
            }
        }

        // A heading of a column: its value is below it, not the next heading.
        if (label.Below >= 0 && !marked && (i >= scan.Count || scan.Tokens[i].Line != scan.Tokens[last].Line || scan.Tokens[i].IsAfterGap || StartsLabel(scan, i)))
            return new ValueStart(label.Below, true, true);
        if (i >= scan.Count)
            return s_none;
        int lines = scan.Tokens[i].Line - scan.Tokens[last].Line;
        if (lines == 0)
            return new ValueStart(i, marked, false);
        return lines <= 2 && (marked || scan.Tokens[Numbering(scan, label.First)].IsFirstOnLine) && !StartsLabel(scan, i)
            ? new ValueStart(i, true, true)
            : label.Below >= 0 ? new ValueStart(label.Below, true, true) : s_none;
    }

    /// <summary>"1. Patient's name", "2a) Insured's ID": the first token of the number that a form gives a field, or the label's own first token.</summary>
    public static int Numbering(in TextScan scan, int label) => Numbering(scan.Tokens, label);

    /// <inheritdoc cref="Numbering(in TextScan, int)"/>
    public static int Numbering(ReadOnlySpan<Token> tokens, int label)
    {
        int i = label - 1;
        if (i < 0 || tokens[i].Line != tokens[label].Line)
            return label;
        if (tokens[i].IsSymbol('.') || tokens[i].IsSymbol(')'))
            i--;
        if (i > 0 && tokens[i] is { IsWord: true, Length: 1, IsGlued: true })
            i--;
        return i >= 0 && tokens[i].Line == tokens[label].Line && tokens[i] is { IsNumber: true, Length: <= 3, IsGlued: false } ? i : label;
    }

    /// <summary>Whether a label phrase begins at a token.</summary>
    public static bool StartsLabel(in TextScan scan, int token) => PhraseAt(scan, token) is { Kind: > PhraseKind.None and <= PhraseKind.Neutral };

    /// <summary>The phrase that begins at a token, by binary search.</summary>
    public static PhraseHit PhraseAt(in TextScan scan, int token)
    {
        List<PhraseHit> phrases = scan.Phrases;
        int low = 0;
        int high = phrases.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (phrases[middle].First < token)
                low = middle + 1;
            else
                high = middle;
        }

        return low < phrases.Count && phrases[low].First == token ? phrases[low] : default;
    }

    /// <summary>"MRN (hospital):", "Patient name (last, first, middle)" over a column: the bracket belongs to the label.</summary>
    private static bool ClosesBeforeMark(in TextScan scan, int open, out int close)
    {
        for (close = open + 1; close < scan.Count && close - open < 12; close++)
        {
            if (scan.IsSymbol(close, ')'))
                return scan.IsSymbol(close + 1, ':') || scan.IsSymbol(close + 1, '#') || !scan.SameLine(close + 1, close) || scan.Tokens[close + 1].IsAfterGap;
            if (scan.IsNumber(close) && scan.Tokens[close].Length > 1)
                return false;
        }

        return false;
    }

    private static bool StartsCode(in TextScan scan, int i) =>
        scan.IsGlued(i + 1) && (scan.IsNumber(i + 1) || (scan.IsSymbol(i + 1, '-') && scan.IsNumber(i + 2)));
}

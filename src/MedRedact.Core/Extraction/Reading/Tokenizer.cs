using System.Buffers;

namespace MedRedact.Extraction;

/// <summary>Splits words into tokens: punctuation off, labels from glued values, numbers from glued units.</summary>
internal static class Tokenizer
{
    private static readonly SearchValues<char> Before = SearchValues.Create("({\"'“”‘’*•·");
    private static readonly SearchValues<char> After = SearchValues.Create(",;:.)}\"'“”‘’*=");

    /// <summary>Adds the tokens of one word.</summary>
    public static void Split(string text, LayoutWord word, int cell, List<Token> tokens)
    {
        int start = word.Span.Start, end = word.Span.End;
        bool opens = false;
        for (; start < end && Before.Contains(text[start]); start++)
            opens |= text[start] is '(' or '{';

        bool colon = false, comma = false, semicolon = false, stop = false, closes = false;
        for (; end > start && After.Contains(text[end - 1]); end--)
        {
            colon |= text[end - 1] is ':' or '=';
            comma |= text[end - 1] is ',' or ';';
            semicolon |= text[end - 1] is ';';
            stop |= text[end - 1] is '.';
            closes |= text[end - 1] is ')' or '}';
        }

        if (start == end)
        {
            // A lone colon belongs to the word before it.
            if (tokens.Count > 0 && (colon || comma || closes))
                tokens[^1] = tokens[^1] with { HasColon = tokens[^1].HasColon || colon, HasComma = tokens[^1].HasComma || comma,
                    Closes = tokens[^1].Closes || closes };
            return;
        }

        int first = tokens.Count;
        SplitInside(text, start, end, word.Confidence, cell, tokens);
        tokens[first] = tokens[first] with { Opens = opens };
        tokens[^1] = tokens[^1] with { HasColon = tokens[^1].HasColon || colon, HasComma = comma, HasSemicolon = semicolon, HasStop = stop,
            Closes = closes };
    }

    private static void SplitInside(string text, int start, int end, Confidence confidence, int cell, List<Token> tokens)
    {
        ReadOnlySpan<char> inside = text.AsSpan(start, end - start);

        // A label with its value glued on: "BP:138/82", but not "10:30".
        int glue = inside.IndexOfAny(':', '=');
        if (glue > 1 && char.IsLetter(inside[glue - 1]) && glue + 1 < inside.Length)
        {
            tokens.Add(Make(text, start, start + glue, confidence, cell) with { HasColon = true });
            SplitInside(text, start + glue + 1, end, confidence, cell, tokens);
            return;
        }

        // A comparator and its number stay together; a unit glued to its number does not: "40mg", "98.6°F", "97%".
        int number = NumberLength(inside);
        if (number > 0 && number < inside.Length && IsUnitStart(inside[number..]))
        {
            tokens.Add(Make(text, start, start + number, confidence, cell));
            tokens.Add(Make(text, start + number, end, confidence, cell));
            return;
        }

        tokens.Add(Make(text, start, end, confidence, cell));
    }

    private static int NumberLength(ReadOnlySpan<char> inside)
    {
        int at = 0;
        while (at < inside.Length && inside[at] is '<' or '>' or '≤' or '≥' or '=')
            at++;
        if (at == inside.Length || !char.IsAsciiDigit(inside[at]))
            return 0;

        while (at < inside.Length && (char.IsAsciiDigit(inside[at])
            || (inside[at] is '.' or ',' or '/' or '-' && at + 1 < inside.Length && char.IsAsciiDigit(inside[at + 1]))))
            at++;

        return at;
    }

    // A unit holds a digit only behind a slash or a letter m, as "mL/min/1.73m2" does. "10E3/uL" is a unit that begins with a number,
    // and "11l.1" is a misread number: cut in two it would be a wrong one.
    private static bool IsUnitStart(ReadOnlySpan<char> rest)
    {
        int digit = rest.IndexOfAnyInRange('0', '9'), slash = rest.IndexOf('/');
        return (rest[0] is '%' or '°' or 'º' or 'µ' or 'μ' || char.IsLetter(rest[0])) && (digit < 0 || (slash >= 0 && slash < digit) || rest is "m2");
    }

    private static Token Make(string text, int start, int end, Confidence confidence, int cell) =>
        new(TextSpan.FromBounds(start, end), text[start..end], confidence, cell);
}

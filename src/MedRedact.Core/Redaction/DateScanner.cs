using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>What a token of a written date is.</summary>
internal enum DateTokenKind
{
    Number = 1,
    Month,
    Weekday,
}

/// <summary>A number, month or weekday and where it stands; what lies between tokens is copied when the date is written again.</summary>
internal readonly record struct DateToken(DateTokenKind Kind, TextSpan Span, int Value, DateWord Word = default)
{
    /// <summary>Digits, without the letters of an ordinal.</summary>
    public int Digits { get; init; }

    public bool IsOrdinal => Kind == DateTokenKind.Number && Digits < Span.Length;
}

/// <summary>Splits a written date into tokens. O, o, l, I and | among digits are what OCR makes of 0 and 1.</summary>
internal static class DateScanner
{
    /// <summary>The tokens, or nothing where the text holds anything that does not belong to a date or to the time of day after it.</summary>
    public static ImmutableArray<DateToken> Scan(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<DateToken>();
        int at = 0;
        while (at < text.Length)
        {
            if (IsTimeOfDay(text, at))
                return tokens.ToImmutable();

            if (!IsRunCharacter(text[at]))
            {
                if (!IsSeparator(text[at]))
                    return [];
                at++;
                continue;
            }

            int end = at;
            while (end < text.Length && IsRunCharacter(text[end]) && !(end > at && IsTimeOfDay(text, end)))
                end++;

            if (!AddRun(tokens, text, at, end))
                return [];
            at = end;
        }

        return tokens.ToImmutable();
    }

    /// <summary>A run without separators: a number, a word, or several of them written together, as in <c>14MAR2024</c>.</summary>
    private static bool AddRun(ImmutableArray<DateToken>.Builder tokens, string text, int start, int end)
    {
        ReadOnlySpan<char> run = text.AsSpan(start, end - start);
        if (run.IndexOfAnyInRange('0', '9') >= 0 && ToDigits(run) is { } digits)
            return AddNumber(tokens, start, run.Length, digits, digits.Length);

        while (start < end)
        {
            int stop = start;
            while (stop < end && char.IsAsciiDigit(text[stop]) == char.IsAsciiDigit(text[start]))
                stop++;

            string part = text[start..stop];
            if (char.IsAsciiDigit(part[0]))
            {
                int suffix = stop + 2 == end && text[stop..end].ToLowerInvariant() is "st" or "nd" or "rd" or "th" ? 2 : 0;
                if (!AddNumber(tokens, start, part.Length + suffix, part, part.Length))
                    return false;
                stop += suffix;
            }
            else if (DateWords.Find(part) is { } word)
            {
                tokens.Add(new(word.IsMonth ? DateTokenKind.Month : DateTokenKind.Weekday, TextSpan.FromBounds(start, stop), word.Value + (word.IsMonth ? 1 : 0), word));
            }
            else if (!DateWords.IsFiller(part))
            {
                return false;
            }

            start = stop;
        }

        return true;
    }

    private static bool AddNumber(ImmutableArray<DateToken>.Builder tokens, int start, int length, string digits, int count)
    {
        if (count > 8)
            return false;

        int value = int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        tokens.Add(new(DateTokenKind.Number, new TextSpan(start, length), value) { Digits = count });
        return true;
    }

    private static string? ToDigits(ReadOnlySpan<char> run)
    {
        Span<char> digits = stackalloc char[Math.Min(run.Length, 16)];
        if (run.Length > digits.Length)
            return null;

        for (int i = 0; i < run.Length; i++)
        {
            digits[i] = run[i] switch
            {
                'O' or 'o' => '0',
                'l' or 'I' or '|' => '1',
                _ => run[i],
            };
            if (!char.IsAsciiDigit(digits[i]))
                return null;
        }

        return new string(digits[..run.Length]);
    }

    /// <summary>Whether nothing but a time of day follows: its characters are copied when the date is written again.</summary>
    private static bool IsTimeOfDay(string text, int at) => TimeOfDay.IsAllOf(text.AsSpan(at));

    private static bool IsRunCharacter(char c) => char.IsLetterOrDigit(c) || c == '|';

    private static bool IsSeparator(char c) => char.IsWhiteSpace(c) || c is '/' or '-' or '.' or ',' or '\'' or '’' or '‐' or '‑' or '–' or '_';
}

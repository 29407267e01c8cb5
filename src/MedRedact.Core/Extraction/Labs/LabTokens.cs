using System.Collections.Frozen;

namespace MedRedact.Extraction;

/// <summary>What the parts of a laboratory result look like.</summary>
internal static class LabTokens
{
    private static readonly FrozenSet<string> Flags = Words(
        "H", "L", "HH", "LL", "A", "AA", "*", "**", "HIGH", "LOW", "ABN", "ABNORMAL", "CRIT", "CRITICAL", "H*", "L*", "ALTO", "BAJO");

    private static readonly FrozenSet<string> Qualitative = Words(
        "NEGATIVE", "POSITIVE", "NEG", "POS", "TRACE", "NONE", "NORMAL", "ABNORMAL", "REACTIVE", "NONREACTIVE", "NON-REACTIVE", "DETECTED", "UNDETECTED", "YELLOW", "AMBER", "STRAW", "CLEAR", "CLOUDY",
        "HAZY", "TURBID", "PENDING", "PRESENT", "ABSENT", "IMMUNE", "RARE", "FEW", "MODERATE", "MANY", "NEGATIVO", "POSITIVO", "1+", "2+", "3+", "4+");

    private static readonly FrozenSet<string> BareUnits = Words(
        "%", "FL", "PG", "SEC", "S", "SECONDS", "RATIO", "MMHG", "INDEX", "MM/H", "MMOL", "/HPF", "/LPF", "/UL", "U", "COI", "S/CO", "PPM", "MOSM");

    public static bool IsFlag(Token token) => Flags.Contains(token.Text);

    public static bool IsQualitative(Token token) => Qualitative.Contains(token.Text);

    /// <summary>A number, perhaps with a comparator, perhaps with a flag glued on.</summary>
    public static bool IsNumber(Token token) => token.Text.TrimStart('<', '>', '≤', '≥', '=') is { Length: > 0 } digits
        && char.IsAsciiDigit(digits[0]) && digits.All(c => char.IsAsciiDigit(c) || c is '.' or ',') && !digits.EndsWith('.');

    /// <summary>A comparator alone, parted from its number.</summary>
    public static bool IsComparator(Token token) => token.Text is "<" or ">" or "<=" or ">=" or "≤" or "≥";

    /// <summary>A range in one token: <c>3.5-5.1</c>, <c>&lt;200</c>.</summary>
    public static bool IsRange(Token token)
    {
        string text = token.Text.TrimStart('(').Replace('–', '-').Replace('—', '-');
        int dash = text.IndexOf('-', 1 <= text.Length ? 1 : 0);
        return dash > 0
            ? IsPlainNumber(text.AsSpan(0, dash)) && IsPlainNumber(text.AsSpan(dash + 1))
            : text.Length > 1 && text[0] is '<' or '>' or '≤' or '≥' && IsPlainNumber(text.AsSpan(1).TrimStart('='));
    }

    public static bool IsDash(Token token) => token.Text is "-" or "–" or "—" || token.IsAny("to", "a");

    /// <summary>A unit that a laboratory prints; doses such as a bare <c>mg</c> are none.</summary>
    public static bool IsUnit(Token token)
    {
        string text = token.Text;
        if (BareUnits.Contains(text))
            return true;

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == text.Length - 1)
            return text.StartsWith("10^", StringComparison.Ordinal) || text.StartsWith("x10", StringComparison.OrdinalIgnoreCase);

        return text.AsSpan(slash + 1).ContainsAnyInRange('A', 'z') && !text.AsSpan(0, slash).ContainsAny('[', '(')
            && (char.IsLetter(text[0]) || text[0] is 'µ' or 'μ' || text.StartsWith("10", StringComparison.Ordinal));
    }

    private static bool IsPlainNumber(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsAsciiDigit(text[0]))
            return false;

        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c) && c is not ('.' or ','))
                return false;
        }

        return true;
    }

    private static FrozenSet<string> Words(params string[] words) => words.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}

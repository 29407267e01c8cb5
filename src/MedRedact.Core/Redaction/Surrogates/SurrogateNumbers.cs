using System.Globalization;

namespace MedRedact.Redaction;

/// <summary>Invented numbers and addresses: of the same form, from ranges that are nobody's where there are such.</summary>
internal static class SurrogateNumbers
{
    private const int Longest = 32;

    private static ReadOnlySpan<string> Networks => new[] { "192.0.2", "198.51.100", "203.0.113" };

    public static async ValueTask<string?> OfAsync(SurrogateDraw draw, PhiCategory category, string value, int turn, CancellationToken cancellationToken)
    {
        DrawnNumbers numbers = await draw.OfAsync(category.Class.ToString(), value, turn, cancellationToken);
        if (category.IsA(PhiCategory.Email))
            return $"{numbers.Of(SurrogateWords.Of("given"))}.{numbers.Of(SurrogateWords.Of("family"))}@example.org".ToLowerInvariant();
        if (category.IsA(PhiCategory.Url))
            return string.Create(CultureInfo.InvariantCulture, $"https://example.org/{numbers.Below(1 << 16):x4}{numbers.Below(1 << 16):x4}");
        if (category.IsA(PhiCategory.Ip))
            return Address(value, numbers);

        int length = value.Count(char.IsLetterOrDigit);
        if (length is 0 or > Longest || value.Any(c => c is < ' ' or > '~'))
            return null;

        string drawn = string.Concat(value.Select(c => Like(c, numbers)));
        return category.IsA(PhiCategory.Phone) || category.IsA(PhiCategory.Fax) ? Telephone(drawn)
            : category == PhiCategory.Ssn ? WithDigits(drawn, 0, "666")
            : drawn;
    }

    private static char Like(char c, DrawnNumbers numbers) => c switch
    {
        _ when char.IsAsciiDigit(c) => (char)('0' + numbers.Below(10)),
        _ when char.IsAsciiLetterUpper(c) => (char)('A' + numbers.Below(26)),
        _ when char.IsAsciiLetterLower(c) => (char)('a' + numbers.Below(26)),
        _ => c,
    };

    /// <summary>555-01XX, in the form of the number: no exchange of North America has them. <see langword="null"/> for other forms, whose numbers may be somebody's, and for an extension.</summary>
    private static string? Telephone(string drawn)
    {
        int digits = drawn.Count(char.IsAsciiDigit);
        return digits is 7 or 10 or 11 && !drawn.Any(char.IsLetter) ? WithDigits(drawn, digits - 7, "55501") : null;
    }

    /// <summary>Puts digits in the place of those from the <paramref name="from"/>th on.</summary>
    private static string WithDigits(string text, int from, string digits)
    {
        char[] changed = text.ToCharArray();
        int at = 0;
        for (int i = 0; i < changed.Length; i++)
        {
            if (!char.IsAsciiDigit(changed[i]))
                continue;
            if (at >= from && at < from + digits.Length)
                changed[i] = digits[at - from];
            at++;
        }

        return new string(changed);
    }

    /// <summary>Of the ranges for documentation (RFC 5737, RFC 3849).</summary>
    private static string Address(string value, DrawnNumbers numbers) => value.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"2001:db8::{numbers.Below(1 << 16):x}:{numbers.Below(1 << 16):x}")
        : string.Create(CultureInfo.InvariantCulture, $"{numbers.Of(Networks)}.{1 + numbers.Below(254)}");
}

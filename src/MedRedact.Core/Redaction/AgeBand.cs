using System.Collections.Immutable;
using System.Globalization;

namespace MedRedact.Redaction;

/// <summary>Leaves the ten years in which an age lies, as <c>40-49</c>, and <c>90+</c> for ages over 89 (45 CFR 164.514(b)(2)(i)(C)). An age that is not written in digits, that
/// nobody has, or beside which another number or an unknown word stands, gets a label.</summary>
public sealed class AgeBand : IRedactor
{
    private const int Width = 10, Oldest = 130;

    /// <inheritdoc/>
    public Disposition Serves => Disposition.Generalize;

    /// <inheritdoc/>
    public ImmutableArray<PhiCategory> Categories { get; } = [PhiCategory.Age];

    /// <inheritdoc/>
    public ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return ValueTask.FromResult(YearsOf(target.Value.Reveal()) is { } years ? Replacement.Free(Of(years)) : null);
    }

    /// <summary>Whether a text is one of the bands: it says no more than they all do, though the digits of an age may stand in it.</summary>
    internal static bool IsBand(string text) => Enumerable.Range(0, Width).Any(decade => Of(decade * Width) == text);

    private static string Of(int years)
    {
        int first = years / Width * Width;
        return first >= 90 ? AgeOver89.Pooled : string.Create(CultureInfo.InvariantCulture, $"{first}-{first + Width - 1}");
    }

    /// <summary>The first number of the text in years; of months, weeks, days and hours the whole years in them.</summary>
    private static int? YearsOf(string text)
    {
        int start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
            return null;

        int end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        if (!int.TryParse(text.AsSpan(start..end), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return null;

        // Of two numbers nobody knows which is the age.
        ReadOnlySpan<char> rest = text.AsSpan(end);
        if (rest.ContainsAnyInRange('0', '9') || text.AsSpan(0, start).ContainsAnyInRange('0', '9') || InAYear(FirstWord(rest)) is not { } units)
            return null;

        int years = number / units;
        return years <= Oldest ? years : null;
    }

    private static string FirstWord(ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> word = rest.TrimStart(" -./");
        int length = 0;
        while (length < word.Length && (char.IsLetter(word[length]) || word[length] == '/'))
            length++;
        return word[..length].ToString();
    }

    /// <summary>How many of a unit make a year; <see langword="null"/> for a word that is none, and for a small m, of which nobody knows whether it is a man or a month.</summary>
    private static int? InAYear(string unit) => unit is "M" or "F" ? 1 : unit.ToUpperInvariant() switch
    {
        "" or "Y" or "YO" or "Y/O" or "YR" or "YRS" or "YEAR" or "YEARS" or "A" or "AÑO" or "AÑOS" or "ANOS" => 1,
        "MO" or "M/O" or "MOS" or "MTH" or "MONTH" or "MONTHS" or "MES" or "MESES" => 12,
        "W" or "WK" or "WKS" or "WEEK" or "WEEKS" or "SEM" or "SEMANA" or "SEMANAS" => 52,
        "D" or "DAY" or "DAYS" or "DÍA" or "DÍAS" or "DIA" or "DIAS" => 365,
        "HR" or "HRS" or "HOUR" or "HOURS" or "HORAS" => 8_760,
        _ => null,
    };
}

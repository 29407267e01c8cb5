using System.Collections.Immutable;
using System.Globalization;

namespace MedRedact.Redaction;

/// <summary>Leaves the ten years in which an age lies, as <c>40-49</c>, and <c>90+</c> for ages over 89 (45 CFR 164.514(b)(2)(i)(C)). An age that is not written in digits, or that
/// nobody has, gets a label.</summary>
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

        ReadOnlySpan<char> unit = text.AsSpan(end).TrimStart(" -./");
        int years = number / InAYear(unit);
        return years <= Oldest ? years : null;
    }

    private static int InAYear(ReadOnlySpan<char> unit) =>
        Is(unit, "mo") || Is(unit, "mes") || Is(unit, "m/o") ? 12
        : Is(unit, "w") || Is(unit, "sem") ? 52
        : Is(unit, "d") ? 365
        : Is(unit, "h") ? 8_760
        : 1;

    private static bool Is(ReadOnlySpan<char> unit, string word) => unit.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}

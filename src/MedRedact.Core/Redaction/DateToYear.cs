using System.Collections.Immutable;
using System.Globalization;

namespace MedRedact.Redaction;

/// <summary>Leaves the year of a date, and nothing where the year shows an age over 89 (45 CFR 164.514(b)(2)(i)(C)) or cannot be told for certain.</summary>
/// <remarks>A two-digit year is the latest one that is not beyond next year; for a date of birth it is told only where one century is possible.</remarks>
/// <param name="time">Tells the present year, against which an age shows.</param>
public sealed class DateToYear(TimeProvider time) : IRedactor
{
    /// <inheritdoc/>
    public Disposition Serves => Disposition.Generalize;

    /// <inheritdoc/>
    public ImmutableArray<PhiCategory> Categories { get; } = [PhiCategory.Date];

    /// <inheritdoc/>
    public ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        DateReading? date = DateReading.Of(target.Value.Reveal());
        int? year = date?.YearAsOf(time.GetUtcNow().Year, target.Finding.Category);
        return ValueTask.FromResult(year is { } shown ? Replacement.Free(shown.ToString(CultureInfo.InvariantCulture)) : null);
    }
}

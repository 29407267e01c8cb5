using System.Collections.Immutable;
using System.Text;

namespace MedRedact.Redaction;

/// <summary>Moves every date of one patient by one secret offset of 1 to 365 days, forward or back, and writes it as it was written: intervals stay true.</summary>
/// <remarks>The offset is derived with the tenant's key of the purpose <c>date-shift</c> from the patient's identity; it is never 0 and the same in
/// every document. Not Safe Harbor. Dates without day or year, and years that show an age over 89, get a label. Where a numeric date can be
/// read both ways, the month comes first. Weekdays move with the dates, so a weekday that is written out is written anew.</remarks>
/// <param name="keys">Gives the key; it does not come out.</param>
/// <param name="time">Tells the present year, against which an age shows.</param>
public sealed class DateShift(IKeyProvider keys, TimeProvider time) : IRedactor
{
    private const int LongestShift = 365;
    private static readonly KeyPurpose Purpose = new("date-shift");

    /// <inheritdoc/>
    public Disposition Serves => Disposition.ShiftDate;

    /// <inheritdoc/>
    public ImmutableArray<PhiCategory> Categories { get; } = [PhiCategory.Date];

    /// <inheritdoc/>
    public async ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (DateReading.Of(target.Value.Reveal()) is not { } date
            || date.YearAsOf(time.GetUtcNow().Year, target.Finding.Category) is not { } year
            || date.WithYear(year) is not { } day)
        {
            return null;
        }

        IMacKey key = await keys.GetMacKeyAsync(Purpose, target.Tenant, cancellationToken);
        Digest256 mac = await key.ComputeAsync(Encoding.UTF8.GetBytes(target.Subject.Reveal()), cancellationToken);
        return Replacement.Free(date.Write(day.AddDays(OffsetFrom(mac))));
    }

    /// <summary>-365 to -1 and 1 to 365; the bias of the remainder is below 2^-118.</summary>
    internal static int OffsetFrom(Digest256 mac)
    {
        int drawn = (int)(mac.High % (2 * LongestShift));
        return drawn < LongestShift ? drawn - LongestShift : drawn - LongestShift + 1;
    }
}

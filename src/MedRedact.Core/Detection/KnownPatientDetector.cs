using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>
/// Looks for what the caller knows about the patient: names by their words, in any order, as initials and misread; numbers whatever
/// separates their digits; a birth date in every order of figures. Words that are ordinary, and values of fewer than five characters,
/// are looked for only as part of the whole value, so that a short one does not match everything.
/// </summary>
public sealed class KnownPatientDetector : IPhiDetector
{
    /// <inheritdoc/>
    public DetectorInfo Info { get; } = new(new DetectorId("known-patient"), new Version(1, 0), PhiTypes.All);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Search(known) is { IsEmpty: false } search
            ? RecognizerRunner.Run(page, Info, [new ValuePropagation.Seeker(search, Rule.KnownPatient)])
            : []);
    }

    internal static ValueSearch Search(KnownPatient? known)
    {
        var search = new ValueSearch();
        foreach (KnownIdentifier identifier in known?.Identifiers ?? [])
        {
            string value = identifier.Value.Reveal();
            if (identifier.Category.IsA(PhiCategory.Date))
                AddDate(search, value);
            else if (CertainValues.IsCode(identifier.Category))
                search.AddCode(value, PhiTypes.KindOf(identifier.Category));
            else if (identifier.Category.IsA(PhiCategory.PersonName))
                search.AddWords(value, PhiKind.Name, certain: true);
            else if (identifier.Category.IsA(PhiCategory.Geography))
                search.AddWords(value, identifier.Category == PhiCategory.Street ? PhiKind.Street : PhiKind.City, certain: true);
            else
                search.AddCode(value, PhiKind.OtherId);
        }

        return search;
    }

    /// <summary>A date as yyyy-MM-dd, MM/dd/yyyy or dd.MM.yyyy, looked for in the orders and paddings that pages print.</summary>
    private static void AddDate(ValueSearch search, string value)
    {
        int[] parts = [.. value.Split('-', '/', '.', ' ').Select(part => int.TryParse(part, out int number) ? number : 0)];
        if (parts.Length != 3 || parts.Contains(0))
        {
            search.AddCode(value, PhiKind.BirthDate);
            return;
        }

        (int year, int one, int two) = parts[0] > 31 ? (parts[0], parts[1], parts[2]) : (parts[2], parts[0], parts[1]);
        foreach ((int first, int second) in new[] { (one, two), (two, one) })
        {
            foreach (string form in new[] { $"{first:00}{second:00}{year:0000}", $"{first}{second}{year:0000}", $"{year:0000}{first:00}{second:00}", $"{first:00}{second:00}{year % 100:00}" })
                search.AddCode(form, PhiKind.BirthDate);
        }
    }
}

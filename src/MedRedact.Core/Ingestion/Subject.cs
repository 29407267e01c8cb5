using System.Collections.Immutable;

namespace MedRedact.Ingestion;

/// <summary>Whose record it is: the known MRN, else the MRN found most often, else the document by itself. One subject has one date offset.</summary>
internal static class Subject
{
    public static Phi<string> Of(DocumentId document, KnownPatient? known, ImmutableArray<ExaminedPage> pages)
    {
        foreach (KnownIdentifier identifier in known?.Identifiers ?? [])
        {
            if (identifier.Category.IsA(PhiCategory.Mrn))
                return new Phi<string>(Canonical(identifier.Value.Reveal()));
        }

        string? reconciled = pages
            .SelectMany(page => page.Findings.Select(finding => (page, finding)))
            .Where(item => item.finding.Category.IsA(PhiCategory.Mrn) && item.finding.Location is Location.Text { Layer: TextLayer.Recognized })
            .Select(item => Canonical(item.page.Text.Text.Extract(((Location.Text)item.finding.Location).Span).Reveal()))
            .Where(value => value.Length >= 4)
            .GroupBy(value => value, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key;
        return new Phi<string>(reconciled ?? document.ToString());
    }

    /// <summary>Letters and digits only, upper case: the same number however it is printed.</summary>
    private static string Canonical(string value) => string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}

namespace MedRedact.Barrier;

/// <summary>Finds out whose record a document is: the known MRN, else the MRN found most often, else the document by itself. One subject has one date offset.</summary>
internal sealed class Subject(DocumentId document, KnownPatient? known)
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    public Phi<string> Reconciled => RecordNumber ?? new Phi<string>(document.ToString());

    /// <summary>The record number in its canonical form, if one is known or was found.</summary>
    public Phi<string>? RecordNumber
    {
        get
        {
            foreach (KnownIdentifier identifier in known?.Identifiers ?? [])
            {
                if (identifier.Category.IsA(PhiCategory.Mrn))
                    return new Phi<string>(Canonical(identifier.Value.Reveal()));
            }

            string? often = _seen.OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal).FirstOrDefault().Key;
            return often is null ? null : new Phi<string>(often);
        }
    }

    public void Add(ExaminedPage page)
    {
        foreach (Finding finding in page.Findings)
        {
            if (!finding.Category.IsA(PhiCategory.Mrn) || finding.Location is not Location.Text { Layer: TextLayer.Recognized } at)
                continue;
            string value = Canonical(page.Text.Text.Extract(at.Span).Reveal());
            if (value.Length >= 4)
                _seen[value] = _seen.GetValueOrDefault(value) + 1;
        }
    }

    /// <summary>Letters and digits only, upper case: the same number however it is printed.</summary>
    internal static string Canonical(string value) => string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}

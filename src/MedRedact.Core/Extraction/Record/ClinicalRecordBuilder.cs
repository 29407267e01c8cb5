using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>Assembles the clinical record of a document from the fields of its pages. Pages may be added in any order; not thread-safe.</summary>
/// <param name="document">The document.</param>
public sealed class ClinicalRecordBuilder(DocumentId document)
{
    private readonly SortedDictionary<int, List<PageField>> _pages = [];
    private DocumentType? _type;

    /// <summary>Adds what one extractor found on a page. Call it again for further extractors.</summary>
    /// <param name="page">The clean page; borrowed for the call.</param>
    /// <param name="extractor">Who found it.</param>
    /// <param name="fields">What <see cref="IFieldExtractor.ExtractAsync"/> returned.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The page is of another document, or a field lies outside its text.</exception>
    public ClinicalRecordBuilder Add(RedactedPage page, IFieldExtractor extractor, ImmutableArray<ExtractedField> fields)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(extractor);
        if (page.DocumentId != document)
            throw new ArgumentException("The page is of another document.", nameof(page));

        return Add(page.Number, page.Text, page.DocumentType, $"{extractor.GetType().Name} {extractor.Version}", fields);
    }

    internal ClinicalRecordBuilder Add(
        PageNumber page, CleanPageText text, DocumentType? type, string extractor, ImmutableArray<ExtractedField> fields)
    {
        if (!_pages.TryGetValue(page.Value, out List<PageField>? found))
            _pages.Add(page.Value, found = []);

        _type ??= type;
        int length = text.Text.Value.Length;
        foreach (ExtractedField field in fields)
        {
            if (field.Value.End > length || field.Parts.Any(part => part.Span.End > length))
                throw new ArgumentException("A field lies outside the text of its page.", nameof(fields));

            found.Add(PageField.Of(page, text, extractor, field));
        }

        return this;
    }

    /// <summary>Makes the record. What several pages say alike becomes one entry with several places.</summary>
    /// <returns>The record.</returns>
    public ClinicalRecord Build()
    {
        ILookup<string, PageField> byName = _pages.Values.SelectMany(fields => fields).ToLookup(field => field.Kind, StringComparer.Ordinal);
        return new ClinicalRecord
        {
            Document = document,
            DocumentType = _type,
            PageCount = _pages.Count,
            Header = Header(byName),
            VitalSigns = [.. byName["vital-sign"].Select(RecordEntries.VitalSign).OfType<VitalSign>()],
            Labs = Merge(byName["lab"], RecordEntries.Lab, RecordEntries.Key, lab => lab.Printed, (lab, printed) => lab with { Printed = printed }),
            Medications = Merge(
                byName["medication"], RecordEntries.Medication, RecordEntries.Key, drug => drug.Printed, (drug, printed) => drug with { Printed = printed }),
            Allergies = Merge(
                byName["allergy"], RecordEntries.Allergy, RecordEntries.Key, item => item.Printed, (item, printed) => item with { Printed = printed }),
            NoKnownAllergies = Values(byName["allergy.none-known"]).FirstOrDefault(),
            Conditions = Merge(
                byName["condition"], RecordEntries.Condition, RecordEntries.Key, item => item.Printed, (item, printed) => item with { Printed = printed }),
            Procedures = Merge(
                byName["procedure"], RecordEntries.Procedure, RecordEntries.Key, item => item.Printed, (item, printed) => item with { Printed = printed }),
            Immunizations = Merge(
                byName["immunization"], RecordEntries.Immunization, RecordEntries.Key, item => item.Printed, (item, printed) => item with { Printed = printed }),
            Sections = [.. byName["section"].Select(RecordEntries.Section)],
        };
    }

    private static ImmutableArray<HeaderField> Header(ILookup<string, PageField> byName) =>
    [
        .. byName[PageField.Header].GroupBy(field => field.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new HeaderField(new FieldName(group.Key), Values(group))),
    ];

    /// <summary>One value for each text, with all its places; the surest value and place first.</summary>
    private static ImmutableArray<ChartValue> Values(IEnumerable<PageField> fields) =>
    [
        .. fields.Select(field => field.Whole).GroupBy(value => Key(value.Text), StringComparer.Ordinal).Select(Joined)
            .OrderByDescending(value => value.Confidence.Value)
            .ThenBy(value => value.Sources[0].Page.Value)
            .ThenBy(value => value.Sources[0].Span.Start),
    ];

    private static ImmutableArray<T> Merge<T>(
        IEnumerable<PageField> fields, Func<PageField, T?> read, Func<T, string> key, Func<T, ChartValue> printed, Func<T, ChartValue, T> with)
        where T : class =>
        [.. fields.Select(read).OfType<T>().GroupBy(entry => Key(key(entry)), StringComparer.Ordinal).Select(same => with(same.First(), Joined(same.Select(printed))))];

    private static ChartValue Joined(IEnumerable<ChartValue> same)
    {
        ImmutableArray<ChartSource> sources = [.. same.SelectMany(value => value.Sources).Distinct()
            .OrderByDescending(source => source.Confidence.Value)
            .ThenBy(source => source.Page.Value).ThenBy(source => source.Span.Start)];
        return new ChartValue(same.First().Text, sources);
    }

    private static string Key(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
}

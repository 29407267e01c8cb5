using System.Collections.Immutable;
using MedRedact.Classification;

namespace MedRedact.Extraction;

/// <summary>Reads the fields of a chart from clean text with layout: patient header, encounter, vital signs, laboratory results, medicines, allergies,
/// diagnoses, procedures, immunizations and sections, in English and Spanish.</summary>
/// <remarks>It sees clean pages only, so a removed identifier is a token or a label. Rules and word lists only: the same page gives the same fields.
/// Field names are in <see cref="ChartFieldNames"/>. Thread-safe.</remarks>
public sealed class ChartFields : IFieldExtractor
{
    /// <inheritdoc/>
    public Version Version { get; } = new(1, 0);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<ExtractedField>> ExtractAsync(RedactedPage page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(page.Text, page.DocumentType));
    }

    internal static ImmutableArray<ExtractedField> Read(CleanPageText text, DocumentType? type)
    {
        var page = new ChartPage(text);
        var fields = new FieldList();
        ImmutableArray<Section> sections = Sections.Find(page);

        Titles.Read(page, fields);
        LabelledValues.Read(page, fields);
        VitalSigns.Read(page, fields);
        LabResults.Read(page, sections, fields);
        MedicationList.Read(page, sections, fields);
        AllergyList.Read(page, sections, fields);
        Conditions.Read(page, sections, fields);
        Procedures.Read(page, sections, fields);
        Immunizations.Read(page, type == DocumentTypes.ImmunizationRecord, sections, fields);
        Sections.Read(page, sections, fields);
        return fields.InOrder();
    }
}

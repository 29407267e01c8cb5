using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>What a document says in clinical terms, from its clean pages. Immutable; it holds no removed identifier, only tokens, labels and generalized values.</summary>
/// <remarks>Names follow US Core. <see cref="ClinicalRecordJson"/> writes and reads it; the format is described in docs/formats/clinical-record.md.</remarks>
public sealed record ClinicalRecord
{
    /// <summary>The version of the format.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The document.</summary>
    public required DocumentId Document { get; init; }

    /// <summary>The type of the document, if known.</summary>
    public DocumentType? DocumentType { get; init; }

    /// <summary>Pages that were read.</summary>
    public required int PageCount { get; init; }

    /// <summary>Header, encounter and document: labelled values by field name, ascending. Values that contradict each other are all kept, the surest first.</summary>
    public ImmutableArray<HeaderField> Header { get; init; } = [];

    /// <summary>Vital signs, in the order of the chart.</summary>
    public ImmutableArray<VitalSign> VitalSigns { get; init; } = [];

    /// <summary>Laboratory results, in the order of the chart.</summary>
    public ImmutableArray<LabResult> Labs { get; init; } = [];

    /// <summary>Medicines, in the order of the chart.</summary>
    public ImmutableArray<Medication> Medications { get; init; } = [];

    /// <summary>Allergies, in the order of the chart.</summary>
    public ImmutableArray<Allergy> Allergies { get; init; } = [];

    /// <summary>The statement that no allergies are known, where the chart makes it.</summary>
    public ChartValue? NoKnownAllergies { get; init; }

    /// <summary>Diagnoses and problems, in the order of the chart.</summary>
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>Procedures, in the order of the chart.</summary>
    public ImmutableArray<Procedure> Procedures { get; init; } = [];

    /// <summary>Immunizations, in the order of the chart.</summary>
    public ImmutableArray<Immunization> Immunizations { get; init; } = [];

    /// <summary>Sections of free text, in the order of the chart.</summary>
    public ImmutableArray<ChartSection> Sections { get; init; } = [];

    /// <summary>The surest value of a labelled field.</summary>
    /// <param name="field">The field, e.g. <see cref="ChartFieldNames.PatientMrn"/>.</param>
    /// <returns>The value, or <see langword="null"/> where the chart has none.</returns>
    public ChartValue? Find(FieldName field)
    {
        foreach (HeaderField entry in Header)
        {
            if (entry.Field == field)
                return entry.Values[0];
        }

        return null;
    }
}

/// <summary>A labelled field with all its values.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">The surest first; at least one. Several are a contradiction within the chart, or several holders of one role.</param>
public sealed record HeaderField(FieldName Field, ImmutableArray<ChartValue> Values)
{
    /// <summary>The surest first; at least one.</summary>
    public ImmutableArray<ChartValue> Values { get; } = Values.IsDefaultOrEmpty
        ? throw new ArgumentException("A field has a value.", nameof(Values)) : Values;
}

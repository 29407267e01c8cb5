using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>The names of the fields that <see cref="ChartFields"/> gives. They follow the elements of US Core.</summary>
public static class ChartFieldNames
{
    /// <summary>Patient's name.</summary>
    public static FieldName PatientName { get; } = new("patient.name");

    /// <summary>Date of birth, usually a year.</summary>
    public static FieldName PatientBirthDate { get; } = new("patient.birth-date");

    /// <summary>Age.</summary>
    public static FieldName PatientAge { get; } = new("patient.age");

    /// <summary>Sex or gender.</summary>
    public static FieldName PatientGender { get; } = new("patient.gender");

    /// <summary>Medical record number.</summary>
    public static FieldName PatientMrn { get; } = new("patient.identifier.mrn");

    /// <summary>The document's title.</summary>
    public static FieldName DocumentTitle { get; } = new("document.title");

    /// <summary>A laboratory result; parts <c>name</c>, <c>value</c>, <c>unit</c>, <c>range</c>, <c>flag</c>, <c>panel</c>.</summary>
    public static FieldName Lab { get; } = new("lab");

    /// <summary>A medicine; parts <c>drug</c>, <c>strength</c>, <c>form</c>, <c>dose</c>, <c>route</c>, <c>frequency</c>, <c>prn</c>, <c>duration</c>, <c>quantity</c>, <c>refills</c>.</summary>
    public static FieldName Medication { get; } = new("medication");

    /// <summary>An allergy; parts <c>substance</c>, <c>reaction</c>, <c>severity</c>.</summary>
    public static FieldName Allergy { get; } = new("allergy");

    /// <summary>The statement that no allergies are known.</summary>
    public static FieldName NoKnownAllergies { get; } = new("allergy.none-known");

    /// <summary>A diagnosis; parts <c>code</c>, <c>text</c>.</summary>
    public static FieldName Condition { get; } = new("condition");

    /// <summary>A procedure; parts <c>code</c>, <c>text</c>.</summary>
    public static FieldName Procedure { get; } = new("procedure");

    /// <summary>An immunization; parts <c>vaccine</c>, <c>date</c>, <c>lot</c>.</summary>
    public static FieldName Immunization { get; } = new("immunization");

    /// <summary>Vital signs begin with this; parts <c>value</c>, <c>unit</c>, or <c>systolic</c> and <c>diastolic</c>.</summary>
    public const string VitalSignPrefix = "vital-sign.";

    /// <summary>Sections begin with this; part <c>title</c>.</summary>
    public const string SectionPrefix = "section.";

    /// <summary>Labelled values of header, encounter and document, as the built-in labels know them.</summary>
    public static ImmutableArray<FieldName> Labelled { get; } = [.. ChartLexicon.LabelledFields];
}

namespace MedRedact.Synthesis;

/// <summary>What a record says in clinical terms: the truth for field extraction. Only what the document prints is listed.</summary>
public sealed class ClinicalTruth
{
    /// <summary>Diagnoses with their ICD-10-CM codes, in printed order.</summary>
    public IList<TrueDiagnosis> Diagnoses { get; } = [];

    /// <summary>Medicines, in printed order.</summary>
    public IList<TrueMedication> Medications { get; } = [];

    /// <summary>Laboratory results, in printed order.</summary>
    public IList<TrueLabResult> Labs { get; } = [];

    /// <summary>Vital signs by their printed label (<c>BP</c>, <c>HR</c>, <c>RR</c>, <c>Temp</c>, <c>SpO2</c>, <c>Weight</c>), values as printed.</summary>
    public IDictionary<string, string> Vitals { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Substances of allergies with reaction, as printed.</summary>
    public IList<string> Allergies { get; } = [];
}

/// <summary>One diagnosis.</summary>
/// <param name="Code">ICD-10-CM code.</param>
/// <param name="Text">Printed text.</param>
public sealed record TrueDiagnosis(string Code, string Text);

/// <summary>One medicine.</summary>
/// <param name="Drug">Generic name.</param>
/// <param name="Strength">Amount with unit, e.g. <c>40 mg</c>.</param>
/// <param name="Route">Route as printed, e.g. <c>PO</c>.</param>
/// <param name="Frequency">Frequency as printed, e.g. <c>BID</c>.</param>
public sealed record TrueMedication(string Drug, string Strength, string Route, string Frequency);

/// <summary>One laboratory result.</summary>
/// <param name="Test">Printed name of the test.</param>
/// <param name="Value">Printed value.</param>
/// <param name="Unit">Printed unit.</param>
/// <param name="Range">Printed reference range.</param>
/// <param name="Flag"><c>H</c>, <c>L</c> or empty.</param>
public sealed record TrueLabResult(string Test, string Value, string Unit, string Range, string Flag);

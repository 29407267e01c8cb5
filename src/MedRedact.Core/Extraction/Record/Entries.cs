namespace MedRedact.Extraction;

/// <summary>A vital sign.</summary>
/// <param name="Kind"><c>blood-pressure</c>, <c>heart-rate</c>, <c>respiratory-rate</c>, <c>temperature</c>, <c>oxygen-saturation</c>, <c>body-height</c>,
/// <c>body-weight</c>, <c>bmi</c> or <c>pain-score</c>.</param>
/// <param name="Printed">As printed.</param>
/// <param name="Value">The number, in <see cref="Unit"/>; the systolic pressure for a blood pressure.</param>
/// <param name="Diastolic">The diastolic pressure.</param>
/// <param name="Unit">UCUM; where the chart prints none, the one that the size of the number allows, else <see langword="null"/>.</param>
public sealed record VitalSign(string Kind, ChartValue Printed, decimal Value, decimal? Diastolic = null, string? Unit = null);

/// <summary>A laboratory result.</summary>
/// <param name="Printed">The whole row.</param>
/// <param name="Name">The test.</param>
/// <param name="Value">The value as printed.</param>
/// <param name="Number">The number, where the value is one.</param>
/// <param name="Comparator"><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&gt;=</c>, where printed.</param>
/// <param name="Unit">The unit as printed.</param>
/// <param name="Range">The reference range as printed.</param>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Flag">The flag as printed.</param>
/// <param name="Panel">The heading of the panel it stands under.</param>
public sealed record LabResult(
    ChartValue Printed, ChartValue Name, ChartValue Value, decimal? Number = null, string? Comparator = null, ChartValue? Unit = null,
    ChartValue? Range = null, decimal? Low = null, decimal? High = null, ChartValue? Flag = null, ChartValue? Panel = null);

/// <summary>A medicine.</summary>
/// <param name="Printed">The whole line or lines.</param>
/// <param name="Drug">Its name.</param>
/// <param name="Strength">E.g. <c>40 mg</c>.</param>
/// <param name="Form">E.g. <c>tablet</c>.</param>
/// <param name="Dose">E.g. <c>1 tab</c>.</param>
/// <param name="Route">E.g. <c>PO</c>.</param>
/// <param name="Frequency">E.g. <c>BID</c>.</param>
/// <param name="AsNeeded">The words that say it is taken as needed, with the reason.</param>
/// <param name="Duration">E.g. <c>7 days</c>.</param>
/// <param name="Quantity">How many are dispensed.</param>
/// <param name="Refills">How often it may be dispensed again.</param>
public sealed record Medication(
    ChartValue Printed, ChartValue Drug, ChartValue? Strength = null, ChartValue? Form = null, ChartValue? Dose = null, ChartValue? Route = null,
    ChartValue? Frequency = null, ChartValue? AsNeeded = null, ChartValue? Duration = null, ChartValue? Quantity = null, ChartValue? Refills = null);

/// <summary>An allergy or intolerance.</summary>
/// <param name="Printed">As printed.</param>
/// <param name="Substance">The substance.</param>
/// <param name="Reaction">The reaction.</param>
/// <param name="Severity">The word for its severity.</param>
public sealed record Allergy(ChartValue Printed, ChartValue Substance, ChartValue? Reaction = null, ChartValue? Severity = null);

/// <summary>A diagnosis or problem.</summary>
/// <param name="Printed">As printed.</param>
/// <param name="Icd10Cm">The ICD-10-CM code, with what OCR misread put right; its shape is checked, not its existence.</param>
/// <param name="Code">The code as printed.</param>
/// <param name="Text">The words.</param>
public sealed record Condition(ChartValue Printed, string? Icd10Cm = null, ChartValue? Code = null, ChartValue? Text = null);

/// <summary>A procedure.</summary>
/// <param name="Printed">As printed.</param>
/// <param name="Code">A CPT or HCPCS code, where one is named.</param>
/// <param name="Text">The words.</param>
public sealed record Procedure(ChartValue Printed, ChartValue? Code = null, ChartValue? Text = null);

/// <summary>An immunization.</summary>
/// <param name="Printed">As printed.</param>
/// <param name="Vaccine">The vaccine.</param>
/// <param name="Date">When it was given, as precisely as the policy leaves it.</param>
/// <param name="Lot">The lot.</param>
public sealed record Immunization(ChartValue Printed, ChartValue Vaccine, ChartValue? Date = null, ChartValue? Lot = null);

/// <summary>A section of free text.</summary>
/// <param name="Slug">Which section, e.g. <c>hospital-course</c>; <c>other</c> for a heading that is not known.</param>
/// <param name="Title">The heading as printed.</param>
/// <param name="Body">The text.</param>
public sealed record ChartSection(string Slug, ChartValue Title, ChartValue Body);

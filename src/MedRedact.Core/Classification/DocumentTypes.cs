using System.Collections.Immutable;

namespace MedRedact.Classification;

/// <summary>The types of document that the built-in classifier tells apart.</summary>
public static class DocumentTypes
{
    /// <summary>Discharge summary (LOINC 18842-5).</summary>
    public static DocumentType DischargeSummary { get; } = new("discharge-summary");

    /// <summary>Progress note (LOINC 11506-3).</summary>
    public static DocumentType ProgressNote { get; } = new("progress-note");

    /// <summary>History and physical examination (LOINC 34117-2).</summary>
    public static DocumentType HistoryAndPhysical { get; } = new("history-and-physical");

    /// <summary>Consultation (LOINC 11488-4).</summary>
    public static DocumentType Consult { get; } = new("consult");

    /// <summary>Operative note (LOINC 11504-8).</summary>
    public static DocumentType OperativeNote { get; } = new("operative-note");

    /// <summary>Laboratory report (LOINC 11502-2).</summary>
    public static DocumentType LabReport { get; } = new("lab-report");

    /// <summary>Radiology report (LOINC 18748-4).</summary>
    public static DocumentType RadiologyReport { get; } = new("radiology-report");

    /// <summary>Pathology report (LOINC 11526-1).</summary>
    public static DocumentType PathologyReport { get; } = new("pathology-report");

    /// <summary>Referral letter (LOINC 57133-1).</summary>
    public static DocumentType ReferralLetter { get; } = new("referral-letter");

    /// <summary>Prescription (LOINC 57833-6).</summary>
    public static DocumentType Prescription { get; } = new("prescription");

    /// <summary>Intake or registration form.</summary>
    public static DocumentType IntakeForm { get; } = new("intake-form");

    /// <summary>Face sheet.</summary>
    public static DocumentType FaceSheet { get; } = new("face-sheet");

    /// <summary>Insurance card.</summary>
    public static DocumentType InsuranceCard { get; } = new("insurance-card");

    /// <summary>Consent (LOINC 59284-0).</summary>
    public static DocumentType Consent { get; } = new("consent");

    /// <summary>Medication administration record.</summary>
    public static DocumentType MedicationAdministrationRecord { get; } = new("medication-administration-record");

    /// <summary>Fax cover sheet.</summary>
    public static DocumentType FaxCover { get; } = new("fax-cover");

    /// <summary>Triage note.</summary>
    public static DocumentType Triage { get; } = new("triage");

    /// <summary>Immunization record.</summary>
    public static DocumentType ImmunizationRecord { get; } = new("immunization-record");

    /// <summary>Death certificate.</summary>
    public static DocumentType DeathCertificate { get; } = new("death-certificate");

    /// <summary>Professional claim form CMS-1500.</summary>
    public static DocumentType Cms1500 { get; } = new("cms-1500");

    /// <summary>Institutional claim form UB-04, also called CMS-1450.</summary>
    public static DocumentType Ub04 { get; } = new("ub-04");

    /// <summary>All of them.</summary>
    public static ImmutableArray<DocumentType> All { get; } =
    [
        DischargeSummary, ProgressNote, HistoryAndPhysical, Consult, OperativeNote, LabReport, RadiologyReport, PathologyReport, ReferralLetter,
        Prescription, IntakeForm, FaceSheet, InsuranceCard, Consent, MedicationAdministrationRecord, FaxCover, Triage, ImmunizationRecord,
        DeathCertificate, Cms1500, Ub04,
    ];
}

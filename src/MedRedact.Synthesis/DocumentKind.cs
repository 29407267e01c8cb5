namespace MedRedact.Synthesis;

/// <summary>Types of medical paperwork that can be made up.</summary>
public enum DocumentKind
{
    /// <summary>Discharge summary; usually two pages with a running header.</summary>
    DischargeSummary = 0,

    /// <summary>Progress note in the order subjective, objective, assessment, plan.</summary>
    ProgressNote,

    /// <summary>History and physical examination.</summary>
    HistoryAndPhysical,

    /// <summary>Consultation report.</summary>
    Consultation,

    /// <summary>Operative report.</summary>
    OperativeNote,

    /// <summary>Laboratory report with a blood count and a metabolic panel as tables.</summary>
    LabReport,

    /// <summary>Radiology report.</summary>
    RadiologyReport,

    /// <summary>Surgical pathology report.</summary>
    PathologyReport,

    /// <summary>Referral letter with salutation and signature.</summary>
    ReferralLetter,

    /// <summary>Prescription on a small pad.</summary>
    Prescription,

    /// <summary>Intake form: labels and values in two columns, check boxes, signature.</summary>
    IntakeForm,

    /// <summary>Emergency face sheet: captioned boxes, barcode, portrait.</summary>
    EmergencyFaceSheet,

    /// <summary>Insurance card, in card size.</summary>
    InsuranceCard,

    /// <summary>Consent with three signatures.</summary>
    Consent,

    /// <summary>Medication administration record.</summary>
    MedicationAdministrationRecord,

    /// <summary>Fax cover sheet.</summary>
    FaxCoverSheet,
}

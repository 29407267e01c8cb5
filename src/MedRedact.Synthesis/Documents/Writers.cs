namespace MedRedact.Synthesis;

/// <summary>Who writes which kind, with what illnesses and on what paper.</summary>
internal static class Writers
{
    public static Action<PageFlow, Scene> For(DocumentKind kind) => kind switch
    {
        DocumentKind.DischargeSummary => Notes.DischargeSummary,
        DocumentKind.ProgressNote => Notes.ProgressNote,
        DocumentKind.HistoryAndPhysical => Notes.HistoryAndPhysical,
        DocumentKind.Consultation => Notes.Consultation,
        DocumentKind.OperativeNote => Notes.OperativeNote,
        DocumentKind.LabReport => Labs.Report,
        DocumentKind.RadiologyReport => Reports.Radiology,
        DocumentKind.PathologyReport => Reports.Pathology,
        DocumentKind.ReferralLetter => Reports.ReferralLetter,
        DocumentKind.Prescription => Forms.Prescription,
        DocumentKind.IntakeForm => Forms.Intake,
        DocumentKind.EmergencyFaceSheet => Forms.FaceSheet,
        DocumentKind.InsuranceCard => Forms.InsuranceCard,
        DocumentKind.Consent => Forms.Consent,
        DocumentKind.MedicationAdministrationRecord => Forms.MedicationRecord,
        DocumentKind.FaxCoverSheet => Reports.FaxCover,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static ClinicalCase CaseFor(DocumentKind kind, SyntheticPatient patient, SeededRandom random)
    {
        ClinicalCase[] suitable = kind switch
        {
            DocumentKind.OperativeNote => ClinicalCases.Surgical,
            DocumentKind.PathologyReport => ClinicalCases.WithSpecimen,
            _ => ClinicalCases.All,
        };
        int age = patient.AgeOn(new DateOnly(2021, 1, 1));
        return random.Pick([.. suitable.Where(@case => age >= @case.MinimumAge && (patient.IsFemale || !@case.OnlyWomen))]);
    }

    public static DocumentStyle StyleFor(DocumentKind kind, SeededRandom random)
    {
        DocumentStyle style = DocumentStyle.Choose(random);
        return kind switch
        {
            // Cards and pads are small; forms are never typewritten.
            DocumentKind.InsuranceCard => style with { PageWidth = 378, PageHeight = 238, Margin = 22, Body = new(Face.Sans, 8.5) },
            DocumentKind.Prescription => style with { PageWidth = 396, PageHeight = 470, Margin = 34, Body = style.Body with { Face = style.Body.Face is Face.Mono ? Face.Serif : style.Body.Face } },
            DocumentKind.IntakeForm or DocumentKind.EmergencyFaceSheet or DocumentKind.MedicationAdministrationRecord or DocumentKind.Consent when style.Body.Face is Face.Mono =>
                style with { Body = new(Face.Sans, 10) },
            DocumentKind.EmergencyFaceSheet => style with { Body = style.Body with { Size = 9.5 } },
            _ => style,
        };
    }
}

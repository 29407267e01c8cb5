namespace MedRedact.Synthesis;

/// <summary>Who writes which Spanish kind.</summary>
internal static class SpanishRecords
{
    public static readonly DocumentKind[] Kinds =
        [DocumentKind.DischargeSummary, DocumentKind.LabReport, DocumentKind.ReferralLetter, DocumentKind.Prescription, DocumentKind.IntakeForm];

    public static SyntheticRecord Create(DocumentKind kind, int seed)
    {
        Action<PageFlow, SpanishScene> write = WriterFor(kind);
        var random = SeededRandom.For("spanish " + kind, seed);
        SyntheticPatient patient = SpanishPatients.Create(SeededRandom.For("spanish patient", seed));
        var scene = new SpanishScene(patient, random.Pick(SpanishCases.All), random);
        var flow = new PageFlow(StyleFor(kind, random), $"{scene.NameLastFirst}   NHC: {scene.Mrn}   F. nac.: {scene.Born}");
        write(flow, scene);
        flow.SpanishFooter(scene, kind);
        return new SyntheticRecord(kind, seed, patient, flow.Style, Transcript.Of(flow.Pages), scene.Truth);
    }

    private static Action<PageFlow, SpanishScene> WriterFor(DocumentKind kind) => kind switch
    {
        DocumentKind.DischargeSummary => SpanishNotes.DischargeSummary,
        DocumentKind.LabReport => SpanishLabs.Report,
        DocumentKind.ReferralLetter => SpanishNotes.ReferralLetter,
        DocumentKind.Prescription => SpanishForms.Prescription,
        DocumentKind.IntakeForm => SpanishForms.Intake,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Sheets of A4; pads as everywhere.</summary>
    private static DocumentStyle StyleFor(DocumentKind kind, SeededRandom random)
    {
        DocumentStyle style = Writers.StyleFor(kind, random);
        return kind is DocumentKind.Prescription ? style : style with { PageWidth = 595, PageHeight = 842 };
    }
}

using MedRedact.Classification;
using MedRedact.Synthesis;

namespace MedRedact.Tests;

public sealed class HeadingClassifierTests
{
    private static readonly HeadingClassifier Classifier = new();

    private static readonly Dictionary<DocumentKind, DocumentType> Kinds = new()
    {
        [DocumentKind.DischargeSummary] = DocumentTypes.DischargeSummary,
        [DocumentKind.ProgressNote] = DocumentTypes.ProgressNote,
        [DocumentKind.HistoryAndPhysical] = DocumentTypes.HistoryAndPhysical,
        [DocumentKind.Consultation] = DocumentTypes.Consult,
        [DocumentKind.OperativeNote] = DocumentTypes.OperativeNote,
        [DocumentKind.LabReport] = DocumentTypes.LabReport,
        [DocumentKind.RadiologyReport] = DocumentTypes.RadiologyReport,
        [DocumentKind.PathologyReport] = DocumentTypes.PathologyReport,
        [DocumentKind.ReferralLetter] = DocumentTypes.ReferralLetter,
        [DocumentKind.Prescription] = DocumentTypes.Prescription,
        [DocumentKind.IntakeForm] = DocumentTypes.IntakeForm,
        [DocumentKind.EmergencyFaceSheet] = DocumentTypes.FaceSheet,
        [DocumentKind.InsuranceCard] = DocumentTypes.InsuranceCard,
        [DocumentKind.Consent] = DocumentTypes.Consent,
        [DocumentKind.MedicationAdministrationRecord] = DocumentTypes.MedicationAdministrationRecord,
        [DocumentKind.FaxCoverSheet] = DocumentTypes.FaxCover,
    };

    [Theory]
    [InlineData("discharge-summary", "ST MARTHA HOSPITAL\n#DISCHARGE SUMMARY\nName: [NAME]")]
    [InlineData("discharge-summary", "St Martha Hospital\n#D1SCHARCE SUMMARV\nName: [NAME]")]
    [InlineData("discharge-summary", "#D I S C H A R G E   S U M M A R Y\nName: [NAME]")]
    [InlineData("discharge-summary", "HOSPITAL SANTA MARTA\nRESUMEN DE ALTA\nNombre: [NAME]")]
    [InlineData("progress-note", "Progress Note\nSubjective: better today.")]
    [InlineData("progress-note", "NOTA DE EVOLUCION\nSubjetivo: mejor.")]
    [InlineData("history-and-physical", "ADMISSION H&P\nHistory of Present Illness: cough.")]
    [InlineData("history-and-physical", "HISTORIA CLÍNICA\nEnfermedad actual: tos.")]
    [InlineData("consult", "CARDIOLOGY CONSULTATION REPORT\nReason for consultation: chest pain")]
    [InlineData("operative-note", "OPERATIVE REPORT\nPreoperative diagnosis: cataract")]
    [InlineData("operative-note", "PROTOCOLO OPERATORIO\nCirujano: [NAME]")]
    [InlineData("lab-report", "LABORATORY REPORT\nTest   Result   Reference Range")]
    [InlineData("radiology-report", "RADIOLOGY REPORT\nFindings: none.\nImpression: normal.")]
    [InlineData("pathology-report", "DEPARTMENT OF PATHOLOGY\nSURGICAL PATHOLOGY REPORT\nGross description: a nodule.")]
    [InlineData("referral-letter", "REFERRAL LETTER\nDear Dr. [NAME],")]
    [InlineData("prescription", "Rx\nAmoxicillin 500 mg\nSig: one PO TID\nRefills: 2")]
    [InlineData("prescription", "RECETA MÉDICA\nAmoxicilina 500 mg")]
    [InlineData("intake-form", "NEW PATIENT REGISTRATION FORM\nPlease print")]
    [InlineData("face-sheet", "EMERGENCY DEPARTMENT FACE SHEET\nGuarantor: [NAME]")]
    [InlineData("insurance-card", "Acme Health\nMember ID: [PLAN]\nGroup No: [PLAN]\nRxBIN: 004336\nCopay: $20")]
    [InlineData("consent", "INFORMED CONSENT FOR SURGERY\nI understand that there are risks.")]
    [InlineData("medication-administration-record", "MEDICATION ADMINISTRATION RECORD\nScheduled medications")]
    [InlineData("fax-cover", "FAX\nTo: [NAME]\nNumber of pages: 3")]
    [InlineData("triage", "ED TRIAGE NOTE\nAcuity: 3\nChief complaint: cough")]
    [InlineData("immunization-record", "CERTIFICATE OF IMMUNIZATION\nVaccine   Date given   Lot number")]
    [InlineData("death-certificate", "CERTIFICATE OF DEATH\nDecedent   Cause of death")]
    [InlineData("cms-1500", "HEALTH INSURANCE CLAIM FORM\nAPPROVED OMB 0938-1197 FORM 1500 (02-12)")]
    [InlineData("ub-04", "UB-04 CMS-1450\nStatement covers period")]
    public async Task Tells_the_type_by_title_and_headings(string type, string page) => Assert.Equal(type, (await Classify(ChartText.OfLines(page)))?.Value);

    [Theory]
    [InlineData("")]
    [InlineData("Page 3 of 7")]
    [InlineData("Please bring your insurance card and a copy of the discharge summary to the referral visit next week.")]
    [InlineData("The consent was signed yesterday.\nThe lab report is pending.")]
    public async Task Says_nothing_where_the_page_does_not_tell(string page) => Assert.Null(await Classify(ChartText.OfLines(page)));

    [Fact]
    public async Task Says_nothing_where_two_types_are_close() =>
        Assert.Null(await Classify(ChartText.OfLines("DISCHARGE SUMMARY\nOPERATIVE REPORT")));

    [Fact]
    public async Task A_title_below_the_top_of_the_page_does_not_count() =>
        Assert.Null(await Classify(ChartText.OfLines(string.Concat(Enumerable.Repeat("Some words of a note.\n", 20)) + "OPERATIVE REPORT")));

    [Fact]
    public async Task Stops_when_asked_to() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Classifier.ClassifyAsync(PageView.Of(ChartText.Page(ChartText.OfLines("FAX"))), new CancellationToken(canceled: true)));

    [Fact]
    public async Task Knows_synthetic_records_read_well_and_badly()
    {
        int right = 0, wrong = 0, silent = 0;
        foreach ((DocumentKind kind, DocumentType expected) in Kinds)
        {
            for (int seed = 0; seed < 6; seed++)
            {
                (PageText text, PageSize size) = ChartText.OfRecord(SyntheticRecords.Create(kind, 900 + seed), 1, seed % 2 == 0 ? null : ChartText.Misreader(17, seed));
                DocumentType? found = await Classify(text, size);
                right += found == expected ? 1 : 0;
                silent += found is null ? 1 : 0;
                wrong += found is not null && found != expected ? 1 : 0;
                if (found != expected)
                    TestContext.Current.TestOutputHelper?.WriteLine($"{kind} {seed}: {found}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"right {right}, silent {silent}, wrong {wrong}");
        Assert.Equal(0, wrong);
        Assert.True(right >= 90, $"right {right}, silent {silent}");
    }

    private static async Task<DocumentType?> Classify(PageText text, PageSize? size = null)
    {
        using RecognizedPage page = ChartText.Page(text, size);
        return await Classifier.ClassifyAsync(PageView.Of(page), TestContext.Current.CancellationToken);
    }
}

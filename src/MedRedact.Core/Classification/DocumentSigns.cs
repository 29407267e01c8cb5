using MedRedact.Wording;

namespace MedRedact.Classification;

/// <summary>What gives a document away, in English and Spanish.</summary>
/// <param name="Type">The type.</param>
/// <param name="Titles">Phrases that stand as its title.</param>
/// <param name="Headings">Headings and labels that its body has and few others have.</param>
/// <param name="Forms">Form numbers, printed anywhere.</param>
internal sealed record DocumentSigns(DocumentType Type, string[] Titles, string[] Headings, string[] Forms)
{
    private static readonly DocumentSigns[] All =
    [
        new(DocumentTypes.DischargeSummary,
            ["discharge summary", "discharge note", "hospital discharge summary", "summary of hospitalization", "resumen de alta", "informe de alta", "nota de alta", "epicrisis"],
            ["hospital course", "discharge diagnosis", "discharge diagnoses", "discharge medications", "discharge condition", "condition at discharge", "discharge instructions",
             "discharge disposition", "curso hospitalario", "diagnóstico de alta", "medicamentos al alta", "evolución hospitalaria"],
            []),
        new(DocumentTypes.ProgressNote,
            ["progress note", "progress notes", "daily progress note", "soap note", "office visit note", "clinic note", "follow-up note", "nota de evolución", "nota de progreso", "nota médica"],
            ["subjective", "objective", "assessment and plan", "interval history", "subjetivo", "objetivo", "análisis y plan"],
            []),
        new(DocumentTypes.HistoryAndPhysical,
            ["history and physical", "history & physical", "history and physical examination", "h&p", "admission history and physical", "admission h&p", "historia clínica", "historia y examen físico",
             "anamnesis y exploración física"],
            ["history of present illness", "review of systems", "past medical history", "family history", "social history", "antecedentes personales", "enfermedad actual", "revisión por sistemas"],
            []),
        new(DocumentTypes.Consult,
            ["consultation", "consultation report", "consultation note", "consult note", "consult report", "initial consultation", "interconsulta", "nota de consulta", "informe de consulta",
             "nota de interconsulta"],
            ["reason for consultation", "reason for consult", "consulting physician", "consultant", "thank you for this consultation", "motivo de consulta", "motivo de interconsulta"],
            []),
        new(DocumentTypes.OperativeNote,
            ["operative report", "operative note", "operation report", "operation note", "report of operation", "procedure note", "brief operative note", "nota operatoria", "informe operatorio",
             "informe quirúrgico", "protocolo operatorio", "nota quirúrgica"],
            ["preoperative diagnosis", "postoperative diagnosis", "pre-op diagnosis", "post-op diagnosis", "procedure performed", "operation performed", "estimated blood loss", "anesthesia", "surgeon",
             "description of procedure", "diagnóstico preoperatorio", "diagnóstico postoperatorio", "anestesia", "cirujano"],
            []),
        new(DocumentTypes.LabReport,
            ["laboratory report", "lab report", "laboratory results", "lab results", "clinical laboratory report", "laboratory test results", "informe de laboratorio", "resultados de laboratorio",
             "análisis clínicos", "análisis de laboratorio"],
            ["reference range", "reference interval", "ref range", "specimen type", "specimen collected", "date collected", "fasting", "complete blood count", "metabolic panel", "valores de referencia",
             "intervalo de referencia"],
            []),
        new(DocumentTypes.RadiologyReport,
            ["radiology report", "diagnostic imaging report", "imaging report", "x-ray report", "ct report", "mri report", "ultrasound report", "informe radiológico",
             "informe de radiología", "informe de imagen"],
            ["findings", "impression", "comparison", "technique", "examination", "exam", "contrast", "hallazgos", "impresión", "comparación", "técnica"],
            []),
        new(DocumentTypes.PathologyReport,
            ["pathology report", "surgical pathology report", "surgical pathology", "cytology report", "cytopathology report", "informe de patología", "informe anatomopatológico", "anatomía patológica"],
            ["gross description", "microscopic description", "final diagnosis", "pathologic diagnosis", "specimen submitted", "specimens submitted", "descripción macroscópica", "descripción microscópica"],
            []),
        new(DocumentTypes.ReferralLetter,
            ["referral letter", "letter of referral", "referral", "patient referral", "referral form", "referral request", "carta de referencia", "carta de derivación", "hoja de referencia"],
            ["dear doctor", "dear dr", "dear colleague", "re", "reason for referral", "thank you for seeing", "sincerely", "estimado doctor", "estimada doctora", "motivo de referencia", "atentamente"],
            []),
        new(DocumentTypes.Prescription,
            ["prescription", "rx", "e-prescription", "receta médica", "receta", "prescripción médica"],
            ["sig", "refills", "refill", "dispense", "disp", "dispense as written", "substitution permitted", "may substitute", "indicaciones", "surtir"],
            []),
        new(DocumentTypes.IntakeForm,
            ["patient intake form", "intake form", "new patient form", "new patient registration", "patient registration form", "patient registration", "registration form", "patient information form",
             "health history questionnaire", "medical history form", "formulario de admisión", "formulario de ingreso", "registro de paciente", "formulario de registro", "cuestionario de salud"],
            ["emergency contact", "please print", "how did you hear about us", "marital status", "occupation", "employer", "signature of patient", "contacto de emergencia", "estado civil", "ocupación"],
            []),
        new(DocumentTypes.FaceSheet,
            ["face sheet", "facesheet", "patient face sheet", "emergency department face sheet", "emergency face sheet", "admission face sheet", "admission record", "hoja de datos del paciente",
             "hoja frontal", "carátula del paciente", "hoja de admisión"],
            ["guarantor", "next of kin", "admit date", "admitting diagnosis", "attending physician", "primary insurance", "financial class", "arrival", "mode of arrival", "garante", "familiar más cercano"],
            []),
        new(DocumentTypes.InsuranceCard,
            ["insurance card", "member id card", "health plan id card", "health insurance card", "medicare health insurance", "tarjeta de seguro", "tarjeta de identificación"],
            ["member id", "member name", "subscriber id", "subscriber", "group no", "group number", "rxbin", "rx bin", "rxpcn", "rx pcn", "rxgrp", "rx group", "copay", "payer id", "member services",
             "effective date", "id de miembro", "número de grupo", "copago"],
            []),
        new(DocumentTypes.Consent,
            ["consent", "informed consent", "consent form", "consent to treat", "consent for treatment", "consent for surgery", "consent for operation", "consent to operation", "consent for procedure",
             "authorization for treatment", "surgical consent", "consentimiento informado", "consentimiento", "autorización de tratamiento"],
            ["i consent", "i hereby authorize", "i hereby consent", "i understand that", "risks and benefits", "witness", "witness signature", "patient signature", "doy mi consentimiento", "autorizo", "testigo"],
            []),
        new(DocumentTypes.MedicationAdministrationRecord,
            ["medication administration record", "medication record", "mar", "registro de administración de medicamentos", "hoja de medicación"],
            ["scheduled medications", "prn medications", "scheduled", "given by", "nurse initials", "administered by", "initials", "dose given", "medicamentos programados", "administrado por"],
            []),
        new(DocumentTypes.FaxCover,
            ["fax cover sheet", "fax cover", "fax transmittal", "fax transmission", "facsimile transmittal sheet", "facsimile cover sheet", "facsimile", "fax", "portada de fax", "carátula de fax"],
            ["number of pages", "no of pages", "pages including cover", "total pages", "confidentiality notice", "urgent", "please reply", "please comment", "número de páginas", "aviso de confidencialidad"],
            []),
        new(DocumentTypes.Triage,
            ["triage", "triage note", "triage form", "triage record", "emergency department triage", "ed triage", "nursing triage", "triaje", "hoja de triaje", "nota de triaje"],
            ["chief complaint", "acuity", "esi", "esi level", "arrival time", "mode of arrival", "triage level", "pain scale", "nivel de triaje", "motivo de consulta"],
            []),
        new(DocumentTypes.ImmunizationRecord,
            ["immunization record", "immunization history", "vaccination record", "vaccine record", "certificate of immunization", "vaccination card", "vaccine administration record", "cartilla de vacunación",
             "registro de inmunización", "registro de vacunación", "certificado de vacunación", "carné de vacunación", "carnet de vacunas"],
            ["vaccine", "lot number", "lot", "cvx", "date given", "manufacturer", "dose number", "vacuna", "lote", "dosis"],
            []),
        new(DocumentTypes.DeathCertificate,
            ["certificate of death", "death certificate", "medical certificate of death", "us standard certificate of death", "certificado de defunción", "acta de defunción"],
            ["decedent", "cause of death", "manner of death", "immediate cause", "place of death", "causa de muerte", "fallecido"],
            []),
        new(DocumentTypes.Cms1500,
            ["health insurance claim form"],
            ["insured's id number", "federal tax id number", "patient's account no", "accept assignment", "billing provider info"],
            ["cms-1500", "form 1500", "form cms-1500", "hcfa-1500", "0938-1197", "nucc instruction manual"]),
        new(DocumentTypes.Ub04,
            ["uniform bill"],
            ["statement covers period", "type of bill", "rev cd", "hcpcs rate hipps code", "patient control", "occurrence code"],
            ["ub-04", "cms-1450", "form cms-1450", "0938-0997", "nubc"]),
    ];

    public static PhraseBook<DocumentType> TitleBook { get; } = Book(signs => signs.Titles);

    public static PhraseBook<DocumentType[]> HeadingBook { get; } = new(
        All.SelectMany(signs => signs.Headings, (signs, phrase) => (phrase, signs.Type))
            .GroupBy(pair => pair.phrase, (phrase, pairs) => (phrase, pairs.Select(pair => pair.Type).ToArray())));

    public static PhraseBook<DocumentType> FormBook { get; } = Book(signs => signs.Forms);

    private static PhraseBook<DocumentType> Book(Func<DocumentSigns, string[]> phrases) =>
        new(All.SelectMany(phrases, (signs, phrase) => (phrase, signs.Type)));
}

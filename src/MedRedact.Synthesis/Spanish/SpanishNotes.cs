namespace MedRedact.Synthesis;

/// <summary>Running text: the report at discharge, and a letter to a colleague.</summary>
internal static class SpanishNotes
{
    public static void DischargeSummary(PageFlow page, SpanishScene s)
    {
        page.Letterhead(s, $"Servicio de {s.Case.Service}");
        page.Title("INFORME DE ALTA");
        page.PatientBlock(s, ("DNI/NIE", s.NationalId), ("Episodio", s.Episode), ("Fecha de ingreso", s.On(s.Admitted)), ("Fecha de alta", s.On(s.Discharged)),
            ("Domicilio", s.Street), ("Localidad", $"{s.Zip} {s.City}"), ("Médico responsable", $"{s.Attending.Title} {s.Attending.Full}"), ("Teléfono", s.MobilePhone));
        page.Section("Motivo de ingreso", s.Case.Complaint + ".");
        page.Heading("Antecedentes personales");
        page.Items(s.Case.History.Select(item => (Prose)item));
        page.Allergies(s);
        page.Section("Enfermedad actual", s.Case.Story(s));
        page.Section("Exploración física", s.Case.Exam);
        page.Section("Evolución", s.Case.Course(s));
        page.Heading("Diagnósticos");
        page.Diagnoses(s);
        page.Heading("Tratamiento al alta");
        page.Medications(s);
        page.Section("Recomendaciones", $"Control por su médico de Atención Primaria, {s.PrimaryCare.TheTitle} {s.PrimaryCare.Last}, en una semana. Revisión en consultas externas de {s.Case.Service} el {s.On(s.Discharged.AddDays(30))}; para cambiar la cita llame al {s.Facility.PhoneFact}. Se entrega copia a su {s.Patient.Relation}, {s.KinName}.");
        page.Signed(s, s.Attending, s.Discharged);
    }

    public static void ReferralLetter(PageFlow page, SpanishScene s)
    {
        DateOnly day = s.Discharged;
        page.Letterhead(s, $"Servicio de {s.Case.Service}");
        page.Gap(10);
        page.Paragraph($"{new Fact(s.Facility.Place.City, FactKind.City)}, {s.OnWritten(day)}");
        page.Gap(8);
        page.Paragraph($"{s.Consultant.Title} {s.Consultant.Full}");
        page.Paragraph(new Fact($"Centro de Salud {s.Random.Pick(SpanishPlaces.FacilityNames)}", FactKind.Facility));
        page.Paragraph($"{new Fact(SpanishPlaces.Street(s.Random), FactKind.Street)}");
        page.Paragraph($"{s.Zip} {s.City} ({s.Province})");
        page.Gap(8);
        page.Paragraph($"Asunto: {s.Title} {s.Name}   F. nac.: {s.Born}   NHC: {s.Mrn}", page.Style.Body.Bold);
        page.Gap(8);
        page.Paragraph($"{(s.Consultant.IsFemale ? "Estimada" : "Estimado")} {s.Consultant.Title} {s.Consultant.Last}:");
        page.Gap(5);
        page.Paragraph($"Le agradezco que valore a {s.Title} {s.Last}, paciente de nuestra consulta, por {s.Case.Diagnoses[0].Text.ToLowerInvariant()}.");
        page.Gap(5);
        page.Paragraph(s.Case.Story(s));
        page.Gap(5);
        page.Paragraph(s.Case.Course(s));
        page.Gap(5);
        page.Paragraph("Antecedentes:");
        page.Items(s.Case.History.Select(item => (Prose)item));
        page.Gap(5);
        page.Paragraph("Tratamiento actual:");
        page.Medications(s);
        page.Gap(5);
        page.Paragraph($"Puede ponerse en contacto con {s.Given} en el {s.MobilePhone} o en {s.Email}. Le propongo el {s.On(day.AddDays(14))} para la primera visita.");
        page.Gap(5);
        page.Paragraph("Reciba un cordial saludo,");
        page.SignatureLine(s, "Firma", $"{s.Attending.Given} {s.Attending.Family}", FactKind.ClinicianName, day);
        page.Paragraph($"{s.Attending.Title} {s.Attending.Full}. Colegiado nº {s.Attending.RegistrationNumber}. Tel. {s.Facility.PhoneFact}", page.Style.Small);
    }
}

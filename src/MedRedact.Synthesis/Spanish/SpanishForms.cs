namespace MedRedact.Synthesis;

/// <summary>Paper forms: the sheet at admission, and a prescription.</summary>
internal static class SpanishForms
{
    public static void Intake(PageFlow page, SpanishScene s)
    {
        SyntheticPatient p = s.Patient;
        page.Letterhead(s, "Servicio de Admisión");
        page.Title("HOJA DE ADMISIÓN");
        page.Heading("Datos del paciente");
        page.Fields(2, ("Apellidos", s.Last), ("Nombre", s.Given), ("Fecha de nacimiento", s.Born), ("Sexo", s.Sex), ("DNI/NIE", s.NationalId), ("Nº Seguridad Social", s.SocialSecurity),
            ("CIP", s.HealthCard), ("NHC", s.Mrn), ("Domicilio", s.Street), ("Código postal", s.Zip), ("Localidad", s.City), ("Provincia", s.Province), ("Teléfono fijo", s.HomePhone), ("Móvil", s.MobilePhone),
            ("Correo electrónico", s.Email), ("Profesión", s.Profession), ("Empresa", s.Employer), ("Fecha de ingreso", s.At(s.Admitted)));
        page.Heading("Persona de contacto");
        page.Fields(2, ("Nombre y apellidos", s.KinName), ("Parentesco", p.Relation.Cap()), ("Teléfono", s.KinPhone), ("Médico de cabecera", $"{s.PrimaryCare.Title} {s.PrimaryCare.Full}"));
        page.Heading("Entidad aseguradora");
        page.Fields(2, ("Compañía", s.Insurer), ("Nº de póliza", s.MemberId), ("Titular", s.Name), ("Nº de episodio", s.Episode));
        page.Heading("Antecedentes (marque lo que proceda)");
        string[] conditions = ["Asma", "Diabetes", "Hipertensión", "Cardiopatía", "Ictus", "Cáncer", "Epilepsia", "Enfermedad renal", "Artrosis", "Depresión", "Hipotiroidismo", "Enfermedad de Parkinson"];
        page.Checks(3, [.. conditions.Select(condition => (condition, s.Random.Chance(0.3)))]);
        page.Section("Motivo de consulta", $"{s.Case.Complaint} desde el {SpanishScene.OnShort(s.Admitted.AddDays(-3))}. Remitid{s.O} por {s.PrimaryCare.TheTitle} {s.PrimaryCare.Last}.");
        page.Heading("Medicación habitual");
        page.Medications(s);
        page.Gap(4);
        page.Paragraph("Declaro que los datos facilitados son ciertos y autorizo su tratamiento con fines asistenciales.", page.Style.Small);
        page.SignatureLine(s, "Firma del paciente", $"{p.GivenName} {p.FamilyName}", FactKind.PatientName, s.Admitted);
    }

    public static void Prescription(PageFlow page, SpanishScene s)
    {
        page.Paragraph("RECETA MÉDICA", page.Style.Body.Bold with { Size = page.Style.Body.Size + 3 }, centred: true);
        page.Paragraph(s.Facility.NameFact, centred: true);
        page.Paragraph(s.FacilityAddress, page.Style.Small, centred: true);
        page.Rule(1.4);
        page.Fields(1, ("Prescriptor", $"{s.Attending.Title} {s.Attending.Full}"));
        page.Fields(2, ("Nº colegiado", s.Attending.RegistrationNumber), ("Teléfono", s.Facility.PhoneFact));
        page.Fields(1, ("Paciente", s.Name));
        page.Fields(2, ("DNI/NIE", s.NationalId), ("Año de nacimiento", new Fact(s.Patient.BirthDate.Year.ToString(System.Globalization.CultureInfo.InvariantCulture), FactKind.Year)), ("CIP", s.HealthCard), ("Fecha", s.On(s.Admitted)));
        page.Gap(6);
        foreach (TrueMedication medication in s.Random.Some(s.Case.Medications, 2))
        {
            s.Truth.Medications.Add(medication);
            page.Paragraph($"{medication.Drug.Cap()} {medication.Strength}", page.Style.Body.Bold, indent: 14);
            page.Paragraph($"Posología: {medication.Route}, {medication.Frequency}", indent: 14);
            page.Paragraph($"Duración: {s.Random.Pick<int>([7, 10, 14, 30, 90])} días   Envases: {s.Random.Between(1, 3)}", indent: 14);
            page.Gap(7);
        }

        page.Checks(2, ("Tratamiento crónico", s.Random.Chance(0.5)), ("No sustituir", s.Random.Chance(0.2)));
        page.SignatureLine(s, "Firma del médico", $"{s.Attending.Given} {s.Attending.Family}", FactKind.ClinicianName, s.Admitted);
    }
}

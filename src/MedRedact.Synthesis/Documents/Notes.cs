namespace MedRedact.Synthesis;

/// <summary>Narrative notes of a hospital stay.</summary>
internal static class Notes
{
    public static void DischargeSummary(PageFlow page, Scene s)
    {
        page.Letterhead(s.Facility, s.Case.Service);
        page.Title("DISCHARGE SUMMARY");
        page.PatientBlock(s, ("Admission Date", s.On(s.Admitted)), ("Discharge Date", s.On(s.Discharged)), ("Attending", $"{s.Attending.Full}, {s.Attending.Credential}"),
            ("PCP", $"{s.PrimaryCare.Full}, {s.PrimaryCare.Credential}"), ("Account #", s.Account), ("Service", s.Case.Service));
        page.Heading("Discharge Diagnoses");
        page.Diagnoses(s);
        page.Section("Reason for Admission", s.Case.Complaint + ".");
        page.Section("History of Present Illness", s.Case.Story(s));
        page.Heading("Past Medical History");
        page.Items(s.Case.History.Select(item => (Prose)item));
        page.Section("Hospital Course", s.Case.Course(s));
        page.Vitals(s);
        page.Heading("Discharge Medications");
        page.Medications(s);
        page.Allergies(s);
        page.Section("Condition at Discharge", $"Stable. The patient and {s.His} {s.Patient.Relation}, {s.KinName} (tel. {s.KinPhone}), received written instructions on {s.OnWritten(s.Discharged)}.");
        page.Heading("Follow-up");
        page.Items(s.Case.Plan(s), numbered: true);
        page.ElectronicSignature(s, s.Attending, s.Discharged);
    }

    public static void ProgressNote(PageFlow page, Scene s)
    {
        DateOnly day = s.Admitted.AddDays(1);
        page.Letterhead(s.Facility);
        page.Title($"PROGRESS NOTE - {s.Case.Service.ToUpperInvariant()}");
        page.PatientBlock(s, ("Date of Service", s.At(day)), ("Encounter", s.Account), ("Author", $"{s.Attending.Initials}, {s.Attending.Credential}"), ("Room", new Fact($"{s.Random.Between(2, 6)}{s.Random.Digits(2)}-{s.Random.Letters(1, "AB")}", FactKind.Room)));
        page.Section("Subjective", $"Hospital day 2. {s.Title} {s.Last} slept poorly but feels better. Denies chest pain, fever or chills. {s.KinGiven}, the {s.Patient.Relation}, is at the bedside and asks about going home by {Scene.OnShort(s.Discharged)}. Overnight nurse {s.Nurse.Full}, RN, reported no events.");
        page.Heading("Objective");
        page.Vitals(s);
        page.Items(s.Case.Exam.Select(line => (Prose)line));
        page.LabLine(s);
        page.Heading("Assessment");
        page.Paragraph($"{s.AgeOld} {s.Sex} admitted {Scene.OnShort(s.Admitted)} with the following:");
        page.Diagnoses(s);
        page.Heading("Plan");
        page.Items(s.Case.Plan(s), numbered: true);
        page.Paragraph($"Discussed with Dr. {s.Consultant.Last} and with {s.Name} at {s.Clock()}. Pager {new Fact(Identifiers.Phone(s.Random, s.Facility.Place.AreaCode), FactKind.Phone)}.");
        page.ElectronicSignature(s, s.Attending, day);
    }

    public static void HistoryAndPhysical(PageFlow page, Scene s)
    {
        page.Letterhead(s.Facility, s.Case.Service);
        page.Title("HISTORY AND PHYSICAL EXAMINATION");
        page.PatientBlock(s, ("Admit Date", s.On(s.Admitted)), ("SSN", s.Ssn), ("Physician", $"{s.Attending.Full}, {s.Attending.Credential}"), ("Visit #", s.Account));
        page.Section("Chief Complaint", $"\"{s.Case.Complaint}.\"");
        page.Section("History of Present Illness", s.Case.Story(s));
        page.Heading("Past Medical History");
        page.Items(s.Case.History.Select(item => (Prose)item));
        page.Heading("Medications");
        page.Medications(s);
        page.Allergies(s);
        page.Section("Family History", s.Case.Family(s));
        page.Section("Social History", $"Lives in {s.City}, {s.State} with {s.His} {s.Patient.Relation}, {s.KinGiven}. Works as a {s.Profession} for {s.Employer}. Never used injection drugs. Drinks two beers on weekends. Native of {new Fact(s.Random.Pick(Places.All).City, FactKind.City)}; moved here in {Scene.Year(s.Admitted.Year - s.Random.Between(3, 30))}.");
        page.Section("Review of Systems", "Ten systems were reviewed and are negative except as stated above.");
        page.Vitals(s);
        page.Heading("Physical Examination");
        page.Items(s.Case.Exam.Select(line => (Prose)line));
        page.LabLine(s);
        page.Heading("Assessment and Plan");
        page.Diagnoses(s);
        page.Paragraph($"{s.Title} {s.Last} will be admitted to {s.Case.Service}. Code status was confirmed as full code with {s.KinName}, reachable at {s.KinPhone}.");
        page.Items(s.Case.Plan(s));
        page.ElectronicSignature(s, s.Attending, s.Admitted);
    }

    public static void Consultation(PageFlow page, Scene s)
    {
        DateOnly day = s.Admitted.AddDays(1);
        page.Letterhead(s.Facility, "Consultation Service");
        page.Title("CONSULTATION REPORT");
        page.PatientBlock(s, ("Date of Consult", s.On(day)), ("Requested by", $"Dr. {s.Attending.Full}"), ("Consultant", $"{s.Consultant.Full}, {s.Consultant.Credential}"), ("Account", s.Account));
        page.Section("Reason for Consultation", $"{s.Case.Complaint}. Thank you, Dr. {s.Attending.Last}, for asking me to see {s.Name}.");
        page.Section("History", s.Case.Story(s));
        page.Section("Family History", s.Case.Family(s));
        page.Heading("Current Medications");
        page.Medications(s);
        page.Vitals(s);
        page.Heading("Examination");
        page.Items(s.Case.Exam.Select(line => (Prose)line));
        page.Section("Data", $"{s.Case.Imaging.Study} of {s.On(s.Admitted)} (accession {s.Accession("R")}): {string.Join(" ", s.Case.Imaging.Impression)}");
        page.Heading("Impression");
        page.Diagnoses(s);
        page.Heading("Recommendations");
        page.Items(s.Case.Plan(s), numbered: true);
        page.Paragraph($"I spoke with {s.Title} {s.Last} and {s.KinName}. Questions: cell {new Fact(Identifiers.Phone(s.Random, s.Facility.Place.AreaCode), FactKind.Phone)} or {new Fact($"{s.Consultant.Family.ToLowerInvariant()}@example.org", FactKind.Email)}.");
        page.ElectronicSignature(s, s.Consultant, day);
    }

    public static void OperativeNote(PageFlow page, Scene s)
    {
        Operation operation = s.Case.Operation!;
        DateOnly day = s.Admitted.AddDays(1);
        page.Letterhead(s.Facility, "Department of Surgery");
        page.Title("OPERATIVE REPORT");
        page.PatientBlock(s, ("Date of Surgery", s.On(day)), ("Case #", s.Accession("OR")), ("Surgeon", $"{s.Attending.Full}, {s.Attending.Credential}"), ("Assistant", s.Consultant.Full));
        page.Heading("Preoperative Diagnosis");
        page.Diagnoses(s);
        page.Section("Procedure Performed", operation.Name);
        page.Section("Anesthesia", operation.Anesthesia);
        page.Fields(2, ("Estimated Blood Loss", operation.BloodLoss), ("Complications", "None"), ("Incision", s.Clock(7, 10)), ("Closure", s.Clock(11, 14)));
        if (operation.Implant is { } implant)
        {
            page.Section("Implants", $"{implant}, (01){Identifiers.Gtin(s.Random)}(17){new Fact(DateForms.Write(day.AddDays(900), "yyMMdd"), FactKind.Date)}(10){new Fact("L" + s.Random.Digits(5), FactKind.Device)}(21){new Fact(s.Random.Digits(9), FactKind.Device)}");
        }

        page.Section("Indications", s.Case.Story(s));
        page.Section("Description of Procedure", operation.Account(s));
        page.Section("Disposition", $"To the recovery unit in stable condition under nurse {s.Nurse.Full}. I spoke with {s.KinName}, {s.Patient.Relation}, at {s.Clock()}.");
        page.ElectronicSignature(s, s.Attending, day);
    }
}

namespace MedRedact.Synthesis;

/// <summary>Reports of diagnostic departments, and letters.</summary>
internal static class Reports
{
    public static void Radiology(PageFlow page, Scene s)
    {
        Imaging study = s.Case.Imaging;
        page.Letterhead(s.Facility, "Department of Radiology");
        page.Title("RADIOLOGY REPORT");
        page.PatientBlock(s, ("Exam Date", s.At(s.Admitted)), ("Accession", s.Accession(study.Modality)), ("Ordering Provider", $"{s.Attending.Full}, {s.Attending.Credential}"), ("Radiologist", $"{s.Consultant.Full}, {s.Consultant.Credential}"));
        page.Section("Examination", study.Study);
        page.Section("Clinical Indication", $"{s.AgeOld} {s.Sex}. {s.Case.Complaint}.");
        page.Section("Comparison", s.Random.Chance(0.6) ? $"Outside study of {s.On(s.Admitted.AddDays(-s.Random.Between(90, 900)))} from {new Fact("Alder Creek Imaging", FactKind.Facility)}." : (Prose)"None.");
        page.Section("Technique", study.Technique);
        page.Heading("Findings");
        page.Paragraph(string.Join(" ", study.Findings));
        page.Heading("Impression");
        page.Items(study.Impression.Select(line => (Prose)line), numbered: true);
        page.Section("Communication", $"Findings were discussed with Dr. {s.Attending.Last} by telephone at {s.Clock()} on {s.OnWritten(s.Admitted)}. A message was left for {s.Title} {s.Last} at {s.MobilePhone}.");
        page.ElectronicSignature(s, s.Consultant, s.Admitted);
    }

    public static void Pathology(PageFlow page, Scene s)
    {
        Specimen specimen = s.Case.Specimen!;
        DateOnly day = s.Admitted.AddDays(1);
        page.Letterhead(s.Facility, "Anatomic Pathology");
        page.Title("SURGICAL PATHOLOGY REPORT");
        page.PatientBlock(s, ("Case Number", s.Accession("S")), ("Collected", s.On(day)), ("Received", s.On(day)), ("Reported", s.On(day.AddDays(3))), ("Submitting Physician", s.Attending.Full), ("Account", s.Account));
        page.Section("Clinical History", $"{s.AgeOld} {s.Sex} with {s.Case.Complaint.ToLowerInvariant()}. Prior biopsy {s.Accession("S")} reviewed by Dr. {s.PrimaryCare.Last}.");
        page.Section("Specimen Submitted", specimen.Site);
        page.Section("Gross Description", $"The container is labeled \"{s.NameLastFirst}, {s.Mrn}\". {specimen.Gross}");
        page.Section("Microscopic Description", specimen.Microscopic);
        page.Heading("Final Diagnosis");
        page.Items(specimen.Diagnosis.Select(line => (Prose)line));
        page.Section("Note", $"The diagnosis was shared with Dr. {s.Attending.Full} on {s.OnWritten(day.AddDays(3))}. Slides were shown to Dr. {s.PrimaryCare.Last} for agreement. Stains: hematoxylin and eosin, Ziehl-Neelsen negative, Congo red negative.");
        page.ElectronicSignature(s, s.Consultant, day.AddDays(3));
    }

    public static void ReferralLetter(PageFlow page, Scene s)
    {
        DateOnly day = s.Discharged;
        page.Letterhead(s.Facility, s.Case.Service);
        page.Gap(10);
        page.Paragraph(s.OnWritten(day));
        page.Gap(8);
        page.Paragraph($"{s.Consultant.Full}, {s.Consultant.Credential}");
        page.Paragraph($"{s.Case.Service}");
        page.Paragraph(new Fact("Northfork Specialty Clinic", FactKind.Facility));
        page.Paragraph($"{new Fact(PatientFactory.Street(s.Random), FactKind.Street)}");
        page.Paragraph($"{new Fact(s.Facility.Place.City, FactKind.City)}, {new Fact(s.Facility.Place.State, FactKind.State)} {new Fact(s.Facility.Place.Zip, FactKind.Zip)}");
        page.Gap(8);
        page.Paragraph($"RE: {s.Name}   DOB: {s.Born}   MRN: {s.Mrn}", page.Style.Body.Bold);
        page.Paragraph($"Insurance: {s.Insurer}, member ID {s.MemberId}, group {s.Group}");
        page.Gap(8);
        page.Paragraph($"Dear Dr. {s.Consultant.Last},");
        page.Gap(5);
        page.Paragraph($"Thank you for seeing {s.Title} {s.Last}, a patient of mine since {Scene.Year(s.Admitted.Year - s.Random.Between(2, 11))}, about {s.Case.Main.Text.ToLowerInvariant()}.");
        page.Gap(5);
        page.Paragraph(s.Case.Story(s));
        page.Gap(5);
        page.Paragraph(s.Case.Course(s));
        page.Gap(5);
        page.Paragraph($"{s.His.Cap()} medical history includes the conditions below.");
        page.Items(s.Case.History.Select(item => (Prose)item));
        page.Gap(5);
        page.Paragraph("Current medications:");
        page.Medications(s);
        page.Gap(5);
        page.Paragraph($"{s.Given} prefers to be called at {s.MobilePhone} or written to at {s.Email}. {s.His.Cap()} {s.Patient.Relation}, {s.KinName}, will come along. The visit on {s.On(day.AddDays(14))} would suit them.");
        page.Gap(5);
        page.Paragraph("Sincerely,");
        page.SignatureLine(s, "Physician", $"{s.Attending.Given} {s.Attending.Family}", FactKind.ClinicianName, day);
        page.Paragraph($"NPI {s.Attending.NpiNumber}   Office {s.Facility.PhoneFact}   Fax {s.Facility.FaxFact}", page.Style.Small);
    }

    public static void FaxCover(PageFlow page, Scene s)
    {
        page.Letterhead(s.Facility, "Health Information Management");
        page.Title("FAX TRANSMITTAL");
        page.Fields(2, ("To", $"Dr. {s.Consultant.Full}"), ("From", $"{s.Nurse.Full}, RN"), ("Fax", s.Facility.FaxFact), ("Phone", s.Facility.PhoneFact), ("Date", s.At(s.Discharged)), ("Pages", $"{s.Random.Between(2, 14)} including cover"),
            ("Re", $"{s.NameLastFirst}"), ("MRN", s.Mrn));
        page.Checks(4, ("Urgent", s.Random.Chance(0.5)), ("For review", true), ("Please reply", false), ("As requested", s.Random.Chance(0.5)));
        page.Section("Message", $"Please find the records of {s.Name} (born {s.Born}) for the visit of {s.OnWritten(s.Discharged.AddDays(9))}. Insurance authorization {s.Accession("A")} is on file with {s.Insurer}, ID {s.MemberId}. Reply to {new Fact("records@example.org", FactKind.Email)} or upload at {s.Facility.Web}.");
        page.Section("Confidentiality Notice", "This transmission may contain protected health information. If you are not the intended recipient, any disclosure, copying or use of these pages is prohibited. Please call the sender at once and destroy all copies. Federal rules (42 CFR Part 2) may prohibit further disclosure without written consent.");
    }
}

namespace MedRedact.Synthesis;

/// <summary>Paper forms: boxes, check marks, signatures, barcodes.</summary>
internal static class Forms
{
    public static void Intake(PageFlow page, Scene s)
    {
        SyntheticPatient p = s.Patient;
        page.Letterhead(s.Facility, "Patient Registration");
        page.Title("PATIENT INTAKE FORM");
        page.Fields(2, ("Last Name", s.Last), ("First Name", s.Given), ("Date of Birth", s.Born), ("Sex", s.SexLetter), ("SSN", s.Ssn), ("Driver License", new Fact(p.DriverLicense, FactKind.DriverLicense)),
            ("Address", s.Street), ("City", s.City), ("State", s.State), ("ZIP", s.Zip), ("Home Phone", s.HomePhone), ("Cell Phone", s.MobilePhone), ("E-mail", s.Email), ("Employer", s.Employer),
            ("Occupation", s.Profession), ("Today's Date", s.On(s.Admitted)));
        page.Heading("Emergency Contact");
        page.Fields(2, ("Name", s.KinName), ("Relationship", p.Relation), ("Phone", s.KinPhone), ("Primary Physician", s.PrimaryCare.Full));
        page.Heading("Insurance");
        page.Fields(2, ("Company", s.Insurer), ("Member ID", s.MemberId), ("Group No.", s.Group), ("Medicare ID", s.Medicare));
        page.Heading("Medical History (check all that apply)");
        string[] conditions = ["Asthma", "Diabetes", "High blood pressure", "Heart disease", "Stroke", "Cancer", "Seizures", "Kidney disease", "Arthritis", "Depression", "Thyroid disease", "Parkinson disease"];
        page.Checks(3, [.. conditions.Select(condition => (condition, s.Random.Chance(0.3)))]);
        page.Heading("Tobacco and Alcohol");
        bool smokes = s.Random.Chance(0.3);
        page.Checks(4, ("Never smoked", !smokes), ("Current smoker", smokes), ("No alcohol", s.Random.Chance(0.5)), ("Weekly alcohol", s.Random.Chance(0.4)));
        page.Section("Reason for Visit", $"{s.Case.Complaint} since {Scene.OnShort(s.Admitted.AddDays(-3))}. Referred by Dr. {s.PrimaryCare.Last}.");
        page.Heading("Current Medications");
        page.Medications(s);
        page.Section("Family History", s.Case.Family(s));
        page.Gap(4);
        page.Paragraph("I certify that the information above is correct to the best of my knowledge.", page.Style.Small);
        page.SignatureLine(s, "Patient Signature", $"{p.GivenName} {p.FamilyName}", FactKind.PatientName, s.Admitted);
    }

    public static void FaceSheet(PageFlow page, Scene s)
    {
        SyntheticPatient p = s.Patient;
        page.Letterhead(s.Facility, "Emergency Department");
        page.Title("EMERGENCY FACE SHEET");
        double top = page.Y;
        page.Portrait(page.Left + page.Width - 74, top - 30, 70);
        page.Barcode(p.Mrn, page.Left, top, 26);
        page.Y = top + 30;
        page.Paragraph($"MRN {s.Mrn}", page.Style.Small);
        page.Y = Math.Max(page.Y + 6, top + 62);
        page.Boxes([40, 18, 12, 10, 20], ("Patient name (last, first, middle)", s.NameLastFirst), ("Date of birth", s.Born), ("Age", s.Age), ("Sex", s.SexLetter), ("Account no.", s.Account));
        page.Boxes([40, 26, 14, 20], ("Street address", s.Street), ("City", s.City), ("State", s.State), ("ZIP", s.Zip));
        page.Boxes([26, 26, 24, 24], ("Home phone", s.HomePhone), ("Cell phone", s.MobilePhone), ("Social security no.", s.Ssn), ("Arrival", s.At(s.Admitted)));
        page.Boxes([34, 26, 40], ("Emergency contact", s.KinName), ("Relation", p.Relation), ("Contact phone", s.KinPhone));
        page.Boxes([40, 30, 30], ("Insurance", s.Insurer), ("Policy / member no.", s.MemberId), ("Group", s.Group));
        page.Boxes([34, 33, 33], ("ED physician", s.Attending.Full), ("Triage nurse", s.Nurse.Full), ("Primary care", s.PrimaryCare.Full));
        page.Gap(6);
        page.Section("Chief Complaint", s.Case.Complaint);
        page.Heading("Triage Level");
        int level = s.Random.Between(2, 4);
        page.Checks(5, ("1 Immediate", level == 1), ("2 Emergent", level == 2), ("3 Urgent", level == 3), ("4 Less urgent", level == 4), ("5 Nonurgent", level == 5));
        page.Vitals(s);
        page.Allergies(s);
        page.Section("Triage Note", $"{s.AgeOld} {s.Sex} arrived by ambulance from {s.Street}, {s.City} with {s.His} {s.Patient.Relation} {s.KinGiven}. Involved in a collision {Scene.OnShort(s.Admitted.AddDays(-1))} (VIN {new Fact(Identifiers.Vin(s.Random), FactKind.Vehicle)}, plate {new Fact(Identifiers.Plate(s.Random), FactKind.Vehicle)}) and refused transport then. Pacemaker serial no. {new Fact("PM" + s.Random.Digits(7), FactKind.Device)}. Wristband applied by {s.Nurse.Initials}, RN.");
        page.Heading("Working Diagnosis");
        page.Diagnoses(s);
    }

    public static void Consent(PageFlow page, Scene s)
    {
        string procedure = s.Case.Operation?.Name ?? "Central venous catheter placement";
        page.Letterhead(s.Facility);
        page.Title("CONSENT TO OPERATION OR OTHER PROCEDURE");
        page.PatientBlock(s, ("Date", s.On(s.Admitted)), ("Physician", $"{s.Attending.Full}, {s.Attending.Credential}"));
        page.Paragraph($"1. I, {s.Name}, authorize Dr. {s.Attending.Full} and the staff of {s.Facility.NameFact} to perform the following: {procedure}.");
        page.Gap(5);
        page.Paragraph($"2. Dr. {s.Attending.Last} has explained the nature and purpose of the procedure, its risks (bleeding, infection, injury to nearby structures, blood clots, death), the alternatives and the expected benefits. My questions were answered on {s.OnWritten(s.Admitted)}.");
        page.Gap(5);
        page.Paragraph("3. I understand that anesthesia carries additional risks and that no guarantee has been made about the result.");
        page.Gap(5);
        page.Paragraph($"4. I allow information to be shared with {s.KinName} ({s.Patient.Relation}), telephone {s.KinPhone}.");
        page.Gap(7);
        page.Checks(2, ("I consent to blood transfusion", true), ("I do not consent to blood transfusion", false), ("Students may observe", s.Random.Chance(0.6)), ("Photographs may be taken", s.Random.Chance(0.3)));
        page.Heading("Interpreter");
        page.Checks(3, ("Not needed", s.Random.Chance(0.8)), ("In person", false), ("By telephone", false));
        page.SignatureLine(s, "Patient Signature", $"{s.Patient.GivenName} {s.Patient.FamilyName}", FactKind.PatientName, s.Admitted);
        page.SignatureLine(s, "Physician", $"{s.Attending.Given} {s.Attending.Family}", FactKind.ClinicianName, s.Admitted);
        page.SignatureLine(s, "Witness", $"{s.Nurse.Given} {s.Nurse.Family}", FactKind.ClinicianName, s.Admitted);
        page.Paragraph($"Form MR-204 (Rev. 3)   Questions: {s.Facility.PhoneFact}", page.Style.Small);
    }

    public static void Prescription(PageFlow page, Scene s)
    {
        page.Paragraph($"{s.Attending.Full}, {s.Attending.Credential}", page.Style.Body.Bold with { Size = page.Style.Body.Size + 3 }, centred: true);
        page.Paragraph(s.Facility.NameFact, centred: true);
        page.Paragraph(s.Facility.Address, page.Style.Small, centred: true);
        page.Paragraph($"Tel {s.Facility.PhoneFact}   Fax {s.Facility.FaxFact}", page.Style.Small, centred: true);
        page.Paragraph($"DEA {s.Attending.DeaNumber}   NPI {s.Attending.NpiNumber}   Lic. {new Fact(s.Random.Letters(2) + s.Random.Digits(6), FactKind.License)}", page.Style.Small, centred: true);
        page.Rule(1.4);
        page.Fields(1, ("Patient", s.Name), ("Address", s.Address));
        page.Fields(2, ("DOB", s.Born), ("Date", s.On(s.Admitted)), ("Phone", s.HomePhone), ("Weight", $"{s.Random.Between(52, 104)} kg"));
        page.Gap(4);
        page.Paragraph("Rx", page.Style.Body.Bold with { Size = 20 });
        page.Gap(3);
        foreach (TrueMedication medication in s.Random.Some(s.Case.Medications, 2))
        {
            s.Truth.Medications.Add(medication);
            page.Paragraph($"{medication.Drug} {medication.Strength}", page.Style.Body.Bold, indent: 14);
            page.Paragraph($"Sig: {medication.Strength} {medication.Route} {medication.Frequency}", indent: 14);
            page.Paragraph($"Disp: {s.Random.Pick<int>([14, 20, 28, 30, 60, 90])}   Refills: {s.Random.Between(0, 5)}", indent: 14);
            page.Gap(7);
        }

        page.Checks(2, ("Dispense as written", s.Random.Chance(0.3)), ("Substitution permitted", true));
        page.SignatureLine(s, "Prescriber", $"{s.Attending.Given} {s.Attending.Family}", FactKind.ClinicianName, s.Admitted);
    }

    public static void InsuranceCard(PageFlow page, Scene s)
    {
        SyntheticPatient p = s.Patient;
        page.Page.Shapes.Add(new(ShapeKind.Fill, 10, 10, page.Style.PageWidth - 20, 5, Shade: 60));
        page.Page.Shapes.Add(new(ShapeKind.Frame, 10, 10, page.Style.PageWidth - 20, page.Style.PageHeight - 20, 1.1));
        page.Paragraph(s.Insurer, page.Style.Body.Bold with { Size = 15 });
        page.Gap(5);
        page.Fields(2, ("Member", s.NameLastFirst), ("Effective", s.On(new DateOnly(s.Admitted.Year, 1, 1))), ("Member ID", s.MemberId), ("DOB", s.Born), ("Group", s.Group), ("Plan", "PPO 2500"),
            ("RxBIN", "004336"), ("RxPCN", "ADV"));
        page.Fields(1, ("Dependent", s.KinName), ("PCP", $"{s.PrimaryCare.Full}, {s.PrimaryCare.Credential}"));
        page.Fields(4, ("Office", "$25"), ("Specialist", "$50"), ("ER", "$250"), ("Rx", "$10/35"));
        page.Rule();
        page.Paragraph($"Member services {new Fact(Identifiers.Phone(s.Random, "800"), FactKind.Phone)}   {new Fact("www.memberportal.example.com", FactKind.Url)}", page.Style.Small);
        page.Paragraph($"Send claims to {new Fact($"P.O. Box {s.Random.Between(1000, 9900)}", FactKind.Street)}, {new Fact(s.Facility.Place.City, FactKind.City)}, {new Fact(s.Facility.Place.State, FactKind.State)} {new Fact(s.Facility.Place.Zip, FactKind.Zip)}", page.Style.Small);
    }

    public static void MedicationRecord(PageFlow page, Scene s)
    {
        page.Letterhead(s.Facility, "Nursing");
        page.Title("MEDICATION ADMINISTRATION RECORD");
        page.PatientBlock(s, ("Admitted", s.On(s.Admitted)), ("Unit/Bed", new Fact($"{s.Random.Between(2, 6)} West / {s.Random.Between(1, 30)}", FactKind.Room)), ("Attending", s.Attending.Full), ("Account", s.Account));
        page.Allergies(s);
        page.Heading("Scheduled and PRN medications");
        var rows = new List<Prose[]>();
        Clinician night = Clinician.Create(s.Random, "RN");
        foreach (TrueMedication m in s.Case.Medications)
        {
            s.Truth.Medications.Add(m);
            rows.Add([$"{m.Drug} {m.Strength} {m.Route} {m.Frequency}", s.On(s.Admitted), $"{s.Clock(7, 18)} {s.Nurse.Initials}", $"{s.Clock(19, 23)} {night.Initials}"]);
        }

        page.Table([40, 18, 21, 21], ["Medication, dose, route, frequency", "Start", $"{DateForms.Write(s.Admitted, "ddd")} day", "Night"], rows);
        page.Heading("Nurse signatures");
        page.Fields(2, ("Day", $"{s.Nurse.Full}, RN"), ("Night", $"{night.Full}, RN"));
        page.Section("Comments", $"{s.Clock()}: {s.Given} refused the evening dose; Dr. {s.Attending.Last} notified on {s.On(s.Admitted)}. Home supply returned to {s.KinName}. Infusion pump serial {new Fact("AL-" + s.Random.Digits(6), FactKind.Device)}.");
        page.Ensure(60);
        page.Barcode(s.Patient.Mrn, page.Left, page.Y + 12, 24);
        page.Y += 40;
        page.Paragraph($"{s.Mrn}", page.Style.Small);
    }
}

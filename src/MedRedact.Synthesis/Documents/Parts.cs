using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>Pieces that many documents share.</summary>
internal static class Parts
{
    extension(PageFlow page)
    {
        public void Letterhead(Facility facility, string? department = null)
        {
            TextStyle name = page.Style.Body.Bold with { Size = page.Style.Body.Size + 5 }, small = page.Style.Small;
            Prose phones = $"Phone: {facility.PhoneFact}   Fax: {facility.FaxFact}";
            switch (page.Style.Letterhead)
            {
                case LetterheadStyle.Centred:
                    page.Paragraph(facility.NameFact, name, centred: true);
                    page.Paragraph(department is null ? facility.Address : $"{department} - {facility.Address}", small, centred: true);
                    page.Paragraph(phones, small, centred: true);
                    break;
                case LetterheadStyle.Left:
                    Emblem(page, page.Left, page.Y, 30);
                    page.Paragraph(facility.NameFact, name, indent: 40);
                    page.Paragraph(facility.Address, small, indent: 40);
                    page.Paragraph($"{phones}   {facility.Web}", small, indent: 40);
                    break;
                case LetterheadStyle.Split:
                    page.Paragraph(facility.NameFact, name);
                    page.Fields(2, (department ?? "Address", facility.Address), ("Tel", facility.PhoneFact), ("Web", facility.Web), ("Fax", facility.FaxFact));
                    break;
                default:
                    page.Paragraph(facility.NameFact, page.Style.Body.Bold);
                    page.Paragraph(facility.Address, small);
                    break;
            }

            page.Rule(1.2);
        }

        /// <summary>The header block of a chart page.</summary>
        public void PatientBlock(Scene s, params ReadOnlySpan<(string Label, Prose Value)> more) => page.Fields(2,
        [
            (s.Random.Pick<string>(["Patient Name", "Patient", "Name"]), s.NameLastFirst), (s.Random.Pick<string>(["MRN", "Medical Record #", "MR No."]), s.Mrn),
            (s.Random.Pick<string>(["DOB", "Date of Birth", "Birth Date"]), s.Born), ("Age/Sex", $"{s.Age} / {s.SexLetter}"), .. more,
        ]);

        public void Diagnoses(Scene s, bool coded = true)
        {
            TrueDiagnosis[] all = [s.Case.Main, .. s.Case.Others];
            foreach (TrueDiagnosis diagnosis in all)
                s.Truth.Diagnoses.Add(diagnosis);
            page.Items(all.Select(diagnosis => (Prose)(coded ? $"{diagnosis.Text} ({diagnosis.Code})" : diagnosis.Text)), numbered: true);
        }

        public void Medications(Scene s)
        {
            foreach (TrueMedication medication in s.Case.Medications)
                s.Truth.Medications.Add(medication);
            page.Items(s.Case.Medications.Select(m => (Prose)$"{m.Drug} {m.Strength} {m.Route} {m.Frequency}"), numbered: true);
        }

        public void Allergies(Scene s)
        {
            string[] chosen = [.. s.Random.Some<string>(["Penicillin (rash)", "Sulfa drugs (hives)", "Codeine (nausea)", "Latex (itching)", "No known drug allergies"], 1)];
            foreach (string allergy in chosen)
                s.Truth.Allergies.Add(allergy);
            page.Section("Allergies", $"{string.Join(", ", chosen)}");
        }

        public void Vitals(Scene s)
        {
            SeededRandom random = s.Random;
            (string, string)[] vitals =
            [
                ("BP", $"{random.Between(102, 168)}/{random.Between(58, 96)}"), ("HR", $"{random.Between(58, 118)}"), ("RR", $"{random.Between(12, 26)}"),
                ("Temp", string.Create(CultureInfo.InvariantCulture, $"{random.Between(971, 1024) / 10.0:0.0} F")), ("SpO2", $"{random.Between(88, 99)}%"),
                ("Weight", string.Create(CultureInfo.InvariantCulture, $"{random.Between(486, 1120) / 10.0:0.0} kg")),
            ];
            foreach ((string label, string value) in vitals)
                s.Truth.Vitals[label] = value;
            page.Section("Vital Signs", string.Join(", ", vitals.Select(v => $"{v.Item1} {v.Item2}")));
        }

        public void ElectronicSignature(Scene s, Clinician author, DateOnly day)
        {
            page.Ensure(60);
            page.Gap(10);
            page.Paragraph($"Electronically signed by {author.Full}, {author.Credential} on {s.At(day)}");
            if (s.Random.Chance(0.5))
                page.Paragraph($"Dictated by: {author.Initials}   Transcribed: {s.On(day.AddDays(1))}   Job ID: {s.Accession("T")}", page.Style.Small);
            if (s.Random.Chance(0.4))
                page.Paragraph($"cc: {s.PrimaryCare.Full}, {s.PrimaryCare.Credential}, fax {s.Facility.FaxFact}", page.Style.Small);
            if (s.Random.Chance(0.2))
                page.Paragraph($"Signed from workstation {new Fact($"10.{s.Random.Between(2, 250)}.{s.Random.Between(0, 250)}.{s.Random.Between(2, 250)}", FactKind.IpAddress)}", page.Style.Small);
        }

        /// <summary>A line to sign on, with a handwritten name above it.</summary>
        public void SignatureLine(Scene s, string label, string name, FactKind kind, DateOnly day)
        {
            page.Ensure(58);
            page.Y += 32;
            page.HandSignature(name, s.Random, page.Left + 10, page.Y - 4);
            page.Page.Shapes.Add(new(ShapeKind.Line, page.Left, page.Y, page.Width * 0.52, 0));
            page.Page.Shapes.Add(new(ShapeKind.Line, page.Left + page.Width * 0.6, page.Y, page.Width * 0.4, 0));
            page.Y += 3;
            page.Fields([0.6, 0.4], (label, new Fact(name, kind)), ("Date", s.On(day)));
        }
    }

    private static void Emblem(PageFlow page, double x, double y, double size)
    {
        page.Page.Shapes.Add(new(ShapeKind.Fill, x, y, size, size, Shade: 70));
        page.Page.Shapes.Add(new(ShapeKind.Fill, x + size * 0.4, y + size * 0.15, size * 0.2, size * 0.7, Shade: 255));
        page.Page.Shapes.Add(new(ShapeKind.Fill, x + size * 0.15, y + size * 0.4, size * 0.7, size * 0.2, Shade: 255));
    }
}

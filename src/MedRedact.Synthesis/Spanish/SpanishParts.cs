namespace MedRedact.Synthesis;

/// <summary>Pieces that many Spanish documents share.</summary>
internal static class SpanishParts
{
    extension(PageFlow page)
    {
        public void Letterhead(SpanishScene s, string department)
        {
            TextStyle name = page.Style.Body.Bold with { Size = page.Style.Body.Size + 4 }, small = page.Style.Small;
            bool centred = page.Style.Letterhead is LetterheadStyle.Centred or LetterheadStyle.Split;
            page.Paragraph(s.Facility.NameFact, name, centred: centred);
            page.Paragraph(department, page.Style.Body, centred: centred);
            page.Paragraph(s.FacilityAddress, small, centred: centred);
            if (page.Style.Letterhead is not LetterheadStyle.Bare)
                page.Paragraph($"Tel. {s.Facility.PhoneFact}   Fax {s.Facility.FaxFact}   {s.Facility.Web}", small, centred: centred);
            page.Rule(1.2);
        }

        /// <summary>The header block of a chart page.</summary>
        public void PatientBlock(SpanishScene s, params ReadOnlySpan<(string Label, Prose Value)> more) => page.Fields(2,
        [
            (s.Random.Pick<string>(["Apellidos y nombre", "Paciente", "Apellidos, Nombre"]), s.NameLastFirst),
            (s.Random.Pick<string>(["NHC", "Nº Historia", "Nº de historia clínica"]), s.Mrn),
            (s.Random.Pick<string>(["Fecha de nacimiento", "F. Nac.", "F. nacimiento"]), s.Born),
            ("Edad / Sexo", $"{s.Age} / {s.Sex}"),
            .. more,
        ]);

        public void Diagnoses(SpanishScene s)
        {
            foreach (TrueDiagnosis diagnosis in s.Case.Diagnoses)
                s.Truth.Diagnoses.Add(diagnosis);
            page.Items(s.Case.Diagnoses.Select(diagnosis => (Prose)$"{diagnosis.Text} ({diagnosis.Code})"), numbered: true);
        }

        public void Medications(SpanishScene s)
        {
            foreach (TrueMedication medication in s.Case.Medications)
                s.Truth.Medications.Add(medication);
            page.Items(s.Case.Medications.Select(m => (Prose)$"{m.Drug.Cap()} {m.Strength}, {m.Route}, {m.Frequency}"), numbered: true);
        }

        public void Allergies(SpanishScene s)
        {
            string allergy = s.Random.Pick<string>(["Penicilina (exantema)", "AINE (broncoespasmo)", "No alergias medicamentosas conocidas", "Látex (prurito)"]);
            s.Truth.Allergies.Add(allergy);
            page.Section("Alergias", allergy + ".");
        }

        /// <summary>Place, day, name and number of whoever signs.</summary>
        public void Signed(SpanishScene s, SpanishClinician author, DateOnly day)
        {
            page.Ensure(60);
            page.Gap(10);
            page.Paragraph($"En {new Fact(s.Facility.Place.City, FactKind.City)}, a {s.OnWritten(day)}");
            page.Paragraph($"Fdo.: {author.Title} {author.Full}   Nº Col. {author.RegistrationNumber}");
        }

        /// <summary>A line to sign on, with a handwritten name above it.</summary>
        public void SignatureLine(SpanishScene s, string label, string name, FactKind kind, DateOnly day)
        {
            page.Ensure(58);
            page.Y += 32;
            page.HandSignature(name, s.Random, page.Left + 10, page.Y - 4);
            page.Page.Shapes.Add(new(ShapeKind.Line, page.Left, page.Y, page.Width * 0.52, 0));
            page.Page.Shapes.Add(new(ShapeKind.Line, page.Left + page.Width * 0.6, page.Y, page.Width * 0.4, 0));
            page.Y += 3;
            page.Fields([0.6, 0.4], (label, new Fact(name, kind)), ("Fecha", s.On(day)));
        }

        /// <summary>Page numbers, and on charts the patient once more, at the foot of each page.</summary>
        public void SpanishFooter(SpanishScene s, DocumentKind kind)
        {
            if (kind is DocumentKind.Prescription)
                return;
            DocumentStyle style = page.Style;
            Prose named = $"{s.NameLastFirst}   NHC {s.Mrn}", printed = $"Impreso el {s.On(s.Discharged)}", foot = s.Random.Chance(0.5) ? named : printed;
            double y = style.PageHeight - style.Margin * 0.9;
            for (int at = 0; at < page.Pages.Count; at++)
            {
                List<Word> number = Word.Split($"Página {at + 1} de {page.Pages.Count}");
                double right = style.PageWidth - style.Margin - PageFlow.WidthOf(number, style.Small);
                List<PlacedWord> words = [.. PageFlow.Place(Word.Split(foot), style.Margin, y, style.Small), .. PageFlow.Place(number, right, y, style.Small)];
                page.Pages[at].Lines.Add(new LaidOutLine(words, AfterGap: true));
                page.Pages[at].Shapes.Add(new(ShapeKind.Line, style.Margin, y - 3, style.TextWidth, 0, 0.5));
            }
        }
    }
}

namespace MedRedact.Synthesis;

/// <summary>Page numbers, and on charts the patient once more, at the foot of each page.</summary>
internal static class Footer
{
    public static void Write(PageFlow flow, DocumentKind kind, Scene scene)
    {
        if (kind is DocumentKind.InsuranceCard or DocumentKind.Prescription)
            return;
        DocumentStyle style = flow.Style;
        bool names = scene.Random.Chance(0.5);
        Prose named = $"{scene.NameLastFirst}   MRN {scene.Mrn}", printed = $"Printed {scene.On(scene.Discharged)}";
        double y = style.PageHeight - style.Margin * 0.9;
        for (int page = 0; page < flow.Pages.Count; page++)
        {
            List<Word> number = Word.Split($"Page {page + 1} of {flow.Pages.Count}");
            double right = style.PageWidth - style.Margin - PageFlow.WidthOf(number, style.Small);
            List<PlacedWord> words = [.. PageFlow.Place(Word.Split(names ? named : printed), style.Margin, y, style.Small), .. PageFlow.Place(number, right, y, style.Small)];
            flow.Pages[page].Lines.Add(new LaidOutLine(words, AfterGap: true));
            flow.Pages[page].Shapes.Add(new(ShapeKind.Line, style.Margin, y - 3, style.TextWidth, 0, 0.5));
        }
    }
}

namespace MedRedact.Detection;

/// <summary>Dates in figures, in words and in part, in English and Spanish. A year alone is no finding, except a year of birth.</summary>
internal sealed class Dates : ITextRecognizer
{
    public void Recognize(in TextScan scan, HitList hits)
    {
        for (int i = 0; i < scan.Count;)
        {
            int end = i;
            ref readonly Token token = ref scan.Tokens[i];
            if (token.IsNumber)
                end = NumericDates.Read(scan, i, hits);
            if (end == i && token.Kind != TokenKind.Symbol)
                end = TextualDates.Read(scan, i, hits);
            if (end == i && token.Kind != TokenKind.Symbol && token.Length <= 2 && scan.IsGlued(i + 1) && DamagedDates.Read(scan, i) is var damaged && damaged > i)
            {
                hits.Add(scan, i, damaged, PhiKind.Date, Rule.DateNumeric, 0.75);
                end = damaged;
            }

            if (end == i && token.IsNumber && DamagedDates.WithoutSlash(scan, i) is var merged && merged > i)
            {
                hits.Add(scan, i, merged, PhiKind.Date, Rule.DateNumeric, 0.7);
                end = merged;
            }

            if (end == i && token.IsWord)
                end = Weekdays.Read(scan, i, hits);
            if (end == i && token.IsWord)
                LabelledDates.BirthYear(scan, i, hits);
            i = Math.Max(end, i + 1);
        }

        foreach (PhraseHit phrase in scan.Phrases)
        {
            if (phrase.Kind is PhraseKind.BirthDate or PhraseKind.DeathDate or PhraseKind.Date)
                LabelledDates.Read(scan, phrase, hits);
            else if (phrase.Kind == PhraseKind.Holiday)
                Holiday(scan, phrase, hits);
        }
    }

    /// <summary>A holiday with its year, or after "on", "last", "since".</summary>
    private static void Holiday(in TextScan scan, in PhraseHit phrase, HitList hits)
    {
        int end = phrase.End;
        if (scan.IsSymbol(end, ','))
            end++;
        bool withYear = scan.IsNumber(end) && DateParts.IsYear(scan, end) && scan.SameLine(end, phrase.First);
        if (withYear)
            hits.Add(scan, phrase.First, end + 1, PhiKind.Date, Rule.DateHoliday, 0.9);
        else if (scan.Is(phrase.First - 1, Role.DateCue) || scan.Is(phrase.First - 1, Role.Relative))
            hits.Add(scan, phrase.First, phrase.End, PhiKind.PartialDate, Rule.DateHoliday, 0.5);
    }
}

namespace MedRedact.Detection;

/// <summary>Towns, states, countries and professions after their labels.</summary>
internal static class LabelledPlaces
{
    private const int MostWords = 5;

    public static void Read(in TextScan scan, in PhraseHit label, HitList hits)
    {
        ValueStart value = LabelReader.After(scan, label);
        if (!value.Exists || !value.IsMarked || !scan.IsWord(value.Token))
            return;
        while (value.Token - 1 >= label.End && scan.Is(value.Token - 1, Role.Particle) && scan.Tokens[value.Token - 1].IsCapitalized)
            value = value with { Token = value.Token - 1 };
        bool isProfession = label.Kind == PhraseKind.Profession;
        PhraseHit phrase = LabelReader.PhraseAt(scan, value.Token);
        bool isListed = phrase.Kind is PhraseKind.StateName or PhraseKind.CountryName or PhraseKind.CityName;
        if (!isProfession && ((value.IsNextLine && !isListed && scan.Info(value.Token).City < 4) || !(scan.Tokens[value.Token].IsCapitalized || scan.Case == CaseStyle.Lower)))
            return;
        var ground = new Ground(Rule.LabelBefore, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, 0.4f);
        int end = LineValue.End(scan, value.Token, MostWords);
        if (isProfession)
        {
            hits.Add(scan, value.Token, end, PhiKind.Profession, Rule.ProfessionLabel, 0.85, ground);
            return;
        }

        // "Place of birth: Havana, Cuba", "Birthplace: Ohio": what is larger than a town is named as such.
        for (int i = value.Token; i < end;)
        {
            if (scan.Tokens[i].Kind == TokenKind.Symbol)
            {
                i++;
                continue;
            }

            phrase = LabelReader.PhraseAt(scan, i);
            if (phrase.Kind is PhraseKind.StateName or PhraseKind.CountryName && phrase.End <= end)
            {
                hits.Add(scan, i, phrase.End, phrase.Kind == PhraseKind.StateName ? PhiKind.State : PhiKind.AddressCountry, Rule.PlaceLabel, 0.85, ground);
                i = phrase.End;
                continue;
            }

            int next = i;
            while (next < end && !(next > i && LabelReader.PhraseAt(scan, next).Kind is PhraseKind.StateName or PhraseKind.CountryName) && !(next > i && scan.IsSymbol(next, ',')))
                next++;
            hits.Add(scan, i, next, KindOf(label.Kind), Rule.PlaceLabel, 0.85, ground);
            i = next;
        }
    }

    private static PhiKind KindOf(PhraseKind label) => label switch
    {
        PhraseKind.City => PhiKind.City,
        PhraseKind.Country => PhiKind.AddressCountry,
        _ => PhiKind.State,
    };
}

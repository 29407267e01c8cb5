namespace MedRedact.Detection;

/// <summary>What follows a street: dwelling, city, state or country, ZIP code, over commas and line ends.</summary>
internal static class AddressTail
{
    /// <remarks><paramref name="isCertain"/>: an address it is, so a line of capitalized words after it is its town.</remarks>
    public static int Read(in TextScan scan, int from, HitList hits, bool isCertain = false)
    {
        int i = from;
        int line = scan.Tokens[from - 1].Line;
        for (int parts = 0; parts < 7 && i < scan.Count; parts++)
        {
            int start = i;
            while (i < scan.Count && (scan.IsSymbol(i, ',') || scan.IsSymbol(i, '-') || scan.IsSymbol(i, '(') || scan.IsSymbol(i, ')') || scan.IsSymbol(i, '>') || scan.IsSymbol(i, '?') || (scan.IsSymbol(i, '.') && scan.IsGlued(i))) && i - start < 4)
                i++;
            if (i >= scan.Count || scan.Tokens[i].Line > line + 2)
                return start;
            line = scan.Tokens[i].Line;
            int end = Dwelling(scan, i);
            if (end > i)
            {
                hits.Add(scan, i, end, PhiKind.Street, Rule.StreetAddress, 0.85);
                i = end;
                continue;
            }

            end = StateOrCountry(scan, i);
            if (end > i)
            {
                hits.Add(scan, i, end, PhiKind.State, Rule.PlaceContext, 0.85);
                i = end;
                continue;
            }

            if (IsZip(scan, i))
            {
                end = scan.IsSymbol(i + 1, '-') && scan.IsNumber(i + 2) && scan.Tokens[i + 2].Length == 4 && scan.IsGlued(i + 2) ? i + 3 : i + 1;
                hits.Add(scan, i, end, PhiKind.Zip, Rule.ZipCode, 0.9);

                // "97375, United States"; on the next line something else begins.
                int country = scan.IsSymbol(end, ',') ? end + 1 : end;
                int last = scan.SameLine(country, i) ? StateOrCountry(scan, country) : country;
                if (last == country)
                    return end;
                hits.Add(scan, country, last, PhiKind.State, Rule.PlaceContext, 0.85);
                return last;
            }

            end = City(scan, i, isCertain);
            if (end == i)
                return start;
            hits.Add(scan, i, end, PhiKind.City, Rule.PlaceContext, IsBeforeState(scan, end) ? 0.9 : 0.75);
            i = end;
        }

        return i;
    }

    private static bool IsBeforeState(in TextScan scan, int end)
    {
        int next = scan.IsSymbol(end, ',') ? end + 1 : end;
        return StateOrCountry(scan, next) > next;
    }

    public static bool IsZip(in TextScan scan, int i) =>
        scan.IsNumber(i) && scan.Tokens[i].Length == 5 && !(scan.IsGlued(i + 1) && scan.IsWord(i + 1)) && !Suppressors.IsMeasure(scan, i, i + 1);

    public static int StateOrCountry(in TextScan scan, int i)
    {
        if (LabelReader.PhraseAt(scan, i) is { Kind: PhraseKind.StateName or PhraseKind.CountryName } phrase)
            return phrase.End;
        if (scan.Equals(i, "united") && scan.Equals(i + 1, "states") && scan.SameLine(i, i + 1))
            return i + 2;
        return scan.Is(i, Role.StateCode) && scan.Tokens[i].IsAllCaps && scan.Tokens[i].Length == 2 ? i + 1 : i;
    }

    public static int Dwelling(in TextScan scan, int i)
    {
        int j = i;
        if (scan.IsSymbol(i, '#'))
            j++;
        else if (scan.Is(i, Role.Dwelling))
            j = scan.IsSymbol(i + 1, '.') ? i + 2 : i + 1;
        else
            return i;
        if (scan.IsSymbol(j, '#'))
            j++;
        if (scan.IsNumber(j) && scan.SameLine(j, i))
            return scan.IsGlued(j + 1) && scan.IsWord(j + 1) ? j + 2 : j + 1;
        return scan.IsWord(j) && scan.Tokens[j].Length <= 2 && scan.Tokens[j].IsCapitalized && scan.SameLine(j, i) ? j + 1 : i;
    }

    /// <summary>Words with capitals that a state, a ZIP code or the end of the line follows, or that the lexicon knows as a place.</summary>
    private static int City(in TextScan scan, int i, bool isCertain)
    {
        int end = i;
        bool known = LabelReader.PhraseAt(scan, i).Kind == PhraseKind.CityName;
        while (end < scan.Count && end - i < 5 && scan.SameLine(end, i) && scan.IsWord(end) && !(end > i && scan.Tokens[end].IsAfterGap) && (scan.Tokens[end].IsCapitalized || (end > i && scan.Is(end, Role.Particle)) || scan.Case == CaseStyle.Lower)
            && !(scan.Is(end, Role.StateCode) && scan.Tokens[end].IsAllCaps && end > i) && !(end > i && StateOrCountry(scan, end) > end))
        {
            known |= scan.Info(end).City >= 3;
            end++;
            if (scan.IsSymbol(end, '-') && scan.IsGlued(end))
                end++;
        }

        if (end == i || LabelReader.StartsLabel(scan, i))
            return i;
        int next = end;
        if (scan.IsSymbol(next, ','))
            next++;
        bool followed = StateOrCountry(scan, next) > next || IsZip(scan, next)
            || (scan.IsSymbol(i - 1, ',') && scan.SameLine(i - 1, i) && (!scan.SameLine(end, i) || scan.Tokens[end].IsAfterGap) && !scan.Is(i, Role.NameStop | Role.PhoneCue));
        bool ownLine = isCertain && scan.Tokens[i].IsFirstOnLine && !scan.SameLine(end, i) && !scan.Is(i, Role.NameStop | Role.PhoneCue | Role.Title);
        return known || followed || ownLine || (isCertain && scan.IsSymbol(end, ',')) ? end : i;
    }
}

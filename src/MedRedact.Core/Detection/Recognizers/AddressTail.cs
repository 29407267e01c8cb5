namespace MedRedact.Detection;

/// <summary>What follows a street: dwelling, city, state, country, postal code in the order of either continent, over commas and line ends.</summary>
internal static class AddressTail
{
    private const int MostParts = 8;

    /// <remarks><paramref name="isCertain"/>: an address it is, so a line of capitalized words after it is its town.</remarks>
    public static int Read(in TextScan scan, int from, HitList hits, bool isCertain = false)
    {
        int i = from;
        int line = scan.Tokens[from - 1].Line;
        bool hasCity = false;
        int zip = -1;
        for (int parts = 0; parts < MostParts && i < scan.Count; parts++)
        {
            int start = i;
            while (i < scan.Count && (scan.IsSymbol(i, ',') || scan.IsSymbol(i, '-') || scan.IsSymbol(i, '(') || scan.IsSymbol(i, ')') || scan.IsSymbol(i, '>') || scan.IsSymbol(i, '?') || (scan.IsSymbol(i, '.') && scan.IsGlued(i))) && i - start < 4)
                i++;
            if (i >= scan.Count || scan.Tokens[i].Line > line + 2 || (zip >= 0 && hasCity && scan.Tokens[i].Line > scan.Tokens[zip].Line))
                return start;
            line = scan.Tokens[i].Line;
            int end = zip < 0 ? Dwelling(scan, i) : i;
            if (end == i)
                end = Military(scan, i);
            if (end > i)
            {
                hits.Add(scan, i, end, PhiKind.Street, Rule.StreetAddress, 0.85);
                isCertain = true;
                i = end;
                continue;
            }

            end = StateOrCountry(scan, i, out bool isCountry);
            if (end == i && hasCity && zip < 0 && PastMissing(scan, i) is var next && next > i)
            {
                i = next;
                line = scan.Tokens[i].Line;
                hits.Add(scan, i, i + 1, PhiKind.Zip, Rule.ZipCode, 0.8);
                zip = i++;
                continue;
            }

            if (end == i && hasCity && IsProvinceCode(scan, i))
                end = i + 1;
            if (end > i)
            {
                hits.Add(scan, i, end, isCountry ? PhiKind.AddressCountry : PhiKind.State, Rule.PlaceContext, 0.85);
                i = end;
                continue;
            }

            end = zip < 0 ? Zip(scan, i) : i;
            if (end == i && zip < 0 && hasCity && EndsLine(scan, i))
                end = i + 1;
            if (end > i)
            {
                hits.Add(scan, i, end, PhiKind.Zip, Rule.ZipCode, 0.9);
                zip = i;
                i = end;
                continue;
            }

            // After its code a town stands in most of the world; behind town and code, at most a province in brackets.
            bool isProvince = zip >= 0 && hasCity;
            end = isProvince ? Province(scan, i) : zip >= 0 ? Town(scan, i, zip) : City(scan, i, isCertain);
            if (end == i)
                return start;
            hits.Add(scan, i, end, PhiKind.City, Rule.PlaceContext, IsBeforeState(scan, end) ? 0.9 : 0.75);
            hasCity = true;
            i = end;
        }

        return i;
    }

    private static bool IsBeforeState(in TextScan scan, int end)
    {
        int next = scan.IsSymbol(end, ',') ? end + 1 : end;
        return StateOrCountry(scan, next, out _) > next;
    }

    public static bool IsZip(in TextScan scan, int i) =>
        scan.IsNumber(i) && scan.Tokens[i].Length == 5 && !(scan.IsGlued(i + 1) && scan.IsWord(i + 1)) && !Suppressors.IsMeasure(scan, i, i + 1);

    public static int StateOrCountry(in TextScan scan, int i, out bool isCountry)
    {
        isCountry = false;
        if (LabelReader.PhraseAt(scan, i) is { Kind: PhraseKind.StateName or PhraseKind.CountryName } phrase)
        {
            isCountry = phrase.Kind == PhraseKind.CountryName;
            return phrase.End;
        }

        if (scan.Equals(i, "us") && scan.Tokens[i].IsAllCaps)
        {
            isCountry = true;
            return i + 1;
        }

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

    /// <summary>"APO AA 42323": the post office of a base abroad.</summary>
    public static int Military(in TextScan scan, int i)
    {
        if (!(scan.Equals(i, "apo") || scan.Equals(i, "fpo") || scan.Equals(i, "dpo")) || !(scan.Tokens[i].IsAllCaps || scan.Case == CaseStyle.Lower))
            return i;
        int state = scan.IsSymbol(i + 1, ',') ? i + 2 : i + 1;
        return (scan.Equals(state, "aa") || scan.Equals(state, "ae") || scan.Equals(state, "ap")) && scan.SameLine(state, i)
            ? scan.IsNumber(state + 1) && scan.Tokens[state + 1].Length == 5 ? state + 2 : state + 1
            : i;
    }

    private static int Zip(in TextScan scan, int i)
    {
        if (IsZip(scan, i))
            return scan.IsSymbol(i + 1, '-') && scan.IsNumber(i + 2) && scan.Tokens[i + 2].Length == 4 && scan.IsGlued(i + 2) ? i + 3 : i + 1;
        int end = PostalCodes.InAddress(scan, i);
        return end > i && !Suppressors.IsMeasure(scan, i, end) ? end : i;
    }

    /// <summary>"Aalborg NO 9100", "Sydney NSW 2000".</summary>
    private static bool IsProvinceCode(in TextScan scan, int i) =>
        scan.IsWord(i) && scan.Tokens[i] is { IsAllCaps: true, Length: 2 or 3 } && scan.IsNumber(i + 1) && scan.SameLine(i + 1, i) && scan.Tokens[i + 1].Length is >= 4 and <= 6;

    /// <summary>"Kolding n/a 6000": where the state should be a form printed that there is none, or its number; the code behind it ends the line. The code's token, or the same token.</summary>
    private static int PastMissing(in TextScan scan, int i)
    {
        int code = i + 1;
        bool isNumber = scan.IsNumber(i) && scan.Tokens[i].Length <= 2 && scan.SameLine(i, i - 1) && scan.SameLine(code, i);
        if (scan.Equals(i, "n") && scan.IsSymbol(i + 1, '/') && scan.Equals(i + 2, "a"))
            code = i + 3;
        else if (!isNumber && !scan.Equals(i, "nan") && !scan.Equals(i, "null") && !scan.Equals(i, "none") && !scan.Equals(i, "na") && !scan.Equals(i, "unknown"))
            return i;
        return scan.IsNumber(code) && scan.Tokens[code].Length >= (isNumber ? 5 : 3) && scan.Tokens[code].Length <= 6 && scan.Tokens[code].Line - scan.Tokens[i].Line <= 1 && !scan.SameLine(code + 1, code) ? code : i;
    }

    /// <summary>Four digits behind a town that nothing but a country follows.</summary>
    private static bool EndsLine(in TextScan scan, int i) =>
        scan.IsNumber(i) && scan.Tokens[i].Length == 4 && scan.SameLine(i, i - 1) && scan.IsWord(i - 1)
        && (!scan.SameLine(i + 1, i) || scan.IsSymbol(i + 1, ',') || scan.IsSymbol(i + 1, '.') || StateOrCountry(scan, i + 1, out _) > i + 1);

    private static int Town(in TextScan scan, int i, int zip) => scan.SameLine(i, zip) ? ZipCodes.AfterZip(scan, i) : i;

    private static int Province(in TextScan scan, int i) =>
        LabelReader.PhraseAt(scan, i) is { Kind: PhraseKind.CityName } phrase ? phrase.End
        : scan.IsSymbol(i - 1, '(') && scan.IsSymbol(i + 1, ')') && scan.IsWord(i) && scan.Tokens[i].IsCapitalized ? i + 1
        : scan.IsWord(i) && scan.Tokens[i].IsCapitalized && scan.Info(i).City >= 5 && scan.IsSymbol(i - 1, ',') ? i + 1
        : i;

    /// <summary>Words with capitals that a state, a postal code or the end of the line follows, or that the lexicon knows as a place.</summary>
    private static int City(in TextScan scan, int i, bool isCertain)
    {
        int end = i;
        bool known = LabelReader.PhraseAt(scan, i).Kind == PhraseKind.CityName;
        while (end < scan.Count && end - i < 5 && scan.SameLine(end, i) && scan.IsWord(end) && !(end > i && IsProvinceCode(scan, end)) && !(end > i && scan.Tokens[end].IsAfterGap) && (scan.Tokens[end].IsCapitalized || (end > i && scan.Is(end, Role.Particle)) || scan.Case == CaseStyle.Lower)
            && !(scan.Is(end, Role.StateCode) && scan.Tokens[end].IsAllCaps && end > i) && !(end > i && StateOrCountry(scan, end, out _) > end) && !(end > i && PostalCodes.InAddress(scan, end) > end))
        {
            known |= scan.Info(end).City >= 3;
            end++;
            if (scan.IsSymbol(end, '-') && scan.IsGlued(end))
                end++;
        }

        if (end == i || scan.Equals(i, "and"))
            return i;
        int next = end;
        if (scan.IsSymbol(next, ','))
            next++;

        // "State College, PA": a town may begin with a word that is a label elsewhere.
        bool beforeState = (StateOrCountry(scan, next, out _) > next || IsProvinceCode(scan, next)) && scan.SameLine(next, i);
        if (!beforeState && LabelReader.StartsLabel(scan, i))
            return i;
        bool followed = beforeState || Zip(scan, next) > next || PastMissing(scan, next) > next || (isCertain && EndsLine(scan, next))
            || (scan.IsSymbol(i - 1, ',') && scan.SameLine(i - 1, i) && (!scan.SameLine(end, i) || scan.Tokens[end].IsAfterGap) && !scan.Is(i, Role.NameStop | Role.PhoneCue));
        bool ownLine = isCertain && scan.Tokens[i].IsFirstOnLine && !scan.SameLine(end, i) && !scan.Is(i, Role.NameStop | Role.PhoneCue | Role.Title);
        return known || followed || ownLine || (isCertain && scan.IsSymbol(end, ',')) ? end : i;
    }
}

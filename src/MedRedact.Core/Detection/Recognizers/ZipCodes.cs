namespace MedRedact.Detection;

/// <summary>ZIP codes outside addresses, with the town, and the street, that they give away.</summary>
internal static class ZipCodes
{
    /// <summary>A ZIP code after a state or country, or before a city.</summary>
    public static void Read(in TextScan scan, int i, HitList hits)
    {
        if (scan.Tokens[i].IsGlued || i == 0)
            return;
        if (IsBelowState(scan, i))
        {
            hits.Add(scan, i, i + 1, PhiKind.Zip, Rule.ZipCode, 0.8);
            return;
        }

        int before = BeforeDash(scan, i);
        bool afterState = scan.SameLine(before, i) && scan.IsWord(before)
            && ((scan.Is(before, Role.StateCode) && scan.Tokens[before].IsAllCaps) || EndsPlace(scan, before));
        bool afterCity = scan.SameLine(before, i) && EndsCity(scan, before);
        int city = i + 1;
        if (scan.IsSymbol(city, '.') || scan.IsSymbol(city, '-') || scan.IsSymbol(city, ','))
            city++;
        int cityEnd = scan.SameLine(city, i) ? AfterZip(scan, city) : city;
        if (!afterState && !afterCity && cityEnd == city)
            return;
        hits.Add(scan, i, i + 1, PhiKind.Zip, Rule.ZipCode, 0.85);
        if (cityEnd > city)
        {
            hits.Add(scan, city, cityEnd, PhiKind.City, Rule.PlaceContext, 0.7);
            if (StreetBeforeZip(scan, i, out int end) is var street and >= 0)
                hits.Add(scan, street, end, PhiKind.Street, Rule.StreetAddress, 0.65);
        }
    }

    /// <summary>The word before the code: "FL 34102", "Florida, 34102", "USA - 34102".</summary>
    private static int BeforeDash(in TextScan scan, int i) =>
        i > 1 && scan.Tokens[i].Length == 5 && scan.Tokens[i - 1].First is '-' or '–' or ',' && scan.Tokens[i - 1].Length == 1 && scan.SameLine(i - 1, i) ? i - 2 : i - 1;

    /// <summary>"São Tiago 3610-114": Portugal's code, behind a word that may be a town's name.</summary>
    public static int Portuguese(in TextScan scan, int i)
    {
        if (scan.Tokens[i].Length != 4 || scan.IsGlued(i) || !scan.IsSymbol(i + 1, '-') || !scan.IsGlued(i + 1) || !scan.IsNumber(i + 2) || scan.Tokens[i + 2].Length != 3 || !scan.IsGlued(i + 2) || (scan.IsGlued(i + 3) && scan.Tokens[i + 3].Kind != TokenKind.Symbol))
            return i;
        int town = i - 1;
        bool isTown = scan.SameLine(town, i) && scan.IsWord(town) && scan.Tokens[town] is { IsCapitalized: true, IsAllCaps: false, Length: > 2 }
            && (scan.Info(town).Class & (WordClass.Common | WordClass.Clinical)) == 0 && !scan.Is(town, Role.NameStop | Role.PhoneCue | Role.Dwelling | Role.Measure);
        return isTown ? i + 3 : i;
    }

    /// <summary>"Colón, 28, 1º. 36201 Vigo": before code and town stand a name and a house number; the first token of the name, or -1.</summary>
    private static int StreetBeforeZip(in TextScan scan, int zip, out int end)
    {
        end = zip;
        bool hasNumber = false;
        int i = zip - 1;
        while (i >= 0 && zip - i <= 10 && scan.SameLine(i, zip)
            && (scan.Tokens[i].Kind == TokenKind.Symbol ? scan.Tokens[i].First is ',' or '.' or '-' or '/' || scan.IsOrdinalSign(i)
                : (scan.IsNumber(i) && scan.Tokens[i].Length <= 4) || scan.Tokens[i].Length == 1 || scan.Is(i, Role.Dwelling)))
        {
            hasNumber |= scan.IsNumber(i) || (scan.Equals(i, "s") && scan.IsSymbol(i + 1, '/'));
            if (end == zip && (scan.Tokens[i].Kind != TokenKind.Symbol || scan.IsOrdinalSign(i)))
                end = i + 1;
            i--;
        }

        int first = -1;
        for (int words = 0; hasNumber && i >= 0 && words < 6 && scan.SameLine(i, zip) && scan.IsWord(i); i--, words++)
        {
            if (scan.Tokens[i].IsCapitalized && (!scan.Is(i, Role.NameStop) || scan.Is(i, Role.Particle)))
                first = i;
            else if (!scan.Is(i, Role.Particle))
                break;
        }

        return first;
    }

    /// <summary>"Eureka, CA   Tel: …", and on the next line only "95501".</summary>
    private static bool IsBelowState(in TextScan scan, int i)
    {
        if (!scan.Tokens[i].IsFirstOnLine || (scan.SameLine(i + 1, i) && !scan.Tokens[i + 1].IsAfterGap))
            return false;
        for (int state = i - 1; state > 0 && i - state <= 16 && scan.Tokens[i].Line - scan.Tokens[state].Line <= 2; state--)
        {
            // The rim of a letter may be read as a mark: "CA' Tel".
            int next = scan.Tokens[state + 1] is { Kind: TokenKind.Symbol, First: '\'' or '’' or '‘' or '`' or '.' } ? state + 2 : state + 1;
            bool ends = scan.Tokens[next].IsAfterGap || !scan.SameLine(next, state) || scan.Is(next, Role.PhoneCue) || scan.IsSymbol(next, ',');
            if (ends && scan.IsWord(state) && ((scan.Is(state, Role.StateCode) && scan.Tokens[state].IsAllCaps && scan.IsSymbol(state - 1, ',')) || EndsPlace(scan, state)))
                return true;
        }

        return false;
    }

    private static bool EndsCity(in TextScan scan, int token) =>
        scan.IsWord(token) && scan.Tokens[token].IsCapitalized && ((scan.Info(token) is { City: >= 6, Class: WordClass.None }) || LabelReader.PhraseAt(scan, token).Kind is PhraseKind.CityName);

    /// <summary>A town after its ZIP code, "20014 Donostia": words with capitals that are no ordinary ones; returns the token after them.</summary>
    public static int AfterZip(in TextScan scan, int start)
    {
        if (LabelReader.PhraseAt(scan, start) is { Kind: PhraseKind.CityName } phrase)
            return phrase.End;
        int end = start;
        for (int i = start; i - start < 5 && scan.IsWord(i) && scan.SameLine(i, start); i++)
        {
            bool ordinary = (scan.Info(i).Class & (WordClass.Common | WordClass.Clinical)) != 0 || scan.Is(i, Role.NameStop | Role.Facility | Role.Title | Role.PhoneCue);
            if (scan.Tokens[i].IsCapitalized && !ordinary && scan.Tokens[i].Length > 2 && (end > start || scan.Case == CaseStyle.Mixed))
                end = i + 1;
            else if (!(scan.Is(i, Role.Particle) && end == i))
                break;
        }

        return end;
    }

    private static bool EndsPlace(in TextScan scan, int token)
    {
        for (int back = 0; back < 3 && token - back >= 0; back++)
        {
            if (LabelReader.PhraseAt(scan, token - back) is { Kind: PhraseKind.StateName or PhraseKind.CountryName } place && place.End == token + 1)
                return true;
        }

        return false;
    }
}

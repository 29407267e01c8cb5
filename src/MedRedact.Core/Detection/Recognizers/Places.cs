namespace MedRedact.Detection;

/// <summary>Cities, states and countries outside addresses: from lists, where the words around or a label make them places.</summary>
internal sealed class Places : ITextRecognizer
{
    public void Recognize(in TextScan scan, HitList hits)
    {
        foreach (PhraseHit phrase in scan.Phrases)
        {
            if (phrase.Kind is PhraseKind.StateName or PhraseKind.CountryName or PhraseKind.CityName)
                Listed(scan, phrase, hits);
            else if (phrase.Kind is PhraseKind.City or PhraseKind.State or PhraseKind.Country or PhraseKind.Profession)
                Labelled(scan, phrase, hits);
        }

        for (int i = 0; i < scan.Count; i++)
        {
            if (scan.Tokens[i].IsWord)
                InText(scan, i, hits);
            else if (AddressTail.IsZip(scan, i))
                Zip(scan, i, hits);
        }
    }

    private static void Listed(in TextScan scan, in PhraseHit phrase, HitList hits)
    {
        bool isState = phrase.Kind != PhraseKind.CityName;
        bool alone = phrase.End - phrase.First == 1;
        for (int i = phrase.First; i < phrase.End; i++)
        {
            if (scan.IsWord(i) && !scan.Tokens[i].IsCapitalized && !scan.Is(i, Role.Particle | Role.NameStop) && scan.Case == CaseStyle.Mixed)
                return;
        }

        if (scan.Case != CaseStyle.Mixed && !alone && !isState && !scan.Is(phrase.First - 1, Role.Locative))
            return;
        if (scan.Is(phrase.End, Role.EponymHead) || scan.Tokens[phrase.End - 1].IsPossessive && scan.Is(phrase.End + 1, Role.EponymHead))
            return;

        // "Virginia Phillips", "Jordan": a given name unless something leads to a place.
        ref readonly WordInfo info = ref scan.Info(phrase.First);
        bool located = IsLed(scan, phrase.First) || scan.IsSymbol(phrase.First - 1, ',');
        if (alone && !located && (info.Given >= 5 || NameFollows(scan, phrase.End)))
            return;
        if (alone && scan.Case == CaseStyle.Lower && !located)
            return;
        hits.Add(scan, phrase.First, phrase.End, isState ? PhiKind.State : PhiKind.City, Rule.PlaceList, located ? 0.85 : 0.7);
    }

    private static bool NameFollows(in TextScan scan, int next) =>
        scan.IsWord(next) && scan.SameLine(next, next - 1) && scan.Tokens[next].IsCapitalized && scan.Info(next).Surname >= 4 && (scan.Info(next).Class & WordClass.Common) == 0;

    private static bool IsLed(in TextScan scan, int i) =>
        scan.SameLine(i, i - 1) && (scan.Is(i - 1, Role.Locative | Role.Move) || (scan.Equals(i - 1, "to") && Moves(scan, i)) || (scan.Equals(i - 1, "of") && scan.Is(i - 2, Role.Move)) || (scan.Equals(i - 1, "the") && scan.Is(i - 2, Role.Locative)));

    private static void InText(in TextScan scan, int i, HitList hits)
    {
        ref readonly Token token = ref scan.Tokens[i];
        if (!token.IsCapitalized || token.Length < (token.IsAllCaps ? 3 : 2))
            return;
        ref readonly WordInfo info = ref scan.Info(i);
        bool commaState = scan.IsSymbol(i + 1, ',') && scan.Is(i + 2, Role.StateCode) && scan.Tokens[i + 2].IsAllCaps && scan.SameLine(i + 2, i) && !NameEvidence.IsCredential(scan, i + 2);
        if (commaState && !info.Is(Role.NameStop))
        {
            int first = i;
            while (first > 0 && !scan.Tokens[first].IsAfterGap && scan.IsWord(first - 1) && scan.Tokens[first - 1].IsCapitalized && scan.SameLine(first - 1, i) && !scan.Is(first - 1, Role.NameStop | Role.Facility) && i - first < 3)
                first--;
            hits.Add(scan, first, i + 1, PhiKind.City, Rule.PlaceContext, 0.8);
            hits.Add(scan, i + 2, i + 3, PhiKind.State, Rule.PlaceContext, 0.8);
            return;
        }

        if (token.Length < 3 || LabelReader.PhraseAt(scan, i) is { Kind: PhraseKind.StateName or PhraseKind.CountryName })
            return;
        bool ordinary = (info.Class & (WordClass.Common | WordClass.Dictionary | WordClass.Clinical)) != 0;
        bool head = scan.Is(i + 1, Role.PlaceHead) && scan.SameLine(i, i + 1);
        bool led = IsLed(scan, i) && !(scan.IsSymbol(i + 1, '-') && scan.IsGlued(i + 1));
        if (info.Is(Role.NameStop | Role.Month | Role.Weekday | Role.Title) || token.IsPossessive && scan.Is(i + 1, Role.EponymHead) || scan.Is(i + 1, Role.EponymHead | Role.Measure))
            return;
        if (scan.Case != CaseStyle.Mixed)
            return;
        bool moved = led && Moves(scan, i) && !ordinary && !(token.IsAllCaps && token.Length <= 4);
        bool known = (info.City >= 4 || (info is { City: >= 1, Given: < 3, Surname: < 3 } && token.Length > 3)) && !ordinary && (info.Given < 6 || moved);
        bool large = info.City >= 8 && !ordinary && info.Surname <= 6 && info.Given <= 6;
        bool eponym = (info.Class & WordClass.Eponym) != 0 && !led;
        if (token.IsGlued && scan.IsSymbol(i - 1, '-') && i >= 2 && scan.IsWord(i - 2) && scan.Tokens[i - 1].IsGlued)
            return;
        if (eponym || !((known && (led || head)) || large || moved || (head && info.City > 0 && !ordinary)))
            return;
        int end = i + 1;
        if (moved && info.City == 0)
        {
            while (scan.IsWord(end) && scan.SameLine(end, i) && scan.Tokens[end].IsCapitalized && end - i < 4 && !scan.Is(end, Role.NameStop))
                end++;
        }

        if (head && end < scan.Count && scan.Tokens[end].IsCapitalized)
            end++;
        hits.Add(scan, i, end, head && scan.Equals(i + 1, "county") ? PhiKind.County : PhiKind.City, Rule.PlaceContext, led || head ? 0.75 : 0.6);
    }

    /// <summary>"lives in", "moved here from", "grew up in".</summary>
    private static bool Moves(in TextScan scan, int i)
    {
        for (int back = 2; back <= 4; back++)
        {
            if (scan.Is(i - back, Role.Move) && scan.SameLine(i - back, i))
                return true;
        }

        return scan.Is(i - 1, Role.Move) && scan.Equals(i - 1, "visiting");
    }

    /// <summary>A ZIP code after a state or country, or before a city.</summary>
    private static void Zip(in TextScan scan, int i, HitList hits)
    {
        if (scan.Tokens[i].IsGlued || i == 0)
            return;
        if (IsBelowState(scan, i))
        {
            hits.Add(scan, i, i + 1, PhiKind.Zip, Rule.ZipCode, 0.8);
            return;
        }

        int before = i - 1;
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
            hits.Add(scan, city, cityEnd, PhiKind.City, Rule.PlaceContext, 0.7);
    }

    /// <summary>"Eureka, CA   Tel: …", and on the next line only "95501".</summary>
    private static bool IsBelowState(in TextScan scan, int i)
    {
        if (!scan.Tokens[i].IsFirstOnLine || (scan.SameLine(i + 1, i) && !scan.Tokens[i + 1].IsAfterGap))
            return false;
        for (int state = i - 1; state > 0 && i - state <= 16 && scan.Tokens[i].Line - scan.Tokens[state].Line <= 2; state--)
        {
            bool ends = scan.Tokens[state + 1].IsAfterGap || !scan.SameLine(state + 1, state) || scan.Is(state + 1, Role.PhoneCue) || scan.IsSymbol(state + 1, ',');
            if (ends && scan.IsWord(state) && ((scan.Is(state, Role.StateCode) && scan.Tokens[state].IsAllCaps && scan.IsSymbol(state - 1, ',')) || EndsPlace(scan, state)))
                return true;
        }

        return false;
    }

    private static bool EndsCity(in TextScan scan, int token) =>
        scan.IsWord(token) && scan.Tokens[token].IsCapitalized && ((scan.Info(token) is { City: >= 6, Class: WordClass.None }) || LabelReader.PhraseAt(scan, token).Kind is PhraseKind.CityName);

    /// <summary>A town after its ZIP code, "20014 Donostia": words with capitals that are no ordinary ones; returns the token after them.</summary>
    private static int AfterZip(in TextScan scan, int start)
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

    private static void Labelled(in TextScan scan, in PhraseHit label, HitList hits)
    {
        ValueStart value = LabelReader.After(scan, label);
        if (!value.Exists || !value.IsMarked || !scan.IsWord(value.Token))
            return;
        bool profession = label.Kind == PhraseKind.Profession;
        if (!profession && (value.IsNextLine || !(scan.Tokens[value.Token].IsCapitalized || scan.Case == CaseStyle.Lower)))
            return;
        PhiKind kind = label.Kind switch
        {
            PhraseKind.City => PhiKind.City,
            PhraseKind.Profession => PhiKind.Profession,
            _ => PhiKind.State,
        };
        int end = LineValue.End(scan, value.Token, 5);
        var ground = new Ground(Rule.LabelBefore, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, 0.4f);
        hits.Add(scan, value.Token, end, kind, profession ? Rule.ProfessionLabel : Rule.PlaceLabel, 0.85, ground);
    }
}

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
                LabelledPlaces.Read(scan, phrase, hits);
        }

        int larger = 0;
        for (int i = 0; i < scan.Count; i++)
        {
            while (larger < scan.Phrases.Count && scan.Phrases[larger].End <= i)
                larger++;
            bool isLarger = larger < scan.Phrases.Count && scan.Phrases[larger] is { Kind: PhraseKind.StateName or PhraseKind.CountryName } name && name.First <= i;
            if (scan.Tokens[i].IsWord)
                InText(scan, i, isLarger, hits);
            else if (AddressTail.IsZip(scan, i))
                ZipCodes.Read(scan, i, hits);
            else if (scan.IsNumber(i) && ZipCodes.Portuguese(scan, i) is var code && code > i)
                hits.Add(scan, i, code, PhiKind.Zip, Rule.ZipCode, 0.75);
        }

        AddressCountries.Mark(scan, hits);
    }

    private static void Listed(in TextScan scan, in PhraseHit phrase, HitList hits)
    {
        bool isState = phrase.Kind != PhraseKind.CityName;
        if (Suppressors.IsTobacco(scan, phrase.First))
            return;
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
        hits.Add(scan, phrase.First, phrase.End, phrase.Kind switch { PhraseKind.StateName => PhiKind.State, PhraseKind.CountryName => IsOrigin(scan, phrase.First) ? PhiKind.AddressCountry : PhiKind.Country, _ => PhiKind.City }, Rule.PlaceList, located ? 0.85 : 0.7);
    }

    /// <summary>"born in Cuba", "originally from Norway", "lives in Peru": a sentence that says what a label of residence or birth says.</summary>
    private static bool IsOrigin(in TextScan scan, int country)
    {
        int i = country - 1;
        if (scan.Equals(i, "the"))
            i--;
        if (!(scan.Equals(i, "in") || scan.Equals(i, "from") || scan.Equals(i, "to") || scan.Equals(i, "of") || scan.Equals(i, "en") || scan.Equals(i, "de")))
            return false;
        for (int back = 1; back <= 2 && scan.SameLine(i - back, country); back++)
        {
            if (scan.Is(i - back, Role.Residence))
                return true;
            if (!scan.Equals(i - back, "here") && !scan.Equals(i - back, "back") && !scan.Equals(i - back, "up") && !scan.Equals(i - back, "and") && !scan.IsWord(i - back))
                return false;
        }

        return false;
    }

    private static bool NameFollows(in TextScan scan, int next) =>
        scan.IsWord(next) && scan.SameLine(next, next - 1) && scan.Tokens[next].IsCapitalized && scan.Info(next).Surname >= 4 && (scan.Info(next).Class & WordClass.Common) == 0;

    public static bool IsLed(in TextScan scan, int i) =>
        scan.SameLine(i, i - 1) && (scan.Is(i - 1, Role.Locative | Role.Move) || (scan.Equals(i - 1, "to") && Moves(scan, i)) || (scan.Equals(i - 1, "of") && scan.Is(i - 2, Role.Move)) || (scan.Equals(i - 1, "the") && scan.Is(i - 2, Role.Locative)));

    private static void InText(in TextScan scan, int i, bool isLarger, HitList hits)
    {
        ref readonly Token token = ref scan.Tokens[i];
        if (!token.IsCapitalized)
            return;
        if (token.Length == 1)
        {
            if (PostalCodes.Distinctive(scan, i) is var code && code > i)
                hits.Add(scan, i, code, PhiKind.Zip, Rule.ZipCode, 0.7);
            return;
        }

        if (token.Length < (token.IsAllCaps ? 3 : 2))
            return;
        ref readonly WordInfo info = ref scan.Info(i);
        bool commaState = scan.IsSymbol(i + 1, ',') && scan.Is(i + 2, Role.StateCode) && scan.Tokens[i + 2].IsAllCaps && scan.SameLine(i + 2, i) && (!NameEvidence.IsCredential(scan, i + 2) || Towns.BeforeCredential(scan, i));
        if (commaState && !info.Is(Role.NameStop))
        {
            int first = i;
            while (first > 0 && !scan.Tokens[first].IsAfterGap && scan.IsWord(first - 1) && scan.Tokens[first - 1].IsCapitalized && scan.SameLine(first - 1, i) && !scan.Is(first - 1, Role.NameStop | Role.Facility) && i - first < 3 && !EndsBefore(scan, first - 1, i))
                first--;
            hits.Add(scan, first, i + 1, PhiKind.City, Rule.PlaceContext, 0.8);
            hits.Add(scan, i + 2, i + 3, PhiKind.State, Rule.PlaceContext, 0.8);
            return;
        }

        // "Maine", "Peru": larger than a town, though a town is called so too.
        if (token.Length < 3 || isLarger)
            return;
        if (scan.IsSymbol(i + 1, ',') && Towns.BeforeLarger(scan, i) is var town and >= 0)
        {
            hits.Add(scan, town, i + 1, PhiKind.City, Rule.PlaceContext, 0.75);
            return;
        }

        bool ordinary = (info.Class & (WordClass.Common | WordClass.Dictionary | WordClass.Clinical)) != 0;
        bool head = scan.Is(i + 1, Role.PlaceHead) && scan.SameLine(i, i + 1);
        bool led = IsLed(scan, i) && !(scan.IsSymbol(i + 1, '-') && scan.IsGlued(i + 1));
        if (info.Is(Role.NameStop | Role.Month | Role.Weekday | Role.Title) || token.IsPossessive && scan.Is(i + 1, Role.EponymHead) || (scan.Is(i + 1, Role.EponymHead | Role.Measure) && !(head && led)))
            return;

        // "Denver II" is a test, "Newport" may be smoked.
        if (scan.Is(i + 1, Role.Suffix) || Suppressors.IsTobacco(scan, i))
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

        // "in Leeds LS1 4AP"
        if (!head && scan.SameLine(end, i) && (scan.IsWord(end) || scan.IsSymbol(end + 1, '-')) && PostalCodes.InAddress(scan, end) is var postal && postal > end)
            hits.Add(scan, end, postal, PhiKind.Zip, Rule.ZipCode, 0.7);
    }

    /// <summary>"AND SCIENCE Dayton, OH", "APPLIED SCIENCE DAYTON, OH": a town's name is written in one case, "and" is none of its words, and two ordinary words are not part of one that is known
    /// without them.</summary>
    private static bool EndsBefore(in TextScan scan, int before, int last) =>
        scan.Equals(before, "and") || (scan.Tokens[before] is { IsAllCaps: true, Length: > 2 } && !scan.Tokens[last].IsAllCaps)
        || (before == last - 1 && IsTown(scan, last, last) && IsOrdinary(scan, before) && IsOrdinary(scan, before - 1) && scan.SameLine(before - 1, before) && !IsTown(scan, before, last));

    private static bool IsTown(in TextScan scan, int first, int last) =>
        (LabelReader.PhraseAt(scan, first) is { Kind: PhraseKind.CityName } town && town.End == last + 1) || (first == last && scan.Info(first).City >= 4);

    private static bool IsOrdinary(in TextScan scan, int token) =>
        scan.IsWord(token) && (scan.Info(token).Class & (WordClass.Common | WordClass.Dictionary)) != 0 && !scan.Is(token, Role.PlaceAdjective);

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
}

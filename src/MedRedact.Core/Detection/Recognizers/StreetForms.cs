namespace MedRedact.Detection;

/// <summary>Streets that no house number leads: "Hauptstraße 12", "Karl Johans gate 22", "Elm Street, Denver", "the corner of Oak and 5th".</summary>
internal static class StreetForms
{
    private const int LongestEnding = 8;
    private const int MostWords = 4;

    /// <summary>The street before a house number, "Keizersgracht 123", "6750 Koskikatu 25"; its first token, or -1.</summary>
    public static int BeforeNumber(in TextScan scan, int number, out int end)
    {
        end = number + 1;
        if (scan.Tokens[number].Length > 4 || scan.IsGlued(number) || scan.Case == CaseStyle.Upper)
            return -1;
        int last = number - 1;
        bool dotted = scan.IsSymbol(last, '.') && scan.IsGlued(last);
        if (dotted)
            last--;
        if (!scan.IsWord(last) || !scan.SameLine(last, number) || scan.Tokens[number].IsAfterGap || Suppressors.IsMeasure(scan, number, number + 1))
            return -1;
        bool apart = scan.Is(last, Role.StreetEnding) && scan.IsWord(last - 1) && scan.SameLine(last - 1, last) && scan.Tokens[last - 1].IsCapitalized
            && !scan.Is(last - 1, Role.NameStop | Role.Unit | Role.Measure) && (!scan.Tokens[last].IsCapitalized || !IsOrdinary(scan, last - 1) || IsCompound(scan, last - 1));
        if (!apart && !(!dotted && scan.Tokens[last].IsCapitalized && IsCompound(scan, last)))
            return -1;
        int first = last;
        while (first > 0 && last - first < MostWords && scan.SameLine(first - 1, last) && !scan.Tokens[first].IsAfterGap
            && ((scan.IsWord(first - 1) && scan.Tokens[first - 1].IsCapitalized && !scan.Is(first - 1, Role.NameStop | Role.Locative | Role.Title)) || (scan.IsSymbol(first - 1, '-') && scan.IsGlued(first))))
            first--;
        if (apart && first == last)
            return -1;
        if (scan.IsNumber(first - 1) && scan.SameLine(first - 1, last) && scan.Tokens[first - 1].Length <= 5 && !scan.IsGlued(first - 1))
            first--;

        // "12a", "12-14", "u. 12."
        if (scan.IsGlued(end) && scan.IsWord(end) && scan.Tokens[end].Length == 1)
            end++;
        if (scan.IsSymbol(end, '-') && scan.IsGlued(end) && scan.IsNumber(end + 1) && scan.IsGlued(end + 1))
            end += 2;
        return scan.IsSymbol(end, '/') && scan.IsNumber(end + 1) && scan.IsNumber(end + 3) ? -1 : first;
    }

    /// <summary>A word that ends in a street's ending and is in no dictionary: "Storgatan", "Mannerheimintie".</summary>
    private static bool IsCompound(in TextScan scan, int i)
    {
        if (IsOrdinary(scan, i) || scan.Info(i).Given > 3)
            return false;
        ReadOnlySpan<char> word = scan.Slice(i);
        for (int length = 3; length <= LongestEnding && length + 3 <= word.Length; length++)
        {
            if (scan.Vocabulary.Of(word[^length..]).Is(Role.StreetEnding))
                return true;
        }

        return false;
    }

    private static bool IsOrdinary(in TextScan scan, int i) => (scan.Info(i).Class & (WordClass.Common | WordClass.Dictionary | WordClass.Clinical)) != 0;

    /// <summary>"12 rue de la Paix", "3 bis, avenue Foch": the street's word stands in small letters behind the number.</summary>
    public static int NumberThenPrefix(in TextScan scan, int number)
    {
        int prefix = number + 1;
        if (scan.Equals(prefix, "bis") || scan.Equals(prefix, "ter"))
            prefix++;
        if (scan.IsSymbol(prefix, ','))
            prefix++;
        if (!IsPrefix(scan, prefix) || !scan.SameLine(prefix, number))
            return number;
        int end = number;
        for (int i = prefix + 1; i < scan.Count && i - prefix <= 7 && scan.SameLine(i, number) && !scan.Tokens[i].IsAfterGap; i++)
        {
            if (scan.IsWord(i) && scan.Tokens[i].IsCapitalized)
                end = i + 1;
            else if (!scan.Is(i, Role.Particle) && !scan.IsSymbol(i, '-') && !scan.IsSymbol(i, '\'') && !scan.Equals(i, "des") && !scan.Equals(i, "et"))
                break;
        }

        return end > number && EndsInNumber(scan, end) ? end + 1 : end;
    }

    /// <summary>"rue"; and "avenue", "place" where what follows shows that a language is meant which writes them first.</summary>
    private static bool IsPrefix(in TextScan scan, int i)
    {
        if (scan.Is(i, Role.StreetPrefix))
            return scan.Tokens[i].Length >= 3 || scan.Equals(i, "av");
        if (!(scan.Equals(i, "avenue") || scan.Equals(i, "boulevard") || scan.Equals(i, "place") || scan.Equals(i, "square") || scan.Equals(i, "route")) || !scan.SameLine(i + 1, i))
            return false;
        bool linked = scan.Equals(i + 1, "de") || scan.Equals(i + 1, "des") || scan.Equals(i + 1, "du") || scan.Equals(i + 1, "della") || scan.Equals(i + 1, "la");
        return linked || (scan.Case == CaseStyle.Mixed && !scan.Tokens[i].IsCapitalized && scan.IsWord(i + 1) && scan.Tokens[i + 1].IsCapitalized);
    }

    /// <summary>"33 rue du Moulin 12": a second number right before the line's end or a comma.</summary>
    private static bool EndsInNumber(in TextScan scan, int i) =>
        scan.IsNumber(i) && scan.Tokens[i].Length <= 4 && scan.SameLine(i, i - 1) && !scan.Tokens[i].IsAfterGap
        && (!scan.SameLine(i + 1, i) || scan.IsSymbol(i + 1, ',') || scan.Is(i + 1, Role.Dwelling));

    /// <summary>"corner of Oak and 5th", "corner of 159 Venizelou str and Rennie Union"; the token after it, or the same token.</summary>
    public static int Corner(in TextScan scan, int i)
    {
        if (!scan.Equals(i, "corner") || !scan.Equals(i + 1, "of"))
            return i;
        int first = scan.Equals(i + 2, "the") ? i + 3 : i + 2;
        int and = Names(scan, first);
        if (and == first || !(scan.Equals(and, "and") || scan.IsSymbol(and, '&')))
            return i;
        int end = Names(scan, and + 1);
        return end > and + 1 ? end : i;
    }

    private static int Names(in TextScan scan, int first)
    {
        int end = first;
        while (end < scan.Count && end - first < 6 && scan.SameLine(end, first)
            && ((scan.IsWord(end) && (scan.Tokens[end].IsCapitalized || scan.Case == CaseStyle.Lower || (end > first && scan.Is(end, Role.StreetSuffix | Role.StreetEnding | Role.OrdinalMark))) && !scan.Is(end, Role.NameStop) && !scan.Equals(end, "and"))
                || scan.IsNumber(end) || (end > first && scan.IsSymbol(end, '.') && scan.IsGlued(end) && scan.Tokens[end - 1].Length <= 3)))
            end++;
        return end > first && (scan.Tokens[first].IsNumber || (scan.Info(first).Class & WordClass.Clinical) == 0 || scan.Is(end - 1, Role.StreetSuffix | Role.StreetEnding)) ? end : first;
    }

    /// <summary>"from Elm Street, Denver": a street without a number, led to by a word; its first token, or -1.</summary>
    public static int Unnumbered(in TextScan scan, int suffix)
    {
        if (scan.Case != CaseStyle.Mixed || !scan.Is(suffix, Role.StreetSuffix) || !IsWhole(scan, suffix) || scan.Is(suffix + 1, Role.Facility | Role.FacilityCue | Role.FacilityPart))
            return -1;
        int first = suffix;
        while (first > 0 && suffix - first < 3 && scan.SameLine(first - 1, suffix) && scan.IsWord(first - 1) && scan.Tokens[first - 1].IsCapitalized && !scan.Is(first - 1, Role.NameStop | Role.Month | Role.Weekday))
            first--;
        bool led = scan.SameLine(first - 1, suffix) && (scan.Is(first - 1, Role.Locative | Role.Move) || scan.Equals(first - 1, "on") || scan.Equals(first - 1, "of") || scan.Equals(first - 1, "to"));
        return first < suffix && led ? first : -1;
    }

    private static bool IsWhole(in TextScan scan, int i) =>
        scan.Tokens[i].IsCapitalized && (scan.Equals(i, "street") || scan.Equals(i, "avenue") || scan.Equals(i, "road") || scan.Equals(i, "boulevard") || scan.Equals(i, "lane") || scan.Equals(i, "ave") || scan.Equals(i, "blvd"));
}

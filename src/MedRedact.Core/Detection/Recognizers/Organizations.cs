namespace MedRedact.Detection;

/// <summary>Employers and other companies without a suffix: by the noun that ends their name, and by the work done for them.</summary>
internal sealed class Organizations : ITextRecognizer
{
    private const int FarthestVerb = 9;

    public void Recognize(in TextScan scan, HitList hits)
    {
        if (scan.Case != CaseStyle.Mixed)
            return;
        for (int i = 1; i < scan.Count; i++)
        {
            if (!scan.Tokens[i].IsWord)
                continue;
            if (scan.Tokens[i].IsCapitalized && scan.Is(i, Role.CompanyHead) && !EndsInLonger(scan, i))
                Headed(scan, i, hits);
            else if (scan.Is(i, Role.WorkVerb))
                WorkedFor(scan, i, hits);
        }
    }

    /// <summary>"Freight Lines": the name goes on to a later noun.</summary>
    private static bool EndsInLonger(in TextScan scan, int i) =>
        scan.SameLine(i, i + 1) && scan.IsWord(i + 1) && scan.Tokens[i + 1].IsCapitalized && scan.Is(i + 1, Role.CompanyHead | Role.CompanySuffix | Role.Facility);

    /// <summary>"Marlowe Printing", "Harmon &amp; Vail Cannery", "Bluestem Elementary School".</summary>
    private static void Headed(in TextScan scan, int head, HitList hits)
    {
        int first = head;
        bool own = false;
        for (int i = head - 1; i >= 0 && head - i <= 6 && scan.SameLine(i, head) && !scan.Tokens[i + 1].IsAfterGap; i--)
        {
            if (scan.IsSymbol(i, '&') || scan.IsSymbol(i, '-') || scan.IsSymbol(i, '\''))
                continue;
            if (!scan.IsWord(i) || !scan.Tokens[i].IsCapitalized || scan.Is(i, Role.Month | Role.Weekday | Role.Title) || (scan.Is(i, Role.NameStop) && !scan.Is(i, Role.Direction | Role.FacilityPart)))
                break;
            own |= IsOwn(scan, i);
            first = i;
        }

        if (own)
            hits.Add(scan, first, WithSuffix(scan, head + 1), PhiKind.Employer, Rule.OrganizationNoun, 0.75);
    }

    /// <summary>A word that a company may be called by: not one that names a trade, a specialty or something of the clinic.</summary>
    private static bool IsOwn(in TextScan scan, int i) =>
        !scan.Is(i, Role.CompanyHead | Role.FacilityPart | Role.Specialty | Role.EponymHead) && (scan.Info(i).Class & WordClass.Clinical) == 0
        && ((scan.Info(i).Class & WordClass.Common) == 0 || scan.Info(i) is { Surname: >= 4 } or { City: >= 3 });

    /// <summary>"works as a welder for Redwing Ironworks", "employed at Summit".</summary>
    private static void WorkedFor(in TextScan scan, int verb, HitList hits)
    {
        for (int i = verb + 1; i < scan.Count && i - verb <= FarthestVerb && scan.SameLine(i, verb) && scan.Tokens[i].Kind != TokenKind.Number; i++)
        {
            if (scan.Tokens[i].Kind == TokenKind.Symbol && scan.Tokens[i].First is '.' or ';' or ':')
                return;
            if (!(scan.Equals(i, "at") || scan.Equals(i, "for") || scan.Equals(i, "by")))
                continue;
            int first = scan.Equals(i + 1, "the") ? i + 2 : i + 1;
            int end = first;
            while (end < scan.Count && end - first < 7 && scan.SameLine(end, verb) && !(end > first && scan.Tokens[end].IsAfterGap)
                && ((scan.IsWord(end) && scan.Tokens[end].IsCapitalized && !scan.Is(end, Role.Month | Role.Weekday | Role.Title) && !(end == first && scan.Is(end, Role.NameStop)))
                    || (end > first && (scan.IsSymbol(end, '&') || scan.Equals(end, "of")) && scan.IsWord(end + 1) && scan.Tokens[end + 1].IsCapitalized)))
                end++;
            if (end > first && scan.Tokens[first].Length > 1 && !NamesNone(scan, first, end))
                hits.Add(scan, first, WithSuffix(scan, end), PhiKind.Employer, Rule.OrganizationWork, 0.8, new Ground(Rule.Context, scan.Tokens[verb].Start, scan.Tokens[verb].End, 0.4f));
            return;
        }
    }

    /// <summary>"for XYZ", "for the Army", "at the Hospital"; "for ABC" may be the broadcaster.</summary>
    private static bool NamesNone(in TextScan scan, int first, int end) =>
        (end == first + 1 && Nameless.IsPlaceholder(scan, first) && !scan.Equals(first, "abc")) || Nameless.IsGeneric(scan, first, end);

    private static int WithSuffix(in TextScan scan, int end)
    {
        if (scan.IsSymbol(end, '.') && scan.IsGlued(end) && scan.Is(end - 1, Role.CompanySuffix | Role.CompanyHead) && scan.Tokens[end - 1].Length <= 4)
            return end + 1;
        int suffix = scan.IsSymbol(end, ',') ? end + 1 : end;
        return scan.Is(suffix, Role.CompanySuffix) && scan.SameLine(suffix, end - 1) && scan.Tokens[suffix].IsCapitalized ? suffix + 1 : end;
    }
}

namespace MedRedact.Detection;

/// <summary>Chooses the tokens that are worth tagging: what may be part of a name of something, and what joins such tokens. All others are outside.</summary>
internal static class TaggerGate
{
    /// <summary>Longer runs are cut, which bounds the memory of one sequence.</summary>
    public const int LongestSequence = 256;

    private const int FarthestBridge = 3;
    private const int ReachOfWork = 6;

    private const Role Plain = Role.NameStop | Role.Unit | Role.Month | Role.Weekday | Role.AgeUnit;
    private const Role Telling = Role.Facility | Role.FacilityPart | Role.FacilityHead | Role.FacilityCue | Role.CompanySuffix | Role.CompanyHead | Role.StreetSuffix | Role.StreetPrefix;

    /// <summary>Marks the tokens to tag; <paramref name="covers"/> tells what rules found.</summary>
    public static void Mark(in TextScan scan, ReadOnlySpan<ushort> covers, Span<bool> active)
    {
        int last = -1;
        int worked = -ReachOfWork;
        for (int i = 0; i < scan.Count; i++)
        {
            ref readonly Token token = ref scan.Tokens[i];
            if (token.IsWord && token.Word != 0 && scan.Is(i, Role.WorkVerb))
                worked = i;
            if (!(IsCovered(covers[i]) || (token.IsWord && (MayName(scan, i) || (i - worked < ReachOfWork && i > worked && IsTrade(scan, i))))))
                continue;
            active[i] = true;
            if (last >= 0 && i - last > 1 && i - last <= FarthestBridge + 1 && Bridges(scan, last + 1, i))
                active[(last + 1)..i].Fill(true);
            Beside(scan, i, active);
            last = i;
        }
    }

    /// <summary>Rules that found a name, a place, an address or an organization here.</summary>
    private static bool IsCovered(ushort cover) => cover != 0 && Covers.KindOf(cover) is
        PhiKind.Name or PhiKind.Clinician or PhiKind.Street or PhiKind.Facility or PhiKind.Employer or PhiKind.City or PhiKind.County or PhiKind.State or PhiKind.Profession;

    private static bool MayName(in TextScan scan, int i)
    {
        ref readonly Token token = ref scan.Tokens[i];
        if (token.Length < 2)
            return false;
        ref readonly WordInfo info = ref scan.Info(i);
        if (info.Is(Plain) && info is { Given: < 5, Surname: < 6 } && !info.Is(Telling))
            return false;
        if (scan.Case != CaseStyle.Mixed)
            return token.IsCapitalized || !info.Is(Plain);
        if (!token.IsCapitalized)
            return IsSmallName(scan, i, given: true) && IsSmallName(scan, i + 1, given: false) || IsSmallName(scan, i, given: false) && IsSmallName(scan, i - 1, given: true);
        if (token.IsAllCaps && token.Length <= 5 && info.Is(Role.Measure | Role.Unit | Role.Credential))
            return false;

        // "Denies pain.": a capital that the sentence gives, on a word that names nothing.
        bool ordinary = (info.Class & (WordClass.Common | WordClass.Clinical)) != 0 && info is { Given: < 3, Surname: < 4, City: < 3 };
        return !(ordinary && !info.Is(Telling) && OpensSentence(scan, i) && !(scan.SameLine(i + 1, i) && scan.Tokens[i + 1].IsCapitalized));
    }

    /// <summary>"patricia desrosiers" in a text that has capitals elsewhere: two words side by side that only names are.</summary>
    private static bool IsSmallName(in TextScan scan, int i, bool given) =>
        scan.IsWord(i) && !scan.Tokens[i].IsAccented && scan.Info(i) is { Class: WordClass.None, Roles: Role.None } info && (given ? info.Given >= 4 : info.Surname >= 3);

    private static bool IsTrade(in TextScan scan, int i) => scan.Tokens[i].Length > 3 && !scan.Is(i, Role.NameStop);

    public static bool OpensSentence(in TextScan scan, int i) =>
        i == 0 || scan.Tokens[i].IsFirstOnLine || scan.Tokens[i].IsAfterGap || (scan.Tokens[i - 1].Kind == TokenKind.Symbol && scan.Tokens[i - 1].First is '.' or ':' or '!' or '?' or ';' or '-' or '"' or '\u2022');

    /// <summary>Numbers, initials and words with a capital right before and after.</summary>
    private static void Beside(in TextScan scan, int i, Span<bool> active)
    {
        for (int back = i - 1; back >= 0 && i - back <= 2 && !active[back] && scan.SameLine(back, i) && Joins(scan, back); back--)
            active[back] = true;
        for (int next = i + 1; next < scan.Count && next - i <= 2 && scan.SameLine(next, i) && Joins(scan, next); next++)
            active[next] = true;
    }

    private static bool Joins(in TextScan scan, int i) =>
        scan.Tokens[i].IsNumber || (scan.Tokens[i].IsWord && scan.Tokens[i].IsCapitalized && !(scan.Is(i, Role.NameStop) && OpensSentence(scan, i)));

    private static bool Bridges(in TextScan scan, int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            ref readonly Token token = ref scan.Tokens[i];
            bool joins = token.Kind switch
            {
                TokenKind.Number => true,
                TokenKind.Symbol => token.First is not (':' or ';' or '!' or '?'),
                _ => token.Length == 1 || token.IsCapitalized || scan.Is(i, Role.Particle) || scan.Equals(i, "of") || scan.Equals(i, "and") || scan.Equals(i, "the") || scan.Equals(i, "for") || scan.Equals(i, "und") || scan.Equals(i, "et"),
            };
            if (!joins)
                return false;
        }

        return true;
    }
}

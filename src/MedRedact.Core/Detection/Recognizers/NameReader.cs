namespace MedRedact.Detection;

/// <summary>A run of tokens that has the form of a person's name.</summary>
internal struct NameRun
{
    public int First;
    public int End;

    /// <summary>Words of two and more letters, initials, and the first and last of the words.</summary>
    public int Words;
    public int Initials;
    public int FirstWord;
    public int LastWord;
    public bool EndsInInitial;
    public bool HasParticle;
}

/// <summary>Reads the form of names: words with a capital, initials, particles, hyphens, suffixes; what they are worth is judged elsewhere.</summary>
internal static class NameReader
{
    private const int MostParts = 6;

    /// <summary>Reads the run that begins at a token; empty when none does.</summary>
    /// <remarks><paramref name="isAnnounced"/>: a title or label stands before, and words that are no names elsewhere are taken too.</remarks>
    public static NameRun Read(in TextScan scan, int start, bool isAnnounced)
    {
        var run = new NameRun { First = start, End = start, FirstWord = -1, LastWord = -1 };
        int i = start;
        for (int parts = 0; parts < MostParts && i < scan.Count && scan.SameLine(i, start); parts++)
        {
            if (parts > 0 && scan.Tokens[i].IsAfterGap)
                break;
            if (IsInitial(scan, i))
            {
                // "John A" ends a sentence as often as it names: an initial without a dot counts only inside or after a name.
                run.Initials++;
                run.EndsInInitial = true;
                i++;
                if (scan.IsSymbol(i, '.') && scan.IsGlued(i))
                    i++;
                run.End = i;
                continue;
            }

            if (parts > 0 && IsSuffix(scan, i))
            {
                i++;
                if (scan.IsSymbol(i, '.') && scan.IsGlued(i))
                    i++;
                run.End = i;
                break;
            }

            if (IsParticle(scan, i) && (parts > 0 || isAnnounced || scan.Tokens[i].IsCapitalized) && ParticleLeads(scan, i, isAnnounced, out int after))
            {
                run.HasParticle = true;
                if (run.FirstWord < 0)
                    run.FirstWord = after;
                i = after;
            }

            if (!IsNameWord(scan, i, isAnnounced) && !(isAnnounced && IsNameByPlace(scan, i, run.Words > 0)) && !IsAfterInitial(scan, i, run))
                break;
            if (run.FirstWord < 0)
                run.FirstWord = i;
            run.LastWord = i;
            run.Words++;
            run.EndsInInitial = false;
            bool possessive = scan.Tokens[i].IsPossessive;
            i++;
            while (scan.IsSymbol(i, '-') && scan.IsGlued(i) && scan.IsGlued(i + 1) && scan.IsWord(i + 1) && scan.Tokens[i + 1].IsCapitalized && i - start < 16)
            {
                run.LastWord = i + 1;
                possessive = scan.Tokens[i + 1].IsPossessive;
                i += 2;
            }

            run.End = i;
            if (possessive)
                break;
        }

        return run;
    }

    public static bool IsInitial(in TextScan scan, int i) =>
        scan.IsWord(i) && scan.Tokens[i].Length == 1 && scan.Tokens[i].IsCapitalized
        && !(scan.IsGlued(i + 1) && (scan.IsNumber(i + 1) || (scan.IsSymbol(i + 1, '/') || scan.IsSymbol(i + 1, '-'))));

    /// <summary>"Okafor, Chidi, N.": the middle initial of a name in the order of registers, which a second comma parts from it.</summary>
    public static int WithLoneInitial(in TextScan scan, int end)
    {
        int i = end + 1;
        bool begins = scan.IsSymbol(end, ',') && scan.SameLine(i, end - 1) && IsInitial(scan, i) && !scan.Tokens[i].IsAfterGap && !NameEvidence.IsCredential(scan, i);
        if (!begins)
            return end;
        bool dotted = scan.IsSymbol(i + 1, '.') && scan.IsGlued(i + 1);
        return dotted ? i + 2 : i + 1;
    }

    /// <summary>A word that may be part of a name by its form, and is not an ordinary word that nobody is called by.</summary>
    public static bool IsNameWord(in TextScan scan, int i, bool isAnnounced)
    {
        if (!scan.IsWord(i))
            return false;
        ref readonly Token token = ref scan.Tokens[i];
        ref readonly WordInfo info = ref scan.Info(i);
        if (token.Length < 2 || (scan.IsGlued(i + 1) && scan.IsNumber(i + 1)) || (token.IsGlued && i > 0 && scan.Tokens[i - 1].Kind == TokenKind.Number))
            return false;
        if (!token.IsCapitalized)
        {
            // In texts without capitals, and after a label, a name shows by the lexicon alone.
            if (!(scan.Case == CaseStyle.Lower || isAnnounced) || (info.Class & WordClass.Common) != 0 || info.Is(Role.NameStop) || (info is { Given: 0, Surname: 0 } && !(isAnnounced && token.Word == 0 && scan.Case == CaseStyle.Lower)))
                return false;
        }

        if (token.IsAllCaps && scan.Case == CaseStyle.Mixed && token.Length <= 4 && info is { Given: < 4, Surname: < 4 } && !isAnnounced)
            return false;
        if (info.Is(Role.NameStop | Role.EponymHead | Role.Credential) && !(isAnnounced && info is { Surname: >= 5 } && info.Is(Role.EponymHead)))
            return false;
        if (info.Is(Role.Month | Role.Weekday) && info is { Given: < 6, Surname: < 5 })
            return false;
        if (info.Is(Role.Facility | Role.FacilityPart | Role.CompanySuffix | Role.Title | Role.Dwelling) && info is { Given: < 5, Surname: < 5 })
            return false;
        bool ordinary = (info.Class & (WordClass.Common | WordClass.Clinical)) != 0 && !token.IsAccented;
        return !ordinary || info.Surname >= (isAnnounced ? 2 : 5) || info.Given >= (isAnnounced ? 2 : 5);
    }

    /// <summary>An ordinary word with a capital that a label's name holds: before another word of a name, or at the value's end.</summary>
    private static bool IsNameByPlace(in TextScan scan, int i, bool hasWords)
    {
        if (!scan.IsWord(i) || scan.Case != CaseStyle.Mixed || !scan.Tokens[i].IsCapitalized || scan.Tokens[i].IsAllCaps || scan.Tokens[i].Length < 3
            || scan.Is(i, Role.NameStop | Role.Credential | Role.Facility | Role.Dwelling))
            return false;
        if (hasWords)
            return !scan.SameLine(i + 1, i) || scan.IsSymbol(i + 1, '.') || scan.IsSymbol(i + 1, ',') || scan.Tokens[i + 1].IsAfterGap || IsNameWord(scan, i + 1, true);
        return scan.SameLine(i + 1, i) && scan.IsWord(i + 1) && scan.Tokens[i + 1].IsCapitalized && IsNameWord(scan, i + 1, true) && scan.Info(i + 1) is { Surname: >= 4 } or { Given: >= 5 };
    }

    /// <summary>"Jane A. Doe": behind a given name and an initial an ordinary word is a surname.</summary>
    private static bool IsAfterInitial(in TextScan scan, int i, in NameRun run) =>
        run.EndsInInitial && run.Words == 1 && scan.Case == CaseStyle.Mixed && scan.IsSymbol(i - 1, '.') && scan.Info(run.FirstWord).Given >= 4
        && scan.IsWord(i) && scan.Tokens[i].IsCapitalized && !scan.Tokens[i].IsAllCaps && scan.Tokens[i].Length > 2 && !scan.Is(i, Role.NameStop | Role.Month | Role.Weekday | Role.Facility);

    private static bool IsParticle(in TextScan scan, int i) => scan.Is(i, Role.Particle) && scan.Tokens[i].Length <= 5;

    /// <summary>One to three particles, then a word of a name.</summary>
    private static bool ParticleLeads(in TextScan scan, int i, bool isAnnounced, out int word)
    {
        word = i;
        while (word - i < 3 && IsParticle(scan, word))
        {
            word++;
            if (scan.IsSymbol(word, '.') && scan.IsGlued(word))
                word++;
        }

        return scan.SameLine(word, i) && scan.IsWord(word) && (scan.Tokens[word].IsCapitalized || scan.Case == CaseStyle.Lower) && IsNameWord(scan, word, isAnnounced);
    }

    private static bool IsSuffix(in TextScan scan, int i)
    {
        int word = scan.IsSymbol(i, ',') ? i + 1 : i;
        return scan.Is(word, Role.Suffix) && word == i;
    }
}

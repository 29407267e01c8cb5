namespace MedRedact.Detection;

/// <summary>Weighs a run of name form: what its words are elsewhere, and what stands around it. Points; <see cref="Enough"/> make a name.</summary>
internal static class NameEvidence
{
    public const double Enough = 2.0;

    /// <summary>What the words themselves say.</summary>
    public static double OfWords(in TextScan scan, in NameRun run)
    {
        if (run.FirstWord < 0)
            return -2;
        ref readonly WordInfo first = ref scan.Info(run.FirstWord);
        double score = run.Words + run.Initials > 1 ? 0 : -1.2;
        score += Given(scan, run.FirstWord);

        // Alone, but in no list of ordinary words: "… as it may cause Karen to feel …".
        if (score < 0.5 + (0.25 * first.Given) && first is { Given: >= 4, Class: WordClass.None, City: < 7, Roles: Role.None } && !scan.Tokens[run.FirstWord].IsAllCaps)
            score += 1.3;
        if (run.Words > 1)
        {
            score += Surname(scan, run.LastWord, first.Given >= 3);

            // A rare word before a surname is a given name of somebody from elsewhere.
            if (IsUnknown(scan, run.FirstWord) && scan.Info(run.LastWord) is { Surname: >= 3, Class: WordClass.None })
                score += 0.6;
        }
        else if (run.EndsInInitial && first.Given >= 2)
            score += scan.IsSymbol(run.End - 1, '.') ? 2 : 1.2;
        else if (run.Initials > 0 && run.First < run.FirstWord)
            score += first.Surname > 0 ? (0.15 * first.Surname) + 0.6 : 0.3;
        else if (run.EndsInInitial && first.Surname >= 5 && scan.IsSymbol(run.End - 1, '.'))
            score += 2.4;
        if (run.HasParticle)
            score += 0.5;
        if (scan.Case == CaseStyle.Upper)
            score -= 0.8;
        else if (scan.Case == CaseStyle.Mixed && scan.Tokens[run.FirstWord].IsAllCaps)
            score -= 1;
        else if (scan.Case == CaseStyle.Lower)
            score -= 0.5;
        return score;
    }

    /// <summary>What stands before and after.</summary>
    public static double OfContext(in TextScan scan, in NameRun run, out Ground ground)
    {
        ground = default;
        double score = Before(scan, run, ref ground) + After(scan, run, ref ground);
        return FillsCell(scan, run) ? score + 2.8 : score;
    }

    private static double Given(in TextScan scan, int word)
    {
        ref readonly WordInfo info = ref scan.Info(word);
        double score = info.Given > 0 ? 0.5 + (0.25 * info.Given) : IsUnknown(scan, word) ? 0.35 : -0.3;
        if (scan.Tokens[word].IsAccented)
            return score;
        if ((info.Class & WordClass.Common) != 0)
            score -= info.Given >= 8 ? 0.7 : 1.6;
        else if ((info.Class & (WordClass.Dictionary | WordClass.Clinical)) != 0)
            score -= info.Given >= 6 ? 0.2 : 0.8;
        if ((info.Class & WordClass.Eponym) != 0)
            score -= 0.5;
        if (info.City >= 7 && info.Given < 8)
            score -= 1;
        if (info.Is(Role.StreetSuffix | Role.FacilityPart | Role.Unit | Role.Direction))
            score -= 1;
        return score;
    }

    private static double Surname(in TextScan scan, int word, bool afterGiven)
    {
        ref readonly WordInfo info = ref scan.Info(word);
        double score = info.Surname > 0 ? 0.6 + (0.18 * info.Surname) : IsUnknown(scan, word) ? 0.9 : info.Given > 2 ? 0.6 : -0.5;
        if (scan.Tokens[word].IsAccented)
            return Math.Max(score, 0.9);
        if ((info.Class & WordClass.Common) != 0)
            score -= afterGiven ? 0.4 : 1.5;
        else if ((info.Class & (WordClass.Dictionary | WordClass.Clinical)) != 0)
            score -= afterGiven ? 0.2 : 0.9;
        if (info.City >= 7 && info.Surname < 5 && !afterGiven)
            score -= 0.8;
        return score;
    }

    /// <summary>In no list of ordinary words: a rare name, or a word of another language.</summary>
    private static bool IsUnknown(in TextScan scan, int word)
    {
        ref readonly WordInfo info = ref scan.Info(word);
        return info is { Class: WordClass.None, Roles: Role.None, City: 0 };
    }

    private static double Before(in TextScan scan, in NameRun run, ref Ground ground)
    {
        int i = run.First - 1;
        if (!scan.SameLine(i, run.First))
            return 0;
        bool comma = scan.IsSymbol(i, ',') || scan.IsSymbol(i, '(') || scan.IsSymbol(i, ':') || scan.IsSymbol(i, '"');
        if (comma)
            i--;
        if (!scan.IsWord(i) || !scan.SameLine(i, run.First))
            return 0;
        ref readonly WordInfo info = ref scan.Info(i);
        double score = 0;
        if (IsOfMany(scan, i) ? comma : IsListed(scan, i))
        {
            ground = new Ground(Rule.Context, scan.Tokens[i].Start, scan.Tokens[i].End, 3f);
            return 3;
        }

        if (info.Is(Role.NameCue))
            score = 3.5;
        else if (info.Is(Role.Kin) && run.FirstWord >= 0)
            score = comma ? Apposition(scan, run, i) : scan.Info(run.FirstWord) is { Given: >= 6 } ? 3.8 : 3.0;
        else if (info.Is(Role.PersonNoun))
            score = 1.7;
        else if (info.Is(Role.Agent) && !comma)
            score = 0.7;
        else if (scan.Equals(i, "dear") || scan.Equals(i, "hi") || scan.Equals(i, "hello") || scan.Equals(i, "thanks"))
            score = 2;
        else if (((scan.Equals(i, "me") || scan.Equals(i, "him") || scan.Equals(i, "her")) && (scan.Equals(i - 1, "call") || scan.Equals(i - 1, "calls") || scan.Equals(i - 1, "named"))) && !comma)
            score = 3;
        else if (scan.Equals(i, "is") && scan.Is(i - 1, Role.NameCue))
            score = 3.5;
        else if ((scan.Equals(i, "i'm") || scan.Equals(i, "soy")) && !comma)
            score = 1;
        if (score > 0)
            ground = new Ground(Rule.Context, scan.Tokens[i].Start, scan.Tokens[i].End, (float)score);
        return score;
    }

    private static double After(in TextScan scan, in NameRun run, ref Ground ground)
    {
        int i = run.End;
        if (!scan.SameLine(i, run.End - 1))
            return 0;
        double score = 0;
        bool comma = scan.IsSymbol(i, ',') || scan.IsSymbol(i, '(');
        if (comma)
            i++;
        if (IsCredential(scan, i) && !scan.IsSymbol(i - 1, '('))
            score = 4;
        else if (scan.Equals(i, "et") && scan.Equals(i + 1, "al"))
            score = -4;
        else if (scan.Is(i, Role.PersonVerb) && !scan.Tokens[run.End - 1].IsPossessive)
            score = scan.Equals(i, "is") || scan.Equals(i, "was") ? (scan.Equals(i + 1, "a") || scan.Equals(i + 1, "an") ? 1.2 : 0.3) : 0.8;
        else if (comma && IsKin(scan, i))
            score = scan.Is(i, Role.Kin) ? 2.4 : 3.2;
        else if (!comma && LabelReader.PhraseAt(scan, i) is { Kind: PhraseKind.Mrn or PhraseKind.BirthDate, Strength: LabelStrength.Free })
            score = 1.4;
        else if (comma && (scan.IsNumber(i) || scan.Equals(i, "age") || scan.Equals(i, "aged") || scan.Equals(i, "dob") || scan.Equals(i, "mrn") || scan.Equals(i, "ssn") || scan.Equals(i, "born") || scan.Equals(i, "a")))
            score = 1.2;
        else if (scan.Is(i, Role.EponymHead) || (scan.Is(i + 1, Role.EponymHead) && scan.Tokens[run.End - 1].IsPossessive))
            score = run.Words > 1 && !scan.Tokens[run.End - 1].IsPossessive ? -1.5 : -6;
        else if (scan.Is(i, Role.Facility | Role.StreetSuffix) && !comma && scan.Tokens[i].IsCapitalized)
            score = -4;
        else if (scan.Is(i, Role.CompanySuffix) && scan.Tokens[i].IsCapitalized)
            score = -3;
        else if (comma && scan.Is(i, Role.StateCode) && scan.Tokens[i].IsAllCaps && !IsCredential(scan, i))
            score = -2;
        if (score > 1)
            ground = new Ground(Rule.Context, scan.Tokens[i].Start, scan.Tokens[i].End, (float)score);
        return score;
    }

    /// <summary>"his mother, Adaeze, helps": whose relative it is was said, and the sentence goes on behind one or two words with capitals.</summary>
    private static double Apposition(in TextScan scan, in NameRun run, int kin)
    {
        bool owned = scan.Is(kin - 1, Role.Possessive) || (kin > 0 && scan.Tokens[kin - 1].IsPossessive) || (scan.Is(kin - 1, Role.Possessive | Role.Kin) is false && scan.Is(kin - 2, Role.Possessive) && scan.IsWord(kin - 1));
        bool closed = !scan.SameLine(run.End, run.First) || (scan.Tokens[run.End].Kind == TokenKind.Symbol && scan.Tokens[run.End].First is ',' or '.' or ')' or ';') || scan.Is(run.End, Role.PersonVerb) || scan.Equals(run.End, "and") || scan.Equals(run.End, "who");
        bool known = run.FirstWord >= 0 && (scan.Info(run.FirstWord).Class & (WordClass.Common | WordClass.Clinical)) == 0;
        return owned && closed && known && run.Words <= 2 ? 3.2 : 1.2;
    }

    /// <summary>"Thuy, the sister", "Piotr Osei (brother)", "Harold, his son".</summary>
    private static bool IsKin(in TextScan scan, int i)
    {
        bool led = scan.Equals(i, "the") || scan.Equals(i, "his") || scan.Equals(i, "her") || scan.Equals(i, "my") || scan.Equals(i, "their") || scan.Equals(i, "a");
        return scan.Is(led ? i + 1 : i, Role.Kin) && (led || !scan.IsWord(i + 1) || scan.Tokens[i].IsCapitalized == false);
    }

    /// <summary>"Two sons, Dmitri and Arjun": names follow.</summary>
    private static bool IsOfMany(in TextScan scan, int i) =>
        scan.Equals(i, "sons") || scan.Equals(i, "daughters") || scan.Equals(i, "brothers") || scan.Equals(i, "sisters") || scan.Equals(i, "children");

    /// <summary>The "and" or the name before a name in "Two sons, Dmitri and Arjun".</summary>
    private static bool IsListed(in TextScan scan, int i)
    {
        if (!scan.Equals(i, "and"))
            return false;
        for (int back = i - 1; back > 0 && i - back <= 6 && scan.SameLine(back, i); back--)
        {
            if (scan.IsSymbol(back, ',') && IsOfMany(scan, back - 1))
                return true;
            if (!scan.IsSymbol(back, ',') && !scan.Tokens[back].IsCapitalized)
                return false;
        }

        return false;
    }

    /// <summary>"23:11 R. Murphy": an initial and a surname that fill a cell of a table.</summary>
    private static bool FillsCell(in TextScan scan, in NameRun run)
    {
        bool dotted = run is { Words: 1, Initials: >= 1 } && run.First < run.FirstWord && scan.IsSymbol(run.FirstWord - 1, '.') && run.End == run.FirstWord + 1;
        bool ends = !scan.SameLine(run.End, run.First) || scan.Tokens[run.End].IsAfterGap;
        bool begins = scan.Tokens[run.First].IsFirstOnLine || scan.Tokens[run.First].IsAfterGap || (scan.IsNumber(run.First - 1) && scan.IsSymbol(run.First - 2, ':'));
        return dotted && ends && begins && (scan.Info(run.FirstWord).Class & (WordClass.Common | WordClass.Clinical)) == 0;
    }

    /// <summary>"MD", "M.D.", "RN", "PA-C".</summary>
    public static bool IsCredential(in TextScan scan, int i)
    {
        if (!scan.IsWord(i))
            return false;
        if (scan.Is(i, Role.Credential) && scan.Tokens[i].IsCapitalized && scan.Tokens[i].Length >= 2)
            return scan.Tokens[i].IsAllCaps || scan.Equals(i, "phd") || scan.Equals(i, "pharmd");
        return scan.Tokens[i].Length == 1 && scan.IsSymbol(i + 1, '.') && scan.IsWord(i + 2) && scan.Tokens[i + 2].Length <= 2
            && ((scan.Equals(i, "M") && scan.Equals(i + 2, "D")) || (scan.Equals(i, "D") && scan.Equals(i + 2, "O")) || (scan.Equals(i, "R") && scan.Equals(i + 2, "N"))
                || (scan.Equals(i, "P") && (scan.Equals(i + 2, "A") || scan.Equals(i + 2, "h") || scan.Equals(i + 2, "T"))));
    }
}

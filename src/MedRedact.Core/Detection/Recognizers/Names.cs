namespace MedRedact.Detection;

/// <summary>People's names: after titles and labels, and where the words and what stands around them make a name likely.</summary>
internal sealed class Names : ITextRecognizer
{
    public void Recognize(in TextScan scan, HitList hits)
    {
        Labelled(scan, hits);
        int phrase = 0;
        for (int i = 0; i < scan.Count;)
        {
            ref readonly Token token = ref scan.Tokens[i];
            if (!token.IsWord)
            {
                i++;
                continue;
            }

            while (phrase < scan.Phrases.Count && scan.Phrases[phrase].End <= i)
                phrase++;
            if (phrase < scan.Phrases.Count && scan.Phrases[phrase].First == i && IsBlocking(scan, scan.Phrases[phrase]))
            {
                i = scan.Phrases[phrase].End;
                continue;
            }

            int end = Titled(scan, i, hits);
            if (end == i && (token.IsCapitalized || scan.Case == CaseStyle.Lower))
                end = Plain(scan, i, hits);
            i = Math.Max(end, i + 1);
        }
    }

    /// <summary>Terms and facilities whose words are names, and labels that stand as such.</summary>
    private static bool IsBlocking(in TextScan scan, in PhraseHit phrase)
    {
        int length = phrase.End - phrase.First;
        return phrase.Kind switch
        {
            PhraseKind.Clinical => true,
            PhraseKind.FacilityName => length > 1 || !scan.IsWord(phrase.End) || !NameReader.IsNameWord(scan, phrase.End, false),
            PhraseKind.StateName or PhraseKind.CountryName or PhraseKind.CityName => length > 1,
            <= PhraseKind.Neutral => scan.IsSymbol(phrase.End, ':'),
            _ => false,
        };
    }

    private static int Titled(in TextScan scan, int i, HitList hits)
    {
        if (!scan.Is(i, Role.Title))
            return i;
        ref readonly Token title = ref scan.Tokens[i];
        bool dotted = scan.IsSymbol(i + 1, '.') && scan.IsGlued(i + 1);
        bool isAbbreviation = title.Length <= 4 && !scan.Equals(i, "miss") && !scan.Equals(i, "sir") && !scan.Equals(i, "dame") && !scan.Equals(i, "don");
        bool isRole = scan.Equals(i, "nurse") && NameReader.Read(scan, i + 1, isAnnounced: false) is { Words: > 1 } named && NameEvidence.OfWords(scan, named) > 0;
        if (!title.IsCapitalized && !isRole && !(isAbbreviation && (dotted || scan.Case == CaseStyle.Lower || scan.Equals(i, "dr") || scan.Equals(i, "mr") || scan.Equals(i, "mrs"))))
            return i;

        // "2.85 ms."
        if (!title.IsCapitalized && scan.IsNumber(i - 1))
            return i;

        // "123 Oak Dr." and "St." are streets.
        if (scan.Equals(i, "dr") && i >= 2 && scan.IsNumber(i - 2) && scan.SameLine(i, i - 2) && scan.IsWord(i - 1) && scan.Tokens[i - 1].IsCapitalized)
            return i;
        int start = i + (dotted ? 2 : 1);
        while (scan.Is(start, Role.Title) && scan.SameLine(start, i) && start - i < 6)
        {
            start++;
            if (scan.IsSymbol(start, '.') && scan.IsGlued(start))
                start++;
        }

        if (!scan.SameLine(start, i))
            return i;
        NameRun run = NameReader.Read(scan, IsGivenToo(scan, start) && scan.SameLine(start + 1, start) ? start + 1 : start, isAnnounced: true);
        if (run.End == run.First)
            return i;
        if (!isAbbreviation && NameEvidence.OfWords(scan, run) < 0.2)
            return i;
        if (run.Words > 0 && (scan.Is(run.End, Role.EponymHead) && !scan.Tokens[run.End].IsCapitalized && scan.Tokens[run.End - 1].IsPossessive is false && isAbbreviation is false))
            return i;
        var ground = new Ground(Rule.Context, title.Start, title.End, 0.4f);
        hits.Add(scan, start, run.End, IsClinical(scan, i) ? PhiKind.Clinician : PhiKind.Name, Rule.NameTitle, isAbbreviation ? 0.96 : 0.85, ground);
        return run.End;
    }

    private static bool IsClinical(in TextScan scan, int title) =>
        scan.Equals(title, "dr") || scan.Equals(title, "doctor") || scan.Equals(title, "dra") || scan.Equals(title, "doctora") || scan.Equals(title, "nurse") || scan.Equals(title, "drs");

    private static int Plain(in TextScan scan, int i, HitList hits)
    {
        if (!NameReader.IsNameWord(scan, i, false) && !(NameReader.IsInitial(scan, i) && scan.IsSymbol(i + 1, '.') && scan.IsGlued(i + 1)))
            return i;
        NameRun run = NameReader.Read(scan, i, isAnnounced: false);
        if (run.Words == 0)
            return i;

        double words = NameEvidence.OfWords(scan, run);
        double context = NameEvidence.OfContext(scan, run, out Ground ground);
        int end = run.End;
        if (Reversed(scan, run, out int reversedEnd))
        {
            words += 1.6;
            end = reversedEnd;
        }
        else if (run.Words + run.Initials == 1 && Listed(scan, run))
        {
            words += 1.4;
        }

        double score = words + context;
        if (score < NameEvidence.Enough)
            return i;
        Rule rule = end != run.End ? Rule.NameReversed : context >= 3.5 ? Rule.NameCue : Rule.NamePattern;

        int first = WithGivenBefore(scan, run);
        var lexicon = new Ground(Rule.Lexicon, scan.Tokens[run.First].Start, scan.Tokens[end - 1].End, (float)words);
        PhiKind kind = NameEvidence.IsCredential(scan, run.End) || (scan.IsSymbol(run.End, ',') && NameEvidence.IsCredential(scan, run.End + 1)) ? PhiKind.Clinician : PhiKind.Name;
        hits.Add(scan, first, end, kind, rule, Math.Min(0.97, 0.45 + (0.1 * score)), lexicon, ground);
        return end;
    }

    /// <summary>"signed by Will Foley", "Mr. Will Foley", "Will Foley, MD": an ordinary word with a capital that people are called by, where it begins no sentence or a credential follows.</summary>
    private static int WithGivenBefore(in TextScan scan, in NameRun run)
    {
        int given = run.First - 1;
        if (!scan.SameLine(given, run.First) || !IsGivenToo(scan, given) || scan.Tokens[run.First].IsAfterGap)
            return run.First;
        bool begins = scan.Tokens[given].IsFirstOnLine || (scan.IsSymbol(given - 1, '.') && !scan.Is(given - 2, Role.Title)) || scan.IsSymbol(given - 1, '!') || scan.IsSymbol(given - 1, '?');
        bool isClinician = NameEvidence.IsCredential(scan, run.End) || (scan.IsSymbol(run.End, ',') && NameEvidence.IsCredential(scan, run.End + 1));
        return begins && !isClinician ? run.First : given;
    }

    private static bool IsGivenToo(in TextScan scan, int i) =>
        scan.Is(i, Role.NameStop) && scan.Tokens[i].IsCapitalized && (!scan.Tokens[i].IsAllCaps || scan.Case == CaseStyle.Upper) && scan.Info(i).Given >= 3;

    /// <summary>"Smith, John A."</summary>
    private static bool Reversed(in TextScan scan, in NameRun run, out int end)
    {
        end = run.End;
        if (run.Words > 2 || run.Initials > 0 || !scan.IsSymbol(run.End, ',') || scan.Info(run.LastWord).Surname < 2)
            return false;
        int given = run.End + 1;
        if (!scan.SameLine(given, run.First) || !NameReader.IsNameWord(scan, given, false) || scan.Info(given).Given < 3 || scan.Info(run.FirstWord).Given > scan.Info(given).Given)
            return false;
        NameRun rest = NameReader.Read(scan, given, isAnnounced: false);

        // "Sharon, Jessica, Chloe": a list of given names.
        if (scan.IsSymbol(rest.End, ',') && scan.IsWord(rest.End + 1) && scan.Info(rest.End + 1).Given >= 3 && rest.Initials == 0)
            return false;
        end = NameReader.WithLoneInitial(scan, rest.End);
        return true;
    }

    /// <summary>Another given name stands beside it in a list.</summary>
    private static bool Listed(in TextScan scan, in NameRun run)
    {
        int next = run.End;
        if (scan.IsSymbol(next, ',') || scan.Equals(next, "and") || scan.IsSymbol(next, '&') || scan.Equals(next, "y"))
            next++;
        int before = run.First - 1;
        if (scan.IsSymbol(before, ',') || scan.Equals(before, "and") || scan.IsSymbol(before, '&'))
            before--;
        return IsGivenName(scan, next, run.End) || IsGivenName(scan, before, run.First - 1);
    }

    private static bool IsGivenName(in TextScan scan, int token, int beside) =>
        token != beside && scan.IsWord(token) && scan.Tokens[token].IsCapitalized && scan.Info(token) is { Given: >= 4, Class: WordClass.None or WordClass.Eponym };

    private static void Labelled(in TextScan scan, HitList hits)
    {
        foreach (PhraseHit label in scan.Phrases)
        {
            if (label.Kind is not (PhraseKind.Name or PhraseKind.ClinicianName or PhraseKind.RelativeName or PhraseKind.Plan))
                continue;
            ValueStart value = LabelReader.After(scan, label);
            if (label.Kind == PhraseKind.Plan && !(value.IsMarked && label.Strength == LabelStrength.Marked && NameReader.Read(scan, value.Token, isAnnounced: true) is { FirstWord: >= 0 } member && scan.Info(member.FirstWord) is { Given: >= 2 } or { Surname: >= 2 }))
                continue;
            if (!value.Exists || !(value.IsMarked || label.Strength == LabelStrength.Free))
                continue;
            int start = value.Token;
            while ((scan.Is(start, Role.Title) || scan.IsSymbol(start, '.')) && start - value.Token < 4)
                start++;
            NameRun run = NameReader.Read(scan, start, isAnnounced: true);
            if (run.End == start || (run.Words == 0 && run.Initials < 2))
                continue;
            int end = run.End;

            // "Smith, John A."
            if (scan.IsSymbol(end, ',') && scan.SameLine(end + 1, start) && NameReader.Read(scan, end + 1, isAnnounced: true) is var rest && rest.End > end + 1
                && !NameEvidence.IsCredential(scan, end + 1) && rest.Words > 0 && !scan.Tokens[end + 1].IsAfterGap && (NameEvidence.OfWords(scan, rest) > -2 || IsGiven(scan, rest.FirstWord)))
                end = NameReader.WithLoneInitial(scan, rest.End);
            else if (value.IsNextLine && NameEvidence.OfWords(scan, run) < 0.4)
                continue;
            var ground = new Ground(Rule.LabelBefore, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, 0.4f);
            PhiKind kind = label.Kind == PhraseKind.ClinicianName ? PhiKind.Clinician : PhiKind.Name;
            hits.Add(scan, start, end, kind, Rule.NameLabel, value.IsNextLine ? 0.85 : 0.95, ground);
            NextLines(scan, end, kind, ground, hits);
        }
    }

    private static bool IsGiven(in TextScan scan, int word) => scan.Info(word) is { Given: >= 2, Class: WordClass.None };

    /// <summary>A narrow cell breaks a name over lines: "Name: Kimberly / Lawrence".</summary>
    private static void NextLines(in TextScan scan, int end, PhiKind kind, Ground ground, HitList hits)
    {
        for (int lines = 0; lines < 2; lines++)
        {
            if (end >= scan.Count || scan.Tokens[end].Line != scan.Tokens[end - 1].Line + 1 || LabelReader.StartsLabel(scan, end))
                return;
            NameRun run = NameReader.Read(scan, end, isAnnounced: false);
            bool wholeLine = run.End > end && run.Words is 1 or 2 && (run.End == scan.Count || scan.Tokens[run.End].Line > scan.Tokens[end].Line);
            if (!wholeLine || scan.Info(run.LastWord) is { Given: < 1, Surname: < 1 })
                return;
            hits.Add(scan, end, run.End, kind, Rule.NameLabel, 0.8, ground);
            end = run.End;
        }
    }
}

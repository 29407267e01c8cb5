namespace MedRedact.Detection;

/// <summary>Hospitals, clinics and other organizations: by their noun, by their own name, by a label.</summary>
internal sealed class Facilities : ITextRecognizer
{
    public void Recognize(in TextScan scan, HitList hits)
    {
        for (int i = 0; i < scan.Count; i++)
        {
            if (!scan.Tokens[i].IsWord)
                continue;
            ref readonly WordInfo info = ref scan.Info(i);
            if (scan.Is(i + 1, Role.FacilityEnd) && info.Is(Role.FacilityPart) && scan.SameLine(i, i + 1) && scan.Tokens[i + 1].IsCapitalized)
                continue;
            if (info.Is(Role.Facility | Role.FacilityCue) || (info.Is(Role.FacilityPart) && scan.Tokens[i].IsCapitalized && EndsName(scan, i)))
                AroundNoun(scan, i, hits);
            else if (info.Is(Role.FacilityHead | Role.FacilityEnd) && scan.Tokens[i].IsCapitalized && scan.Case == CaseStyle.Mixed)
                Headed(scan, i, hits);
            else if (info.Is(Role.CompanySuffix) && scan.Tokens[i].IsCapitalized && scan.Tokens[i].Length >= 2)
                Company(scan, i, hits);
            else if (info.Is(Role.Title) && PhysicianOffice(scan, i) is var end && end > i)
                hits.Add(scan, i, end, PhiKind.Facility, Rule.FacilityNoun, 0.7);
        }

        foreach (PhraseHit phrase in scan.Phrases)
        {
            if (phrase.Kind == PhraseKind.FacilityName)
                Brand(scan, phrase, hits);
            else if (phrase.Kind is PhraseKind.Facility or PhraseKind.Employer)
                Labelled(scan, phrase, hits);
        }
    }

    /// <summary>"Harborview Medical", "Stanford Health": the part ends a name of its own.</summary>
    private static bool EndsName(in TextScan scan, int i) =>
        !scan.Is(i, Role.NameStop) | scan.Equals(i, "medical")
        && i > 0 && scan.IsWord(i - 1) && scan.SameLine(i, i - 1) && scan.Tokens[i - 1].IsCapitalized && !(scan.IsWord(i + 1) && scan.SameLine(i, i + 1) && scan.Tokens[i + 1].IsCapitalized && !scan.Is(i + 1, Role.Month))
        && (scan.Equals(i, "medical") || scan.Equals(i, "health") || scan.Equals(i, "healthcare"));

    private static void AroundNoun(in TextScan scan, int noun, HitList hits)
    {
        bool strong = scan.Is(noun, Role.Facility);
        bool capital = scan.Tokens[noun].IsCapitalized && scan.Case == CaseStyle.Mixed;
        int first = Left(scan, noun, out int distinctive, out int parts);
        int end = capital ? Right(scan, noun, ref distinctive) : noun + 1;
        if (!capital)
        {
            // "Houston clinic", "our Dallas facility": only after a place or a known name.
            int before = noun - 1;
            while (scan.Is(before, Role.FacilityPart) && before > 0 && noun - before < 4)
                before--;
            bool place = scan.SameLine(before, noun) && scan.IsWord(before) && scan.Tokens[before].IsCapitalized && scan.Info(before).City >= 5 && !scan.Is(before, Role.NameStop | Role.FacilityPart);
            if (scan.Case == CaseStyle.Mixed && !place && noun > 0 && Begins(scan, noun - 1) && !IsProper(scan, noun - 1))
                return;
            if (scan.Case == CaseStyle.Mixed && !place && !(strong && distinctive > 0 && parts + distinctive > 0 && first < noun && scan.Tokens[noun - 1].IsCapitalized))
                return;
            if (scan.Case != CaseStyle.Mixed && !(place && strong) && !(scan.Case == CaseStyle.Upper && distinctive > 0 && strong && noun - first <= 4))
                return;
        }

        // "here at Children's Hospital": one kind of hospital, no hospital's name.
        if (end == noun + 1 && noun - first == 1 && ((scan.Is(first, Role.FacilityKind) && !IsBeforePlace(scan, end)) || (scan.Is(first, Role.Agent) && Begins(scan, first))))
            return;
        if (distinctive == 0 && !(strong && parts > 0 && capital))
            return;
        if (!strong && distinctive == 0)
            return;
        if (capital && !strong && distinctive == 1 && parts == 0 && !scan.Equals(noun, "center") && !scan.Equals(noun, "institute") && !scan.Equals(noun, "medical") && !scan.Equals(noun, "health") && !scan.Equals(noun, "healthcare") && !scan.Equals(noun, "centre"))
            return;
        hits.Add(scan, first, end, PhiKind.Facility, Rule.FacilityNoun, strong ? 0.85 : 0.75);
    }

    /// <summary>"Children's Hospital, Boston", "Children's Hospital of …".</summary>
    private static bool IsBeforePlace(in TextScan scan, int end)
    {
        int next = scan.IsSymbol(end, ',') || scan.Equals(end, "of") || scan.Equals(end, "in") || scan.Equals(end, "at") ? end + 1 : end;
        return next > end && scan.SameLine(next, end - 1) && scan.IsWord(next) && scan.Tokens[next].IsCapitalized && scan.Info(next) is { City: >= 3 };
    }

    /// <summary>The first word of a sentence: its capital says nothing.</summary>
    private static bool Begins(in TextScan scan, int i) => scan.Tokens[i].IsFirstOnLine || (scan.IsSymbol(i - 1, '.') || scan.IsSymbol(i - 1, '?') || scan.IsSymbol(i - 1, ':') || scan.IsSymbol(i - 1, '-'));

    /// <summary>"Alder Creek Imaging", "Mercy Ridge Health System": a name of its own before a noun that ordinary words stand before too.</summary>
    private static void Headed(in TextScan scan, int head, HitList hits)
    {
        if (scan.SameLine(head, head + 1) && scan.IsWord(head + 1) && scan.Tokens[head + 1].IsCapitalized && scan.Is(head + 1, Role.Facility | Role.FacilityCue | Role.FacilityEnd))
            return;
        bool afterPart = scan.Is(head - 1, Role.FacilityPart) && scan.SameLine(head, head - 1) && scan.Tokens[head - 1].IsCapitalized;
        if (!(afterPart ? scan.Is(head, Role.FacilityEnd) : scan.Is(head, Role.FacilityHead)))
            return;
        int first = Left(scan, head, out int distinctive, out _);
        bool own = false;
        for (int i = first; i < head && distinctive > 0; i++)
            own |= scan.IsWord(i) && !scan.Is(i, Role.FacilityPart | Role.Specialty | Role.NameStop) && (afterPart || IsProper(scan, i));
        if (own)
            hits.Add(scan, first, head + 1, PhiKind.Facility, Rule.FacilityNoun, afterPart ? 0.85 : 0.75);
    }

    /// <summary>A word that is somebody's name or a place, or in no dictionary.</summary>
    private static bool IsProper(in TextScan scan, int i) =>
        (scan.Info(i).Class & (WordClass.Common | WordClass.Clinical)) == 0 && (scan.Info(i).Class == WordClass.None || scan.Info(i) is { Surname: >= 2 } or { City: >= 1 });

    /// <summary>Goes left over the words of the name; counts those that are no facility words.</summary>
    private static int Left(in TextScan scan, int noun, out int distinctive, out int parts)
    {
        distinctive = parts = 0;
        int first = noun;
        for (int i = noun - 1; i >= 0 && noun - i < 10 && scan.SameLine(i, noun) && !scan.Is(noun, Role.HeadFirst); i--)
        {
            ref readonly Token token = ref scan.Tokens[i];
            if (token.IsWord)
            {
                bool isLink = scan.Equals(i, "of") || scan.Equals(i, "and") || scan.Equals(i, "for");
                if (isLink && first < noun && i > 0 && scan.IsWord(i - 1) && scan.Tokens[i - 1].IsCapitalized && !scan.Is(i - 1, Role.NameStop) && !scan.Equals(i, "for"))
                    continue;
                if (!token.IsCapitalized || (scan.Is(i, Role.NameStop) && !scan.Is(i, Role.FacilityPart | Role.Direction)) || scan.Is(i, Role.Month | Role.PersonVerb))
                    break;
                if (scan.Case == CaseStyle.Upper && scan.Is(i, Role.DateCue | Role.Agent))
                    break;
                if (scan.Is(i, Role.FacilityPart))
                    parts++;
                else if (IsDistinctive(scan, i))
                    distinctive++;
                else if (noun - i < 4 && IsOwnBefore(scan, i))
                    continue;
                else
                    break;
                first = i;
            }
            else if (token.First is '-' or '&' or '.' && (token.First != '.' || IsSaint(scan, i - 1)))
            {
            }
            else
            {
                break;
            }
        }

        // "Our Lady of Lourdes"
        if (first > 0 && first < noun && scan.Equals(first - 1, "our") && scan.SameLine(first - 1, noun) && scan.Tokens[first - 1].IsCapitalized)
            first--;
        return first;
    }

    /// <summary>"Northfork Specialty Clinic": a name of its own stands before the specialty.</summary>
    private static bool IsOwnBefore(in TextScan scan, int i) =>
        scan.SameLine(i, i - 1) && scan.IsWord(i - 1) && scan.Tokens[i - 1].IsCapitalized && !scan.Is(i - 1, Role.NameStop | Role.FacilityPart | Role.Specialty) && IsProper(scan, i - 1);

    /// <summary>"Pulmonary Clinic" names no place.</summary>
    private static bool IsDistinctive(in TextScan scan, int i) => !scan.Is(i, Role.Specialty);

    private static bool IsSaint(in TextScan scan, int i) => scan.Equals(i, "st") || scan.Equals(i, "mt") || scan.Equals(i, "ste") || scan.Equals(i, "ft");

    /// <summary>"Hospital of the University of …", "Hospital Universitario La Paz", "Medical Center at …".</summary>
    private static int Right(in TextScan scan, int noun, ref int distinctive)
    {
        int end = noun + 1;
        if (scan.IsSymbol(end, '.') && scan.IsGlued(end) && scan.Equals(noun, "hosp"))
            end++;
        int i = end;
        while (i < scan.Count && i - noun < 12 && scan.SameLine(i, noun))
        {
            ref readonly Token token = ref scan.Tokens[i];
            if (token.IsWord && token.IsCapitalized && !scan.Is(i, Role.Month | Role.PersonVerb) && (!scan.Is(i, Role.NameStop) || scan.Is(i, Role.FacilityPart | Role.Particle)) && token.Length > 1
                && (scan.Is(i, Role.FacilityPart | Role.Particle) || (scan.Info(i).Class & WordClass.Common) == 0 || scan.Info(i) is { City: >= 5 } or { Surname: >= 7 }))
            {
                if (!scan.Is(i, Role.FacilityPart))
                    distinctive++;
                end = ++i;
            }
            else if (scan.Is(i, Role.Particle) || scan.Equals(i, "of") || scan.Equals(i, "the") || scan.Equals(i, "for") || scan.IsSymbol(i, '-') || scan.IsSymbol(i, '&'))
            {
                i++;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    private static int PhysicianOffice(in TextScan scan, int title)
    {
        int i = title + 1;
        if (scan.IsSymbol(i, '.'))
            i++;
        NameRun run = NameReader.Read(scan, i, isAnnounced: true);
        return run.End > i && scan.Tokens[run.End - 1].IsPossessive && (scan.Equals(run.End, "office") || scan.Equals(run.End, "clinic") || scan.Equals(run.End, "practice"))
            ? run.End + 1
            : title;
    }

    private static void Brand(in TextScan scan, in PhraseHit phrase, HitList hits)
    {
        for (int i = phrase.First; i < phrase.End; i++)
        {
            if (scan.IsWord(i) && !scan.Tokens[i].IsCapitalized && scan.Tokens[i].Length > 3)
                return;
        }

        int end = phrase.End;
        if (scan.Is(end, Role.EponymHead) || scan.Is(end, Role.Measure) || scan.Equals(end, "type"))
            return;

        // A single word that is also a surname needs a word that leads to a place.
        ref readonly WordInfo info = ref scan.Info(phrase.First);
        bool alone = phrase.End - phrase.First == 1;
        bool located = scan.Is(phrase.First - 1, Role.Locative) || scan.Equals(phrase.First - 1, "the") || scan.Equals(phrase.First - 1, "our");
        while (end < scan.Count && scan.SameLine(end, phrase.First) && scan.Is(end, Role.FacilityPart | Role.Facility) && scan.Tokens[end].IsCapitalized && end - phrase.End < 5)
            end++;
        if (alone && info.Surname > 4 && !located && end == phrase.End)
            return;
        if (scan.IsWord(end) && alone && end == phrase.End && !located && scan.SameLine(end, phrase.First) && NameReader.IsNameWord(scan, end, false))
            return;
        hits.Add(scan, phrase.First, end, PhiKind.Facility, Rule.FacilityBrand, located || !alone ? 0.85 : 0.65);
    }

    /// <summary>"Smith &amp; Sons Ltd."</summary>
    private static void Company(in TextScan scan, int suffix, HitList hits)
    {
        int first = suffix;
        for (int i = suffix - 1; i >= 0 && suffix - i < 8 && scan.SameLine(i, suffix); i--)
        {
            if (scan.IsWord(i) && scan.Tokens[i].IsCapitalized && !scan.Is(i, Role.NameStop))
                first = i;
            else if (!(scan.IsSymbol(i, ',') && i == suffix - 1) && !scan.IsSymbol(i, '-') && !scan.IsSymbol(i, '&') && !scan.Equals(i, "and"))
                break;
        }

        if (first < suffix && scan.Case == CaseStyle.Mixed)
            hits.Add(scan, first, suffix + 1, PhiKind.Employer, Rule.OrganizationSuffix, 0.7);
    }

    private static void Labelled(in TextScan scan, in PhraseHit label, HitList hits)
    {
        ValueStart value = LabelReader.After(scan, label);
        if (!value.Exists || !value.IsMarked || !scan.IsWord(value.Token) || !(scan.Tokens[value.Token].IsCapitalized || scan.Case == CaseStyle.Lower))
            return;
        int end = LineValue.NameEnd(scan, value.Token, 8);
        if (end == value.Token + 1 && end < LineValue.End(scan, value.Token, 8))
            return;
        if (end == value.Token || scan.Is(value.Token, Role.NameStop) && end == value.Token + 1)
            return;
        if (value.IsNextLine && !IsOrganization(scan, value.Token, end))
            return;
        var ground = new Ground(Rule.LabelBefore, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, 0.4f);
        hits.Add(scan, value.Token, end, label.Kind == PhraseKind.Employer ? PhiKind.Employer : PhiKind.Facility, Rule.FacilityLabel, value.IsNextLine ? 0.6 : 0.75, ground);
    }

    /// <summary>Below a label may stand the next heading instead.</summary>
    private static bool IsOrganization(in TextScan scan, int first, int end)
    {
        if (scan.Is(first, Role.PhoneCue) || (scan.Is(first, Role.NameStop) && !scan.Is(first, Role.Direction | Role.FacilityPart) && !scan.Equals(first, "our")))
            return false;
        for (int i = first; i < end; i++)
        {
            if (scan.IsWord(i) && (IsProper(scan, i) || scan.Is(i, Role.Facility | Role.FacilityCue | Role.FacilityHead | Role.FacilityEnd | Role.CompanyHead | Role.CompanySuffix)))
                return true;
        }

        return false;
    }
}

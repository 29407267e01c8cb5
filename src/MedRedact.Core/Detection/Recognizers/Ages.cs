namespace MedRedact.Detection;

/// <summary>Ages in figures and words. Over 89 is a kind of its own; what a policy does with the others is its business.</summary>
internal sealed class Ages : ITextRecognizer
{
    public void Recognize(in TextScan scan, HitList hits)
    {
        for (int i = 0; i < scan.Count; i++)
        {
            if (scan.Tokens[i].IsNumber)
                InFigures(scan, i, hits);
            else if (scan.Is(i, Role.NumberWord))
                i = InWords(scan, i, hits);
            else if (scan.Is(i, Role.OldAge))
                hits.Add(scan, i, i + 1, PhiKind.AgeOver89, Rule.AgeWords, 0.9);
            else if (scan.Equals(i, "nineties") && InDecade(scan, i))
                hits.Add(scan, i, i + 1, PhiKind.AgeOver89, Rule.AgeWords, 0.85);
        }

        foreach (PhraseHit label in scan.Phrases)
        {
            if (label.Kind == PhraseKind.Age)
                Labelled(scan, label, hits);
        }
    }

    private static PhiKind Kind(int age, bool inYears) => inYears && age > 89 ? PhiKind.AgeOver89 : PhiKind.Age;

    private static void InFigures(in TextScan scan, int i, HitList hits)
    {
        if (scan.Tokens[i].Length > 3 || (scan.Tokens[i].IsGlued && i > 0 && scan.Tokens[i - 1].First is '.' or '/' or '-' && scan.IsNumber(i - 2)))
            return;
        int age = scan.Value(i);
        if (age > 125)
            return;

        // "in her late 90s", "her 95th birthday", "90+"
        bool tail = scan.IsGlued(i + 1);
        if ((age == 90 && tail && scan.Equals(i + 1, "s") && InDecade(scan, i)) || (age >= 90 && tail && scan.Is(i + 1, Role.OrdinalMark) && (scan.Equals(i + 2, "birthday") || scan.Equals(i + 2, "year") && scan.Equals(i + 3, "of"))))
        {
            hits.Add(scan, i, i + 2, PhiKind.AgeOver89, Rule.AgeShape, 0.85);
            return;
        }
        int end = Unit(scan, i + 1, out bool inYears, out bool isAge);
        if (end > i + 1 && isAge)
        {
            hits.Add(scan, i, end, Kind(age, inYears), Rule.AgeShape, 0.93);
            return;
        }

        // "(53 años)", "varón de 53 años": a bare "53 years" is an age only after a person or "age".
        bool afterPerson = AfterPerson(scan, i);
        if (end > i + 1 && inYears && afterPerson)
            hits.Add(scan, i, end, Kind(age, true), Rule.AgeShape, 0.85);
        else if (end > i + 1 && !inYears && afterPerson && (scan.Equals(i - 1, "de") || scan.Equals(i - 1, "aged")))
            hits.Add(scan, i, end, PhiKind.Age, Rule.AgeShape, 0.7);
        else if (end > i + 1 && inYears && scan.Equals(i - 1, "los") && !scan.Equals(end, "de") && !scan.Equals(end, "despues"))
            hits.Add(scan, i, end, Kind(age, inYears), Rule.AgeShape, 0.7);
        else if (end > i + 1 && inYears && scan.Equals(i - 1, "de") && scan.IsSymbol(i - 2, ',') && scan.SameLine(i - 2, i) && !scan.Equals(end, "de"))
            hits.Add(scan, i, end, Kind(age, true), Rule.AgeShape, 0.7);   // "D. Luis Gil, de 92 años"
        else if (age >= 40 && (scan.Equals(i - 1, "is") || scan.Equals(i - 1, "was")) && scan.Is(i - 2, Role.Kin | Role.PersonNoun) && scan.SameLine(i - 2, i) && !scan.IsGlued(i + 1) && !Suppressors.IsMeasure(scan, i, i + 1))
            hits.Add(scan, i, i + 1, Kind(age, true), Rule.AgeShape, 0.7);
        else if (IsSexMark(scan, i + 1) && age >= 1 && !scan.Tokens[i].IsGlued)
            hits.Add(scan, i, i + 1, Kind(age, true), Rule.AgeShape, 0.75);
        else if (scan.Equals(i - 1, "aged") || ((scan.Equals(i - 1, "turned") || scan.Equals(i - 1, "turning") || scan.Equals(i - 1, "turn")) && !scan.Is(i + 1, Role.Unit) && !scan.IsSymbol(i + 1, '°')) || ((scan.Equals(i - 1, "age") || (scan.Equals(i - 1, "of") && scan.Equals(i - 2, "age"))) && scan.SameLine(i - 1, i)))
            hits.Add(scan, i, i + 1, Kind(age, true), Rule.AgeShape, 0.85);
    }

    /// <summary>"-year-old", "yo", "y.o.", "y/o", "months old", "años", "-year"; says whether an age is meant.</summary>
    private static int Unit(in TextScan scan, int token, out bool inYears, out bool isAge)
    {
        inYears = isAge = false;
        int i = token;
        while (scan.IsSymbol(i, '-') && i - token < 2)
            i++;
        if (!scan.IsWord(i) || !scan.SameLine(i, token - 1))
            return token;
        if (scan.Equals(i, "yo") || scan.Equals(i, "yom") || scan.Equals(i, "yof") || scan.Equals(i, "yrold"))
        {
            inYears = isAge = true;
            return i + 1;
        }

        if (scan.Equals(i, "y") && (scan.IsSymbol(i + 1, '/') || scan.IsSymbol(i + 1, '.')) && (scan.Equals(i + 2, "o") || scan.Equals(i + 2, "old")))
        {
            inYears = isAge = true;
            return scan.IsSymbol(i + 1, '.') && scan.IsSymbol(i + 3, '.') && scan.IsGlued(i + 3) ? i + 4 : i + 3;
        }

        if (!scan.Is(i, Role.AgeUnit))
            return token;
        char first = char.ToLowerInvariant(scan.Tokens[i].First);
        inYears = first is 'y' or 'a';
        int end = i + 1;
        int old = end;
        while (scan.IsSymbol(old, '-') || scan.IsSymbol(old, '.'))
            old++;
        if (scan.Equals(old, "old") || scan.Equals(old, "olds"))
        {
            isAge = true;
            return old + 1;
        }

        if (scan.Equals(end, "of") && scan.Equals(end + 1, "age"))
        {
            isAge = true;
            return end + 2;
        }

        if (scan.Equals(end, "de") && (scan.Equals(end + 1, "edad") || scan.Equals(end + 1, "vida")))
        {
            isAge = true;
            return end;
        }

        return end;
    }

    /// <summary>"in his early nineties"; the nineteen-nineties are a decade.</summary>
    private static bool InDecade(in TextScan scan, int i)
    {
        for (int back = 1; back <= 3 && scan.SameLine(i - back, i); back++)
        {
            if (scan.Equals(i - back, "his") || scan.Equals(i - back, "her") || scan.Equals(i - back, "their") || scan.Equals(i - back, "my"))
                return true;
            if (!scan.IsSymbol(i - back, '-') && !scan.Equals(i - back, "early") && !scan.Equals(i - back, "mid") && !scan.Equals(i - back, "late") && !scan.Equals(i - back, "upper"))
                return false;
        }

        return false;
    }

    private static bool AfterPerson(in TextScan scan, int i)
    {
        int person = i - 1;
        if (scan.Equals(person, "de") || scan.Equals(person, "con") || scan.IsSymbol(person, ',') || scan.IsSymbol(person, '('))
            person--;
        for (int back = 0; back < 3 && scan.SameLine(person - back, i); back++)
        {
            if (scan.Is(person - back, Role.PersonNoun | Role.Kin) || scan.Equals(person - back, "edad") || scan.Equals(person - back, "aged"))
                return person < i - 1 || back == 0;
            if (person == i - 1 || !scan.IsWord(person - back) || scan.Tokens[person - back].Length > 14)
                return false;
        }

        return false;
    }

    /// <summary>"93F", "45 M," and "62 male".</summary>
    private static bool IsSexMark(in TextScan scan, int token)
    {
        // "95/F", "95 / F"
        if (scan.IsSymbol(token, '/') && scan.SameLine(token + 1, token - 1) && scan.IsWord(token + 1))
            return scan.Tokens[token + 1].Length == 1 && scan.Tokens[token + 1].First is 'F' or 'M' && !scan.IsGlued(token + 2) && !scan.IsSymbol(token - 2, '/');
        if (!scan.IsWord(token) || !scan.SameLine(token, token - 1))
            return false;

        // "44Y Male"
        if (scan.Equals(token, "y"))
            return scan.IsGlued(token) && (scan.Equals(token + 1, "male") || scan.Equals(token + 1, "female"));
        if (scan.Tokens[token].Length == 1)
            return scan.Tokens[token].First is 'F' or 'M' && scan.IsGlued(token) && !scan.IsSymbol(token + 1, '-');
        return scan.Equals(token, "male") || scan.Equals(token, "female");
    }

    private static int InWords(in TextScan scan, int i, HitList hits)
    {
        int value = 0;
        int end = i;
        while (end < scan.Count && end - i < 5 && scan.Is(end, Role.NumberWord))
        {
            int part = scan.Info(end).Value;
            value = part == 100 ? Math.Max(1, value) * 100 : value + part;
            end++;
            if ((scan.IsSymbol(end, '-') || (scan.Equals(end, "y") && value >= 20)) && scan.Is(end + 1, Role.NumberWord))
                end++;
        }

        if (end == i)
            return i;
        int after = Unit(scan, end, out bool inYears, out bool isAge);
        if (after > end && (isAge || (AfterPerson(scan, i) && scan.Equals(i - 1, "de"))) && value is > 0 and <= 125)
        {
            hits.Add(scan, i, after, Kind(value, inYears), Rule.AgeWords, 0.85);
            return after - 1;
        }

        return end - 1;
    }

    private static void Labelled(in TextScan scan, in PhraseHit label, HitList hits)
    {
        ValueStart value = LabelReader.After(scan, label);
        if (!value.Exists || !value.IsMarked || !scan.IsNumber(value.Token) || scan.Tokens[value.Token].Length > 3)
            return;
        int end = Unit(scan, value.Token + 1, out _, out _);
        var ground = new Ground(Rule.LabelBefore, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, 0.5f);
        int age = scan.Value(value.Token);
        if (age <= 125)
            hits.Add(scan, value.Token, end, Kind(age, true), Rule.AgeLabelled, 0.95, ground);
    }
}

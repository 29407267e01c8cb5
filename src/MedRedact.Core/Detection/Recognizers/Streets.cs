namespace MedRedact.Detection;

/// <summary>Street addresses with what follows them: dwelling, city, state, ZIP code; post-office boxes; Spanish addresses.</summary>
internal sealed class Streets : ITextRecognizer
{
    public void Recognize(in TextScan scan, HitList hits)
    {
        for (int i = 0; i < scan.Count;)
        {
            int end = i;
            if (scan.Tokens[i].IsNumber)
                end = NumberFirst(scan, i);
            else if (scan.Is(i, Role.StreetPrefix) && scan.Tokens[i].IsCapitalized)
                end = PrefixFirst(scan, i);
            else if (scan.Tokens[i].First is 'P' or 'p')
                end = PostBox(scan, i);
            if (end == i && scan.Is(i, Role.Dwelling) && AroundDwelling(scan, i, hits) is var block && block > i)
            {
                i = block;
                continue;
            }

            if (end > i)
            {
                int box = scan.Tokens[i].IsNumber || scan.Is(i, Role.StreetPrefix) ? 0 : 1;
                hits.Add(scan, i, end, PhiKind.Street, box == 0 ? Rule.StreetAddress : Rule.PoBox, 0.88);
                end = AddressTail.Read(scan, end, hits);
            }

            i = Math.Max(end, i + 1);
        }

        foreach (PhraseHit label in scan.Phrases)
        {
            if (label.Kind == PhraseKind.Address)
                Labelled(scan, label, hits);
        }
    }

    /// <summary>"1203 N. Martin Luther King Jr Blvd".</summary>
    private static int NumberFirst(in TextScan scan, int i)
    {
        if (scan.Tokens[i].Length > 6 || (scan.Tokens[i].IsGlued && !scan.IsSymbol(i - 1, '(') && !scan.IsSymbol(i - 1, '"') && !scan.IsSymbol(i - 1, '#')))
            return i;
        int next = i + 1;
        if (scan.IsSymbol(next, '-') && scan.IsNumber(next + 1) && scan.IsGlued(next))
            next += 2;
        int words = 0;
        for (int j = next; j < scan.Count && words < 6 && scan.SameLine(j, i); j++)
        {
            ref readonly Token token = ref scan.Tokens[j];
            if (scan.IsSymbol(j, ',') && words > 0 && scan.Tokens[i].Length <= 5)
                return IsTownAndState(scan, j + 1) ? j : i;
            if (token.IsWord)
            {
                bool capital = token.IsCapitalized || scan.Case == CaseStyle.Lower;
                bool link = scan.Is(j, Role.Particle | Role.Direction | Role.OrdinalMark);
                if (words > 0 && capital && (scan.Is(j, Role.StreetSuffix) || IsTail(scan, i, j)) && !IsInnerSaint(scan, j))
                {
                    // "in 5 Days Place" is no street: some word before must be more than a number or unit.
                    int end = j + 1;
                    if (scan.IsSymbol(end, '.') && scan.IsGlued(end))
                        end++;
                    if (scan.Is(end, Role.Direction) && scan.Tokens[end].IsAllCaps && scan.SameLine(end, i))
                        end++;
                    return end;
                }

                if (!capital && !link)
                    return i;
                if (scan.Is(j, Role.Unit | Role.AgeUnit) && words == 0)
                    return i;
                words++;
            }
            else if (token.IsNumber)
            {
                // "85 5th Avenue"
                if (!(scan.IsGlued(j + 1) && scan.Is(j + 1, Role.OrdinalMark)) && words == 0)
                    return i;
                words++;
            }
            else if (token.First is not ('.' or '-' or '\''))
            {
                return i;
            }
        }

        return i;
    }

    /// <summary>"5891 Kenneth Ports,", "12 Cedar Hollow" at the line's end: an ordinary word ends a street only where an address goes on or ends.</summary>
    private static bool IsTail(in TextScan scan, int number, int j) =>
        scan.Is(j, Role.StreetTail) && scan.Case == CaseStyle.Mixed && scan.Tokens[number].Length >= 2 && !scan.Tokens[j].IsAllCaps
        && (scan.IsSymbol(j + 1, ',') ? scan.IsWord(j + 2) && (scan.Tokens[j + 2].IsCapitalized || !scan.SameLine(j + 2, j)) : scan.Tokens[number].IsFirstOnLine && !scan.SameLine(j + 1, j));

    /// <summary>"577 Norman Villages, North Bradleytown, Oklahoma": whatever the street ends in, town and state follow it.</summary>
    private static bool IsTownAndState(in TextScan scan, int first)
    {
        int end = first;
        while (end < scan.Count && end - first < 4 && scan.SameLine(end, first) && scan.IsWord(end) && scan.Tokens[end].IsCapitalized && !scan.Is(end, Role.Month | Role.Weekday))
            end++;
        return end > first && scan.IsSymbol(end, ',') && scan.SameLine(end + 1, first)
            && (AddressTail.StateOrCountry(scan, end + 1) > end + 1 || (scan.Equals(end + 1, "new") && scan.Equals(end + 2, "york")));
    }

    /// <summary>A street that only its dwelling gives away: "24 Schietboompleinstraat 391, Suite 321, Pischk".</summary>
    private static int AroundDwelling(in TextScan scan, int dwelling, HitList hits)
    {
        int end = AddressTail.Dwelling(scan, dwelling);
        if (end == dwelling || scan.Tokens[dwelling].Length < 3)
            return dwelling;
        int first = -1;
        int words = 0;
        for (int i = dwelling - 1; i >= 0 && dwelling - i <= 9 && scan.Tokens[dwelling].Line - scan.Tokens[i].Line <= 1; i--)
        {
            ref readonly Token token = ref scan.Tokens[i];
            if (token.IsNumber && token.Length <= 6)
                first = i;
            else if (token.IsWord && (token.IsCapitalized || scan.Case == CaseStyle.Lower || scan.Is(i, Role.Particle)) && !scan.Is(i, Role.Month | Role.PersonVerb))
                words++;
            else if (!(token.Kind == TokenKind.Symbol && token.First is ',' or '.' or '-' or '/' or '\''))
                break;
        }

        if (first < 0 || words == 0)
            return dwelling;
        hits.Add(scan, first, end, PhiKind.Street, Rule.StreetAddress, 0.75);
        return AddressTail.Read(scan, end, hits, isCertain: true);
    }

    private static bool IsInnerSaint(in TextScan scan, int j) =>
        scan.Equals(j, "st") && scan.IsWord(j + 1) && scan.Tokens[j + 1].IsCapitalized && scan.SameLine(j, j + 1) && scan.IsSymbol(j + 1, '.') is false
        && j + 2 < scan.Count && scan.Is(j + 2, Role.StreetSuffix);

    /// <summary>"Calle Carmen Romero, 23, 1D"; "C/ Manuel Silvela nº 2, 6º A"; "Avda. de la Paz s/n".</summary>
    private static int PrefixFirst(in TextScan scan, int i)
    {
        int j = i + 1;
        bool marked = false;
        while (scan.IsSymbol(j, '.') || scan.IsSymbol(j, '/'))
        {
            marked = true;
            j++;
        }

        if (scan.Tokens[i].Length <= 2 && !(marked && (scan.Tokens[i].Length == 2 || scan.IsSymbol(i + 1, '/'))))
            return i;
        int words = 0;
        while (j < scan.Count && scan.SameLine(j, i) && words < 7)
        {
            if (scan.IsWord(j) && (scan.Tokens[j].IsCapitalized || scan.Is(j, Role.Particle) || (marked && words == 0)) && scan.Tokens[j].Length > 1)
                words++;
            else if (scan.IsNumber(j) && words == 0 && scan.Tokens[j].Length <= 3)
                words++;
            else if (!scan.IsSymbol(j, '-') && !(scan.IsSymbol(j, '.') && scan.IsGlued(j) && scan.Tokens[j - 1].Length <= 3))
                break;
            j++;
        }

        if (words == 0)
            return i;
        int house = HouseNumber(scan, j);
        bool certain = house > j || (marked && scan.Is(i, Role.StreetPrefix) && words > 0);
        if (!certain && scan.Tokens[i].Length < 5)
            return i;
        return house > j || certain ? Math.Max(j, house) : scan.Equals(i, "calle") || scan.Equals(i, "avenida") || scan.Equals(i, "paseo") || scan.Equals(i, "plaza") ? j : i;
    }

    /// <summary>", 23, 1º D", "nº 2 - 6", "s/n".</summary>
    private static int HouseNumber(in TextScan scan, int j)
    {
        int end = j;
        int i = j;
        for (int parts = 0; parts < 8 && i < scan.Count && scan.SameLine(i, j - 1); parts++)
        {
            int start = i;
            while (i < scan.Count && (scan.IsSymbol(i, ',') || scan.IsSymbol(i, '-') || scan.IsSymbol(i, 'º') || scan.IsSymbol(i, 'ª') || scan.IsSymbol(i, '°') || (scan.IsSymbol(i, '.') && scan.IsGlued(i + 1)) || scan.IsSymbol(i, '/')) && i - start < 3)
                i++;
            if (scan.Equals(i, "n") || scan.Equals(i, "no") || scan.Equals(i, "num") || scan.Equals(i, "nº"))
            {
                i++;
                while (scan.IsSymbol(i, 'º') || scan.IsSymbol(i, '.') || scan.IsSymbol(i, '°'))
                    i++;
            }

            if (scan.Equals(i, "s") && scan.IsSymbol(i + 1, '/') && scan.Equals(i + 2, "n"))
                i += 3;
            else if (scan.IsNumber(i) && scan.Tokens[i].Length <= 4 && scan.SameLine(i, j - 1))
                i++;
            else if (end > j && scan.IsWord(i) && scan.SameLine(i, j - 1) && (scan.Is(i, Role.Dwelling) || (scan.Tokens[i].Length == 1 && scan.Tokens[i].IsCapitalized)))
                i++;
            else
                break;
            end = i;
        }

        while (end > j && (scan.IsSymbol(end, 'º') || scan.IsSymbol(end, 'ª')))
            end++;
        return end;
    }

    private static int PostBox(in TextScan scan, int i)
    {
        int j = i;
        if (scan.Equals(i, "po"))
            j = i + 1;
        else if (scan.Equals(i, "p") && scan.IsSymbol(i + 1, '.') && scan.Equals(i + 2, "o"))
            j = scan.IsSymbol(i + 3, '.') ? i + 4 : i + 3;
        else if (scan.Equals(i, "psc") && scan.IsNumber(i + 1) && scan.IsSymbol(i + 2, ','))
            j = i + 3;
        return j > i && scan.Equals(j, "box") && scan.IsNumber(j + 1) && scan.SameLine(j + 1, i) ? j + 2 : i;
    }

    private static void Labelled(in TextScan scan, in PhraseHit label, HitList hits)
    {
        ValueStart value = LabelReader.After(scan, label);
        if (!value.Exists || !(value.IsMarked || label.Strength == LabelStrength.Free))
            return;
        if (!scan.IsNumber(value.Token) && !(scan.IsWord(value.Token) && scan.Tokens[value.Token].IsCapitalized && value.IsMarked && !scan.Is(value.Token, Role.NameStop)))
            return;
        int end = LineValue.End(scan, value.Token, 14);
        var ground = new Ground(Rule.LabelBefore, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, 0.4f);
        hits.Add(scan, value.Token, end, PhiKind.Street, Rule.AddressLabel, 0.9, ground);
        AddressTail.Read(scan, end, hits);
    }
}

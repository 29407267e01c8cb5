namespace MedRedact.Detection;

/// <summary>Street addresses with what follows them: dwelling, city, state, ZIP code; post-office boxes; Spanish addresses.</summary>
internal sealed class Streets : ITextRecognizer
{
    public void Recognize(in TextScan scan, HitList hits)
    {
        for (int i = 0; i < scan.Count;)
        {
            int end = i;
            int first = i;
            if (scan.Tokens[i].IsNumber)
                end = FromNumber(scan, i, ref first);
            else if (scan.Is(i, Role.StreetPrefix))
                end = PrefixedStreets.Read(scan, i);
            else if (scan.Tokens[i].IsWord)
                end = PostBoxes.Read(scan, i);
            bool isBox = end > i && scan.Tokens[i].IsWord && !scan.Is(i, Role.StreetPrefix);
            if (end == i && scan.Tokens[i].IsWord)
                end = FromWord(scan, i, ref first);
            if (end == i && scan.Is(i, Role.Dwelling) && AroundDwelling(scan, i, hits) is var block && block > i)
            {
                i = block;
                continue;
            }

            if (end > i)
            {
                // "17151 2450 Crown St", "9383 ul. Chrzanowska 61": a number before the number, or before the street's word.
                if (LeadsStreet(scan, first, isBox))
                    first--;
                hits.Add(scan, first, end, PhiKind.Street, isBox ? Rule.PoBox : Rule.StreetAddress, 0.88);
                end = AddressTail.Read(scan, end, hits, isCertain: isBox || scan.IsNumber(end - 1));
            }

            i = Math.Max(end, i + 1);
        }

        foreach (PhraseHit label in scan.Phrases)
        {
            if (label.Kind == PhraseKind.Address)
                Labelled(scan, label, hits);
        }
    }

    /// <summary>A number before the number; a short one only where a line begins, after the signs of a quotation too.</summary>
    private static bool LeadsStreet(in TextScan scan, int first, bool isBox)
    {
        int number = first - 1;
        if (!scan.IsNumber(number) || !scan.SameLine(number, first) || scan.Tokens[first].IsAfterGap || scan.IsGlued(first) || scan.Tokens[number].Length > 6)
            return false;
        bool begins = scan.Tokens[number].IsFirstOnLine || scan.IsSymbol(number - 1, '>') || scan.IsSymbol(number - 1, '?') || (isBox && scan.IsSymbol(number - 1, ','));
        return begins || (!scan.IsGlued(number) && scan.Tokens[number].Length >= 3);
    }

    private static int FromNumber(in TextScan scan, int i, ref int first)
    {
        int end = NumberFirst(scan, i);
        if (end == i)
            end = StreetForms.NumberThenPrefix(scan, i);
        if (end == i && StreetForms.BeforeNumber(scan, i, out int after) is var street and >= 0)
            (first, end) = (street, after);
        return end;
    }

    private static int FromWord(in TextScan scan, int i, ref int first)
    {
        int end = scan.Tokens[i].First switch
        {
            'c' or 'C' => StreetForms.Corner(scan, i),
            'A' or 'F' or 'D' or 'a' or 'f' or 'd' => AddressTail.Military(scan, i),
            _ => i,
        };
        if (end == i && StreetForms.Unnumbered(scan, i) is var street and >= 0)
            (first, end) = (street, i + 1);
        return end;
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
            && (AddressTail.StateOrCountry(scan, end + 1, out _) > end + 1 || (scan.Equals(end + 1, "new") && scan.Equals(end + 2, "york")));
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

    private static void Labelled(in TextScan scan, in PhraseHit label, HitList hits)
    {
        ValueStart value = LabelReader.After(scan, label);
        if (!value.Exists || !(value.IsMarked || label.Strength == LabelStrength.Free))
            return;
        bool isWord = scan.IsWord(value.Token) && scan.Tokens[value.Token].IsCapitalized && !scan.Is(value.Token, Role.NameStop);
        int end = value.IsMarked ? LineValue.AddressEnd(scan, value.Token) : InProse(scan, value.Token);
        if (end == value.Token || !(scan.IsNumber(value.Token) || (isWord && (value.IsMarked || HoldsNumber(scan, value.Token, end))) || (value.IsMarked && scan.Is(value.Token, Role.StreetPrefix))))
            return;
        var ground = new Ground(Rule.LabelBefore, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, 0.4f);
        hits.Add(scan, value.Token, end, PhiKind.Street, Rule.AddressLabel, 0.9, ground);
        AddressTail.Read(scan, end, hits, isCertain: value.IsMarked);
    }

    /// <summary>"lives at 12 Elm Court with his wife": up to the first word that no address holds.</summary>
    private static int InProse(in TextScan scan, int start)
    {
        int end = start;
        for (int i = start; i < scan.Count && i - start < 20 && scan.SameLine(i, start); i++)
        {
            ref readonly Token token = ref scan.Tokens[i];
            if (token.IsNumber || (token.IsWord && ((token.IsCapitalized && !scan.Is(i, Role.PersonVerb)) || scan.Case == CaseStyle.Lower || scan.Is(i, Role.StreetSuffix | Role.Dwelling | Role.StreetPrefix | Role.StreetEnding | Role.OrdinalMark))))
                end = i + 1;
            else if (!(scan.Is(i, Role.Particle) || scan.Equals(i, "do") || (token.Kind == TokenKind.Symbol && (token.First is ',' or '-' or '/' or '#' or '\'' || (token.First == '.' && scan.Tokens[i - 1].Length <= 4)))))
                break;
            if (scan.Case == CaseStyle.Lower && (scan.Is(i, Role.NameStop | Role.PersonVerb) && !scan.Is(i, Role.Direction)))
                return i;
        }

        return end;
    }

    private static bool HoldsNumber(in TextScan scan, int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            if (scan.IsNumber(i) || scan.Is(i, Role.StreetSuffix))
                return true;
        }

        return false;
    }
}

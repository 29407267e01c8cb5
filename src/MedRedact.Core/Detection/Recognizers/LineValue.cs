namespace MedRedact.Detection;

/// <summary>A value in words on a form: up to the end of its line, a full stop, a wide gap or the next label.</summary>
internal static class LineValue
{
    /// <summary>The value, ended also by a word in small letters that joins nothing.</summary>
    public static int NameEnd(in TextScan scan, int start, int mostWords)
    {
        int end = End(scan, start, mostWords);
        for (int i = start; i < end; i++)
        {
            if (scan.IsWord(i) && !scan.Tokens[i].IsCapitalized && scan.Case != CaseStyle.Lower && !scan.Is(i, Role.Particle) && !scan.Equals(i, "of") && !scan.Equals(i, "and") && !scan.Equals(i, "for") && !scan.Equals(i, "the"))
                return i;
        }

        return end;
    }

    /// <summary>The value of an address label: a full stop inside it ("Calle Sauceda 3. 1A") ends it only where a sentence begins.</summary>
    public static int AddressEnd(in TextScan scan, int start)
    {
        int end = End(scan, start, 14);
        for (int more = 0; more < 4 && end > start && scan.IsSymbol(end, '.') && scan.SameLine(end + 1, start) && !scan.Tokens[end + 1].IsAfterGap; more++)
        {
            bool goesOn = scan.IsNumber(end + 1) ? !scan.Is(end + 2, Role.Unit | Role.AgeUnit)
                : scan.Tokens[end + 1].IsCapitalized && !scan.Is(end + 1, Role.NameStop | Role.PhoneCue | Role.Title) && !LabelReader.StartsLabel(scan, end + 1) && scan.IsNumber(end - 1);
            int next = goesOn ? End(scan, end + 1, 6) : end;
            if (next <= end + 1)
                break;
            end = next;
        }

        return end;
    }

    public static int End(in TextScan scan, int start, int mostWords)
    {
        int end = start;
        int words = 0;
        for (int i = start; i < scan.Count && scan.SameLine(i, start) && words < mostWords; i++)
        {
            ref readonly Token token = ref scan.Tokens[i];
            if (i > start && token.IsAfterGap)
                break;
            if (i > start && LabelReader.PhraseAt(scan, i) is { Kind: > PhraseKind.None and <= PhraseKind.Neutral } next && (scan.IsSymbol(next.End, ':') || scan.IsSymbol(next.End, '#')))
                break;
            if (token.Kind == TokenKind.Symbol)
            {
                if (token.First is '.' && !scan.IsGlued(i + 1) && !(i > start && scan.Tokens[i - 1].Length <= 3 && scan.IsWord(i + 1)))
                    break;
                if (token.First is ';' or '?' or '!' or '|' or '(' or ')')
                    break;
                continue;
            }

            words++;
            end = i + 1;
        }

        return end;
    }
}

namespace MedRedact.Detection;

/// <summary>A value in words on a form: up to the end of its line, a full stop, a wide gap or the next label.</summary>
internal static class LineValue
{
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

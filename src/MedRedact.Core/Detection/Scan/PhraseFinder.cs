namespace MedRedact.Detection;

/// <summary>A phrase of the lexicons in the text: tokens [First, End).</summary>
internal readonly record struct PhraseHit(int First, int End, PhraseKind Kind, LabelStrength Strength, bool IsDamaged = false);

/// <summary>Finds the longest lexicon phrase at each token; each token takes part in at most one.</summary>
internal static class PhraseFinder
{
    public static void Find(in TextScan scan, List<PhraseHit> found)
    {
        for (int i = 0; i < scan.Count; i++)
        {
            ref readonly Token token = ref scan.Tokens[i];
            if (!token.IsWord)
                continue;
            int node = scan.Info(i).PhraseNode;
            if (node != 0 && Longest(scan, i, node) is { Kind: not PhraseKind.None } hit)
            {
                found.Add(hit);
                i = hit.End - 1;
            }
            else if (token.Word == 0 || IsGluedToDigit(scan, i))
            {
                if (Damaged(scan, ref i) is { Kind: not PhraseKind.None } repaired)
                    found.Add(repaired);
            }
        }
    }

    private static PhraseHit Longest(in TextScan scan, int first, int node)
    {
        PhraseHit best = default;
        int i = first;
        for (int words = 1; ; words++)
        {
            (PhraseKind kind, LabelStrength strength) = scan.Vocabulary.Phrases.At(node);
            if (kind != PhraseKind.None)
                best = new PhraseHit(first, i + 1, kind, strength);
            if (words == PhraseTree.MaxWords)
                return best;

            int next = NextWord(scan, i);
            if (next < 0)
                return best;
            node = scan.Vocabulary.Phrases.Next(node, scan.Tokens[next].Word);
            if (node == 0)
                return best;
            i = next;
        }
    }

    /// <summary>The next word on the line, over one mark such as "." or "/"; -1 when there is none.</summary>
    private static int NextWord(in TextScan scan, int token)
    {
        int next = token + 1;
        if (next < scan.Count && scan.Tokens[next].Kind == TokenKind.Symbol && scan.Tokens[next].First is '.' or '/' or '-' or 'º' or '°' or '&')
            next++;
        return scan.IsWord(next) && scan.SameLine(next, token) && scan.Tokens[next].Word != 0 ? next : -1;
    }

    private static bool IsGluedToDigit(in TextScan scan, int i) =>
        (scan.IsGlued(i) && scan.IsNumber(i - 1)) || (scan.IsGlued(i + 1) && scan.IsNumber(i + 1));

    /// <summary>A label that recognition damaged ("D0B:", "Patlent:"): only right before a mark, so that prose is left alone.</summary>
    private static PhraseHit Damaged(in TextScan scan, ref int i)
    {
        int start = i;
        while (start > 0 && scan.Tokens[start].IsGlued && scan.Tokens[start - 1].Kind != TokenKind.Symbol && i - start < 4)
            start--;
        int end = i + 1;
        while (end < scan.Count && scan.Tokens[end].IsGlued && scan.Tokens[end].Kind != TokenKind.Symbol && end - i < 4)
            end++;
        if (!scan.IsSymbol(end, ':') && !scan.IsSymbol(end, '#'))
            return default;
        ReadOnlySpan<char> word = scan.Text[scan.Tokens[start].Start..scan.Tokens[end - 1].End];
        if (word.Length is < 3 or > 24 || !scan.Vocabulary.LabelSkeletons.TryGetValue(OcrSkeleton.Of(word), out int repaired))
            return default;
        int node = scan.Vocabulary[repaired].PhraseNode;
        (PhraseKind kind, LabelStrength strength) = node == 0 ? default : scan.Vocabulary.Phrases.At(node);
        i = end - 1;
        return new PhraseHit(start, end, kind, strength, IsDamaged: true);
    }
}

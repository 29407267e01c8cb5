namespace MedRedact.Detection;

/// <summary>A phrase of the lexicons in the text: tokens [First, End).</summary>
internal readonly record struct PhraseHit(int First, int End, PhraseKind Kind, LabelStrength Strength, bool IsDamaged = false)
{
    /// <summary>On a page with layout: the first token of what stands below a label in its column, or over it where nothing does; -1 when neither.</summary>
    public int Below { get; init; } = -1;
}

/// <summary>Finds the longest lexicon phrase at each token; each token takes part in at most one.</summary>
internal static class PhraseFinder
{
    private const int LongestDamagedWord = 24;

    public static void Find(in TextScan scan, List<PhraseHit> found)
    {
        for (int i = 0; i < scan.Count; i++)
        {
            ref readonly Token token = ref scan.Tokens[i];
            if (token.Kind == TokenKind.Symbol)
                continue;
            int node = token.IsWord ? scan.Info(i).PhraseNode : 0;
            PhraseHit hit = default;
            if (node != 0)
                hit = Longest(scan, i, i, node, false);
            if (hit.Kind == PhraseKind.None && (token.IsNumber || token.Word == 0 || scan.IsGlued(i + 1)) && Repair(scan, i, out int last) is var repaired and not 0)
            {
                hit = Longest(scan, i, last, scan.Vocabulary[repaired].PhraseNode, true);

                // A word that only resembles a label is one only right before a mark.
                if (!scan.IsSymbol(hit.End, ':') && !scan.IsSymbol(hit.End, '#'))
                    hit = default;
            }

            if (hit.Kind == PhraseKind.None)
                continue;
            found.Add(hit);
            i = hit.End - 1;
        }
    }

    private static PhraseHit Longest(in TextScan scan, int first, int last, int node, bool damaged)
    {
        PhraseHit best = default;
        for (int words = 1; node != 0; words++)
        {
            (PhraseKind kind, LabelStrength strength) = scan.Vocabulary.Phrases.At(node);
            if (kind != PhraseKind.None)
                best = new PhraseHit(first, last + 1, kind, strength, damaged);
            int next = NextWord(scan, last);
            if (words == PhraseTree.MaxWords || next < 0)
                break;
            last = next;
            int word = scan.Tokens[next].Word;
            int following = word == 0 ? 0 : scan.Vocabulary.Phrases.Next(node, word);
            if (following == 0 && (word == 0 || scan.IsGlued(next + 1)) && Repair(scan, next, out last) is var repaired and not 0)
            {
                following = scan.Vocabulary.Phrases.Next(node, repaired);
                damaged = true;
            }

            node = following;
        }

        return best;
    }

    /// <summary>The next word on the line, over one mark such as "." or "/"; -1 when there is none.</summary>
    private static int NextWord(in TextScan scan, int token)
    {
        int next = token + 1;
        if (next < scan.Count && scan.Tokens[next].Kind == TokenKind.Symbol && (scan.Tokens[next].First is '.' or '/' or '-' or '&' || scan.IsOrdinalSign(next)))
            next++;
        return scan.SameLine(next, token) && scan.Tokens[next].Kind != TokenKind.Symbol && !scan.Tokens[next].IsAfterGap ? next : -1;
    }

    /// <summary>The label word that a run of letters and look-alike digits stands for ("D0B", "Patlent"); 0 when there is none.</summary>
    private static int Repair(in TextScan scan, int first, out int last)
    {
        last = first;
        while (scan.IsGlued(last + 1) && scan.Tokens[last + 1].Kind != TokenKind.Symbol && last - first < 6)
            last++;
        int start = scan.Tokens[first].Start;
        int length = scan.Tokens[last].End - start;
        if (length is < 3 or > LongestDamagedWord || (scan.IsNumber(first) && last == first))
            return 0;
        return scan.Vocabulary.LabelSkeletons.GetValueOrDefault(OcrSkeleton.Of(scan.Text.Slice(start, length)));
    }
}

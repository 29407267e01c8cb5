namespace MedRedact.Detection;

/// <summary>What the rules found, token by token, in a form that features can be made of.</summary>
internal static class Covers
{
    private const int Sure = 1;
    private const int Opens = 2;
    private const int Kinds = 64;
    private const float SureFrom = 0.8f;

    public static PhiKind KindOf(ushort cover) => (PhiKind)((cover >> 2) % Kinds);

    /// <summary>Whether a rule that is sure of itself covers the token.</summary>
    public static bool IsSure(ushort cover) => (cover & Sure) != 0;

    /// <summary>Writes, for each token, the surest hit that covers it; 0 where none does.</summary>
    public static void Read(in TextScan scan, HitList hits, Span<ushort> covers, Span<float> confidences)
    {
        for (int i = 0; i < hits.Count; i++)
        {
            Hit hit = hits[i];
            int first = TokenAt(scan.Tokens, hit.Start);
            for (int token = first; token < scan.Count && scan.Tokens[token].Start < hit.End; token++)
            {
                if (hit.Confidence <= confidences[token])
                    continue;
                confidences[token] = hit.Confidence;
                covers[token] = (ushort)(((((int)hit.Rule * Kinds) + (int)hit.Kind) << 2) | (hit.Confidence >= SureFrom ? Sure : 0) | (token == first ? Opens : 0));
            }
        }
    }

    /// <summary>The first token that ends after a position.</summary>
    public static int TokenAt(ReadOnlySpan<Token> tokens, int position)
    {
        int low = 0;
        int high = tokens.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (tokens[middle].End <= position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

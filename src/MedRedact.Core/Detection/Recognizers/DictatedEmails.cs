namespace MedRedact.Detection;

/// <summary>"john dot smith at gmail dot com".</summary>
internal static class DictatedEmails
{
    public static void Find(in TextScan scan, HitList hits)
    {
        for (int i = 1; i + 3 < scan.Count; i++)
        {
            if (scan.Tokens[i].First is not ('a' or 'A') || !scan.Equals(i, "at") || !scan.IsWord(i + 1) || !scan.SameLine(i, i + 3))
                continue;
            int end = i + 2;
            while (end + 1 < scan.Count && end - i < 8 && scan.Equals(end, "dot") && scan.IsWord(end + 1))
                end += 2;
            if (end == i + 2 || scan.Tokens[end - 1].Length is < 2 or > 6)
                continue;
            int start = i - 1;
            while (start >= 2 && i - start < 8 && (scan.Equals(start - 1, "dot") || scan.Equals(start - 1, "underscore") || scan.Equals(start - 1, "dash")))
                start -= 2;
            if (scan.Tokens[start].Kind != TokenKind.Symbol)
                hits.Add(scan, start, end, PhiKind.Email, Rule.EmailDictated, 0.85);
        }
    }
}

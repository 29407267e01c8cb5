namespace MedRedact.Detection;

/// <summary>Lets go of what a rule set allows, or what is less sure than it asks for.</summary>
/// <remarks>Deny lists override allow lists. What is known of the patient, and what is certain elsewhere in the document, is looked for afterwards and
/// overrides both: an allowed word that is the patient's name is still found.</remarks>
internal static class RuleVerdicts
{
    /// <summary>More phrases than this cannot begin before a hit and still hold it.</summary>
    private const int FarthestBack = 48;

    public static void Settle(RuleSet rules, in TextScan scan, HitList hits)
    {
        List<(int Start, int End, IReadOnlyList<AllowedPhrase> Meanings)> allowed = Find(rules, scan);
        if (allowed.Count == 0 && rules.Thresholds.Count == 0)
            return;
        hits.RemoveWhere(hit => hit.Confidence < rules.ThresholdOf(hit.Category) || (!IsListed(hit) && IsAllowed(allowed, hit)));
    }

    private static bool IsListed(in Hit hit) => hit.First.Rule is Rule.ListedPhrase or Rule.MisreadPhrase;

    private static List<(int Start, int End, IReadOnlyList<AllowedPhrase> Meanings)> Find(RuleSet rules, in TextScan scan)
    {
        var allowed = new List<(int, int, IReadOnlyList<AllowedPhrase>)>();
        for (int i = 0; i < scan.Count && !rules.Allowed.IsEmpty; i++)
        {
            int end = rules.Allowed.Match(scan, i, out IReadOnlyList<AllowedPhrase> meanings);
            if (end > i)
                allowed.Add((scan.Tokens[i].Start, scan.Tokens[end - 1].End, meanings));
        }

        return allowed;
    }

    private static bool IsAllowed(List<(int Start, int End, IReadOnlyList<AllowedPhrase> Meanings)> allowed, Hit hit)
    {
        int low = 0;
        int high = allowed.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (allowed[middle].Start <= hit.Start)
                low = middle + 1;
            else
                high = middle;
        }

        for (int i = low - 1; i >= 0 && low - i <= FarthestBack; i--)
        {
            if (allowed[i].End >= hit.End && allowed[i].Meanings.Any(phrase => phrase.Covers(hit.Category)))
                return true;
        }

        return false;
    }
}

namespace MedRedact.Detection;

/// <summary>Brings the label phrases of a rule set into a scan, where they work like built-in ones, and end the values before them.</summary>
internal static class DeclaredLabels
{
    public static void Add(RuleSet rules, in TextScan scan, List<PhraseHit> phrases)
    {
        if (rules.Labels.IsEmpty && rules.OwnLabels.IsEmpty)
            return;
        var merged = new List<PhraseHit>(phrases.Count);
        int known = 0;
        for (int i = 0; i < scan.Count;)
        {
            while (known < phrases.Count && phrases[known].End <= i)
                merged.Add(phrases[known++]);
            PhraseHit found = At(rules, scan, i);

            // A longer phrase of ours that holds this one says more; of the same words, the user's says it.
            bool isHeld = found.End > i && known < phrases.Count && phrases[known].First <= i && phrases[known].End >= found.End
                && (phrases[known].End - phrases[known].First > found.End - i || found.Kind == PhraseKind.Declared);
            if (found.End == i || isHeld)
            {
                i++;
                continue;
            }

            while (known < phrases.Count && phrases[known].First < found.End)
                known++;
            merged.Add(found);
            i = found.End;
        }

        for (; known < phrases.Count; known++)
            merged.Add(phrases[known]);
        phrases.Clear();
        phrases.AddRange(merged);
    }

    private static PhraseHit At(RuleSet rules, in TextScan scan, int token)
    {
        int end = rules.Labels.Match(scan, token, out IReadOnlyList<(PhraseKind Kind, LabelStrength Strength)> labels);
        if (end > token)
            return new PhraseHit(token, end, labels[^1].Kind, labels[^1].Strength);
        end = rules.OwnLabels.Match(scan, token, out _);
        return new PhraseHit(token, end, PhraseKind.Declared, LabelStrength.Free);
    }
}

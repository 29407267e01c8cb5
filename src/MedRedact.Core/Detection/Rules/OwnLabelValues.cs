namespace MedRedact.Detection;

/// <summary>Where the labels of recognizers stand in a scan, and at which tokens the values that they announce may begin or end.</summary>
internal sealed class OwnLabelValues
{
    /// <summary>A value may stand behind a word or sign that belongs to the label: "Study ID no. ST-000123".</summary>
    private const int Reach = 3;

    private readonly Dictionary<(int Recognizer, int Token), Ground> _starts = [];
    private readonly Dictionary<(int Recognizer, int Token), Ground> _labels = [];

    /// <summary>Values that are announced exactly, for recognizers that know no shape.</summary>
    public List<(int Recognizer, int Token, Ground Label, bool IsBefore)> Announced { get; } = [];

    public static OwnLabelValues Read(RuleSet rules, in TextScan scan)
    {
        var values = new OwnLabelValues();
        for (int i = 0; i < scan.Count && !rules.OwnLabels.IsEmpty; i++)
        {
            int end = rules.OwnLabels.Match(scan, i, out IReadOnlyList<DeclaredLabel> labels);
            foreach (DeclaredLabel label in labels)
                values.Add(scan, i, end, label);
        }

        return values;
    }

    /// <summary>The label of a value, if it has one.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="recognizer">Whose value it is.</param>
    /// <param name="first">The value's first token.</param>
    /// <param name="end">The token after its last.</param>
    public Ground LabelOf(in TextScan scan, int recognizer, int first, int end)
    {
        if (_starts.TryGetValue((recognizer, first), out Ground before))
            return before;
        for (int next = end; next < scan.Count && next - end <= 2 && scan.SameLine(next, first); next++)
        {
            if (_labels.TryGetValue((recognizer, next), out Ground after))
                return after;
            if (!(scan.IsSymbol(next, '(') || scan.IsSymbol(next, ':') || scan.IsSymbol(next, '-') || scan.IsSymbol(next, ',') || scan.IsSymbol(next, '[')))
                break;
        }

        return default;
    }

    private void Add(in TextScan scan, int first, int end, DeclaredLabel label)
    {
        var at = new Ground(label.Place switch { LabelPlace.After => Rule.LabelAfter, LabelPlace.Above => Rule.LabelAbove, _ => Rule.LabelBefore }, scan.Tokens[first].Start, scan.Tokens[end - 1].End, 0);
        if (label.Place == LabelPlace.After)
        {
            _labels.TryAdd((label.Recognizer, first), at);
            Announced.Add((label.Recognizer, first, at, IsBefore: false));
            return;
        }

        PhraseHit known = LabelReader.PhraseAt(scan, first);
        ValueStart value = LabelReader.After(scan, new PhraseHit(first, end, PhraseKind.Declared, LabelStrength.Free) { Below = known.End > known.First ? known.Below : -1 });
        if (!value.Exists || (label.Place == LabelPlace.Above && !value.IsNextLine))
            return;
        Announced.Add((label.Recognizer, value.Token, at, IsBefore: true));
        for (int token = value.Token; token < value.Token + Reach && scan.SameLine(token, value.Token); token++)
            _starts.TryAdd((label.Recognizer, token), at);
    }
}

namespace MedRedact.Detection;

/// <summary>A hit of a rule, in positions of the scanned text, with up to three grounds.</summary>
internal record struct Hit(int Start, int End, PhiKind Kind, Rule Rule, float Confidence)
{
    public Ground First { get; set; }
    public Ground Second { get; set; }
    public Ground Third { get; set; }

    /// <summary>The user's rule that made it; none for a built-in one.</summary>
    public DeclaredRule? Source { get; init; }

    public readonly PhiCategory Category => Source?.Category ?? PhiTypes.Of(Kind);
    public readonly RuleId RuleId => Source?.Id ?? Rules.IdOf(Rule);
}

/// <summary>One ground of a hit: what counted, where it stands (Start = End: nowhere in particular), how much.</summary>
internal readonly record struct Ground(Rule Rule, int Start, int End, float Contribution);

/// <summary>Hits in the order they were made; may overlap.</summary>
internal sealed class HitList
{
    private const float BarelyAName = 0.75f;
    private const float SurelyOutside = 0.97f;
    private const int MostInitials = 3;
    private readonly List<Hit> _hits = [];

    public int Count => _hits.Count;
    public Hit this[int index] => _hits[index];

    public void Add(Hit hit)
    {
        if (hit.End > hit.Start)
            _hits.Add(hit);
    }

    public void Add(in TextScan scan, int firstToken, int endToken, PhiKind kind, Rule rule, double confidence, Ground ground = default, Ground second = default) =>
        Add(new Hit(scan.Tokens[firstToken].Start, scan.Tokens[endToken - 1].End, kind, rule, (float)Math.Clamp(confidence, 0.01, 0.99)) { First = ground, Second = second });

    /// <summary>Drops what was taken for a code or telephone number by its shape where a label says what the same characters are, and what is a number,
    /// a code or the tagger's guess where a rule of the user's names it; a Social Security number never gives way.</summary>
    public void DropGuessesUnderLabels()
    {
        _hits.Sort(static (left, right) => (left.Start, -left.End, Order(left.Rule)).CompareTo((right.Start, -right.End, Order(right.Rule))));
        int labelledEnd = -1;
        int declaredEnd = -1;
        int kept = 0;
        for (int i = 0; i < _hits.Count; i++)
        {
            Hit hit = _hits[i];
            if (hit.Rule == Rule.Declared)
                declaredEnd = Math.Max(declaredEnd, hit.End);
            else if (hit.End <= declaredEnd && (hit.Kind is > PhiKind.SsnLast4 and <= PhiKind.OtherId || hit.Rule is >= Rule.TaggerName and <= Rule.TaggerProfession))
                continue;
            else if (hit.Rule is Rule.LabelledId or Rule.LabelledAfter && hit.Kind != PhiKind.FormNumber)
                labelledEnd = Math.Max(labelledEnd, hit.End);
            else if (hit.End <= labelledEnd && hit.Rule is Rule.LongNumber or Rule.CodeShape or Rule.PhoneShape or Rule.SsnShape or Rule.ZipCode)
                continue;
            _hits[kept++] = hit;
        }

        _hits.RemoveRange(kept, _hits.Count - kept);
    }

    /// <summary>Takes the initials beside a name into it, three at most: "Thorne W.", "J. R. Thorne".</summary>
    public void TakeInitials(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < _hits.Count; i++)
        {
            Hit hit = _hits[i];
            if (hit.Kind is not (PhiKind.Name or PhiKind.Clinician) || hit.Source is not null)
                continue;
            for (int more = 0; more < MostInitials && hit.End + 3 <= text.Length && text[hit.End] == ' ' && IsInitial(text, hit.End + 1); more++)
                hit.End += 3;
            for (int more = 0; more < MostInitials && hit.Start >= 3 && text[hit.Start - 1] == ' ' && IsInitial(text, hit.Start - 3); more++)
                hit.Start -= 3;
            _hits[i] = hit;
        }
    }

    /// <summary>A capital and a full stop that stand alone.</summary>
    private static bool IsInitial(ReadOnlySpan<char> text, int at) =>
        char.IsUpper(text[at]) && text[at + 1] == '.' && (at == 0 || !char.IsLetterOrDigit(text[at - 1]) && text[at - 1] is not ('.' or '-' or '\''))
        && (at + 2 == text.Length || !char.IsLetterOrDigit(text[at + 2]));

    /// <summary>What is sure comes first where two hits cover the same.</summary>
    private static Rule Order(Rule rule) => rule == Rule.Declared ? Rule.None : rule;

    public void RemoveWhere(Predicate<Hit> refused) => _hits.RemoveAll(refused);

    /// <summary>Drops what was taken for a name by its words alone, barely, where the tagger is sure of all its tokens that they are none.</summary>
    public void DropDoubted(in TextScan scan, ReadOnlySpan<float> outside)
    {
        int kept = 0;
        for (int i = 0; i < _hits.Count; i++)
        {
            Hit hit = _hits[i];
            if (!(hit.Rule == Rule.NamePattern && hit.Confidence < BarelyAName && IsOutside(scan, outside, hit)))
                _hits[kept++] = hit;
        }

        _hits.RemoveRange(kept, _hits.Count - kept);
    }

    private static bool IsOutside(in TextScan scan, ReadOnlySpan<float> outside, in Hit hit)
    {
        for (int token = Covers.TokenAt(scan.Tokens, hit.Start); token < scan.Count && scan.Tokens[token].Start < hit.End; token++)
        {
            if (outside[token] < SurelyOutside)
                return false;
        }

        return true;
    }

    public void Clear() => _hits.Clear();
}

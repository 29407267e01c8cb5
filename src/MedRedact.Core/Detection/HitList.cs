namespace MedRedact.Detection;

/// <summary>A hit of a rule, in positions of the scanned text, with up to three grounds.</summary>
internal record struct Hit(int Start, int End, PhiKind Kind, Rule Rule, float Confidence)
{
    public Ground First { get; set; }
    public Ground Second { get; set; }
    public Ground Third { get; set; }
}

/// <summary>One ground of a hit: what counted, where it stands (Start = End: nowhere in particular), how much.</summary>
internal readonly record struct Ground(Rule Rule, int Start, int End, float Contribution);

/// <summary>Hits in the order they were made; may overlap.</summary>
internal sealed class HitList
{
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

    public void Clear() => _hits.Clear();
}

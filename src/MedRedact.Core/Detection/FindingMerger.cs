using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>Makes the findings of all detectors on one page disjoint and ordered, without giving up a character that any of them claimed.</summary>
public static class FindingMerger
{
    /// <summary>So few grounds are compared one by one.</summary>
    private const int Few = 16;

    /// <summary>Joins findings that overlap into one that covers them all.</summary>
    /// <param name="findings">In any order; may overlap.</param>
    /// <returns>
    /// Stretches of text ordered by layer and start, then areas; disjoint within a layer. A joined finding is of the category that loses
    /// most when it is let through, so a state or an age that a policy may keep never stands for a name; among those of one kind the
    /// surest gives rule and confidence. The grounds of all are kept. The same findings in another order give the same answer, and
    /// merging what is merged changes nothing.
    /// </returns>
    public static ImmutableArray<Finding> Merge(IEnumerable<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var texts = new List<Finding>();
        var areas = new List<Finding>();
        foreach (Finding finding in findings)
        {
            if (finding.Location is Location.Text { Span.Length: > 0 })
                texts.Add(finding);
            else if (finding.Location is not Location.Text)
                areas.Add(finding);
        }

        texts.Sort(static (left, right) => Compare(left, right));
        var merged = ImmutableArray.CreateBuilder<Finding>(texts.Count + areas.Count);
        for (int i = 0; i < texts.Count;)
        {
            var first = (Location.Text)texts[i].Location;
            int start = first.Span.Start;
            int end = first.Span.End;
            int next = i + 1;
            while (next < texts.Count && texts[next].Location is Location.Text other && other.Layer == first.Layer && other.Span.Start < end)
            {
                end = Math.Max(end, other.Span.End);
                next++;
            }

            merged.Add(next == i + 1 ? texts[i] : Join(texts.GetRange(i, next - i), new Location.Text(TextSpan.FromBounds(start, end), first.Layer)));
            i = next;
        }

        areas.Sort(static (left, right) => CompareAreas(left, right));
        for (int i = 0; i < areas.Count; i++)
        {
            if (i == 0 || areas[i].Location != areas[i - 1].Location || areas[i].Category != areas[i - 1].Category)
                merged.Add(areas[i]);
        }

        return merged.ToImmutable();
    }

    private static Finding Join(List<Finding> overlapping, Location.Text location)
    {
        Finding strongest = overlapping[0];
        foreach (Finding finding in overlapping)
        {
            if (IsStronger(finding, strongest))
                strongest = finding;
        }

        return strongest with { Location = location, Evidence = Grounds(overlapping) };
    }

    /// <summary>The grounds of all, each once, in an order that does not depend on who came first.</summary>
    private static ImmutableArray<Evidence> Grounds(List<Finding> overlapping)
    {
        var all = new List<Evidence>();
        HashSet<Evidence>? seen = null;
        foreach (Finding finding in overlapping)
        {
            foreach (Evidence ground in finding.Evidence)
            {
                if (all.Count == Few)
                    seen ??= [.. all];
                if (seen?.Add(ground) ?? !all.Contains(ground))
                    all.Add(ground);
            }
        }

        all.Sort(static (left, right) => CompareGrounds(left, right));
        return [.. all];
    }

    private static int CompareGrounds(in Evidence left, in Evidence right)
    {
        int order = string.CompareOrdinal(left.Rule.Value, right.Rule.Value);
        if (order == 0)
            order = Start(left.At).CompareTo(Start(right.At));
        if (order == 0)
            order = left.Contribution.CompareTo(right.Contribution);
        return order == 0 ? End(left.At).CompareTo(End(right.At)) : order;
    }

    private static bool IsStronger(Finding one, Finding other)
    {
        int tier = Tier(one.Category).CompareTo(Tier(other.Category));
        if (tier == 0)
            tier = other.Confidence.CompareTo(one.Confidence);
        return (tier == 0 ? Tie(one, other) : tier) < 0;
    }

    /// <summary>What every shipped policy removes, of it last what names nobody alone; then what a limited data set keeps; then what dates shifted for
    /// research keep too; then what Safe Harbor keeps as well.</summary>
    /// <remarks>What one policy keeps the next one in this row keeps too, so a finding that a policy keeps never stands for another which it removes.</remarks>
    private static int Tier(PhiCategory category) =>
        category == PhiCategory.State || category == PhiCategory.Age || category == PhiCategory.Profession || category == PhiCategory.FormNumber ? 4
            : category == PhiCategory.Country ? 3
            : category.IsA(PhiCategory.Date) || category.IsA(PhiCategory.Age) || category == PhiCategory.City || category == PhiCategory.Zip ? 2
            : category == PhiCategory.Dea || category == PhiCategory.Npi ? 1
            : 0;

    private static int Compare(Finding left, Finding right)
    {
        var (one, other) = ((Location.Text)left.Location, (Location.Text)right.Location);
        int order = one.Layer.CompareTo(other.Layer);
        if (order == 0)
            order = one.Span.Start.CompareTo(other.Span.Start);
        if (order == 0)
            order = other.Span.End.CompareTo(one.Span.End);
        return order == 0 ? Tie(left, right) : order;
    }

    private static int CompareAreas(Finding left, Finding right)
    {
        Box one = left.Location is Location.Area first ? first.Box : default;
        Box other = right.Location is Location.Area second ? second.Box : default;
        int order = (one.Top, one.Left, one.Width, one.Height).CompareTo((other.Top, other.Left, other.Width, other.Height));
        if (order == 0)
            order = Tie(left, right);
        return order == 0 ? right.Confidence.CompareTo(left.Confidence) : order;
    }

    /// <summary>An order that depends on nothing but the findings.</summary>
    private static int Tie(Finding left, Finding right)
    {
        int order = PhiTypes.Rank(left.Category).CompareTo(PhiTypes.Rank(right.Category));
        if (order == 0)
            order = string.CompareOrdinal(left.Category.ToString(), right.Category.ToString());
        if (order == 0)
            order = right.Confidence.CompareTo(left.Confidence);
        if (order == 0)
            order = string.CompareOrdinal(left.DetectorId.Value, right.DetectorId.Value);
        return order == 0 ? string.CompareOrdinal(left.RuleId.Value, right.RuleId.Value) : order;
    }

    private static int Start(Location? location) => location is Location.Text text ? text.Span.Start : -1;

    private static int End(Location? location) => location is Location.Text text ? text.Span.End : -1;
}

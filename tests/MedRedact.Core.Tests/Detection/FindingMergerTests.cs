using System.Collections.Immutable;
using CsCheck;
using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection;

public sealed class FindingMergerTests
{
    private const int TextLength = 60;

    private static readonly Gen<Finding> s_finding =
        from start in Gen.Int[0, TextLength - 1]
        from length in Gen.Int[1, 12]
        from category in Gen.Int[0, PhiTypes.All.Length - 1]
        from confidence in Gen.Int[1, 4]
        from layer in Gen.Int[0, 2]
        select new Finding(
            PhiTypes.All[category], new Location.Text(TextSpan.FromBounds(start, Math.Min(TextLength, start + length)), layer < 2 ? TextLayer.Recognized : TextLayer.Native), Confidence.Of(confidence / 4.0),
            new DetectorId("d"), new RuleId("r"))
        {
            Evidence = [new Evidence(new RuleId("e"), null, confidence)],
        };

    private static readonly Gen<Finding[]> s_findings = s_finding.Array[0, 14];

    [Fact]
    public void Merged_findings_are_disjoint_and_ordered() => s_findings.Sample(findings =>
    {
        ImmutableArray<Finding> merged = FindingMerger.Merge(findings);
        for (int i = 1; i < merged.Length; i++)
        {
            var (before, after) = ((Location.Text)merged[i - 1].Location, (Location.Text)merged[i].Location);
            Assert.True(before.Layer < after.Layer || (before.Layer == after.Layer && before.Span.End <= after.Span.Start));
        }
    }, iter: 500, seed: "0000000000001");

    [Fact]
    public void Merging_covers_exactly_what_any_detector_claimed() =>
        s_findings.Sample(findings => Assert.Equal(Covered(findings), Covered(FindingMerger.Merge(findings))), iter: 500, seed: "0000000000002");

    [Fact]
    public void Merging_again_changes_nothing() => s_findings.Sample(findings =>
    {
        ImmutableArray<Finding> once = FindingMerger.Merge(findings);
        Assert.Equal(Described(once), Described(FindingMerger.Merge(once)));
    }, iter: 500, seed: "0000000000003");

    [Fact]
    public void The_order_of_findings_does_not_matter() => Gen.Select(s_findings, Gen.Int[0, 1000]).Sample((findings, seed) =>
    {
        var shuffled = (Finding[])findings.Clone();
        new Random(seed).Shuffle(shuffled);
        Assert.Equal(Described(FindingMerger.Merge(findings)), Described(FindingMerger.Merge(shuffled)));
    }, iter: 500, seed: "0000000000004");

    [Fact]
    public void A_state_or_an_age_never_stands_for_a_name_that_overlaps_it()
    {
        foreach (PhiCategory mild in new[] { PhiCategory.State, PhiCategory.Age, PhiCategory.Npi })
        {
            Finding[] findings = [Made(mild, 0, 10, 0.99), Made(PhiCategory.PersonName, 8, 12, 0.3)];
            Finding merged = Assert.Single(FindingMerger.Merge(findings));
            Assert.Equal(PhiCategory.PersonName, merged.Category);
        }
    }

    [Fact]
    public void Areas_are_kept_once()
    {
        var area = new Finding(PhiCategory.Photo, new Location.Area(new Box(1, 2, 3, 4)), Confidence.Certain, new DetectorId("d"), new RuleId("r"));
        Assert.Equal([area], FindingMerger.Merge([area, area]));
    }

    private static Finding Made(PhiCategory category, int start, int end, double confidence) =>
        new(category, new Location.Text(TextSpan.FromBounds(start, end)), Confidence.Of(confidence), new DetectorId("d"), new RuleId("r"));

    private static HashSet<(TextLayer, int)> Covered(IEnumerable<Finding> findings) =>
        [.. findings.Select(finding => (Location.Text)finding.Location).SelectMany(text => Enumerable.Range(text.Span.Start, text.Span.Length).Select(at => (text.Layer, at)))];

    private static List<string> Described(IEnumerable<Finding> findings) =>
        [.. findings.Select(finding => $"{finding.Category} {finding.Location} {finding.Confidence.Value} {string.Join(',', finding.Evidence.Select(ground => ground.Contribution))}")];
}

using System.Collections.Immutable;
using CsCheck;
using MedRedact.Detection;
using MedRedact.Policies;
using MedRedact.Synthesis;

namespace MedRedact.Core.Tests.Detection;

/// <summary>What holds of detection whatever the rules are: more detectors and more text never bring back what was removed.</summary>
public sealed class DetectionLawTests
{
    private const int Length = 40;
    private static readonly DecisionContext s_context = new(DocumentType: null, new PageNumber(1), PurposeOfUse.Operations);

    private static readonly Gen<Finding[]> s_findings =
        (from start in Gen.Int[0, Length - 1]
         from length in Gen.Int[1, 10]
         from category in Gen.Int[0, PhiTypes.All.Length - 1]
         from confidence in Gen.Int[1, 4]
         select Made(PhiTypes.All[category], start, Math.Min(Length, start + length), confidence / 4.0)).Array[0, 6];

    public static TheoryData<string> Policies => [.. BuiltInPolicies.All.Select(policy => policy.Name)];

    public static TheoryData<DocumentKind> Kinds => [.. Enum.GetValues<DocumentKind>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Adding_a_detector_never_reveals_what_the_others_had_removed(string name)
    {
        IDispositionPolicy policy = BuiltInPolicies.All.Single(known => known.Name == name);
        Gen.Select(s_findings, s_findings).Sample((one, other) =>
            Assert.Empty(Removed(policy, one).Except(Removed(policy, [.. one, .. other]))), iter: 4000, seed: "0000000000011");
    }

    [Theory]
    [InlineData("geo/city", "name/clinician")]
    [InlineData("geo/city", "geo/facility")]
    [InlineData("unique/profession", "name/organization")]
    [InlineData("date", "license/npi")]
    public void What_a_limited_data_set_keeps_never_stands_for_what_it_removes(string kept, string removed)
    {
        Finding[] findings = [Made(new PhiCategory("safe-harbor", kept), 0, 10, 0.99), Made(new PhiCategory("safe-harbor", removed), 4, 8, 0.4)];
        Assert.Equal(10, Removed(BuiltInPolicies.LimitedDataSet, findings).Count);
    }

    // Rules see across a blank line, and what is certain below is looked for above: so more may be found, and never less. What is left open is a
    // text whose capitals say nothing: whether they do is judged by the whole text, so the law is of texts of one style.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Appending_text_of_one_style_never_hides_what_was_found_before_it(DocumentKind kind)
    {
        for (int seed = 0; seed < 4; seed++)
        {
            string text = SyntheticRecords.Create(kind, seed).Text;
            HashSet<int> alone = Covered(text);
            foreach (string more in new[] { "Lungs are clear.", SyntheticRecords.Create(kind, seed + 100).Text, SyntheticRecords.Create(DocumentKind.ReferralLetter, seed + 200).Text })
                Assert.Empty(alone.Except(Covered(text + "\n\n" + more)));
        }
    }

    private static Finding Made(PhiCategory category, int start, int end, double confidence) =>
        new(category, new Location.Text(TextSpan.FromBounds(start, end)), Confidence.Of(confidence), new DetectorId("d"), new RuleId("r"));

    private static HashSet<int> Removed(IDispositionPolicy policy, Finding[] findings) =>
    [
        .. from finding in FindingMerger.Merge(findings)
           where policy.Decide(finding, s_context) != Disposition.Keep
           let span = ((Location.Text)finding.Location).Span
           from at in Enumerable.Range(span.Start, span.Length)
           select at,
    ];

    private static HashSet<int> Covered(string text)
    {
        ImmutableArray<Finding> findings = TextDetection.Detect(text);
        return [.. findings.Select(finding => ((Location.Text)finding.Location).Span).SelectMany(span => Enumerable.Range(span.Start, span.Length))];
    }
}

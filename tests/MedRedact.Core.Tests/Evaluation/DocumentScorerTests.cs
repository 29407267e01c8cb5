using System.Collections.Immutable;
using CsCheck;
using MedRedact.Evaluation;

namespace MedRedact.Core.Tests.Evaluation;

public sealed class DocumentScorerTests
{
    [Fact]
    public void Each_outcome_has_its_own_name()
    {
        const string text = "Ann Lee, Elm Clinic, 3/14, 555-0188, OTHER";
        GoldDocument gold = Marked(text, (0, 7, "NAME"), (9, 19, "ORG"), (21, 25, "DATE"), (27, 35, "PHONE"), (37, 42, "OTHER"));
        DocumentScore score = DocumentScorer.Score(gold, [Found(0, 3, "NAME"), Found(9, 19, "LOCATION"), Found(21, 25, "DATE"), Found(37, 42, "ID")], ignoresAgesUnder90: false);
        Assert.Equal(
            [SpanOutcome.InPart, SpanOutcome.WrongType, SpanOutcome.Found, SpanOutcome.NotFound, SpanOutcome.DontCare], score.Gold.Select(verdict => verdict.Outcome));
        Assert.Equal((2, 0), (score.Leaks, score.OverRedactions));
    }

    [Fact]
    public void Signs_and_small_words_inside_an_identifier_need_not_be_found()
    {
        GoldDocument gold = Marked("House of Elm (on 5th)", (0, 21, "ORG"));
        DocumentScore score = DocumentScorer.Score(gold, [Found(0, 5, "ORG"), Found(9, 12, "ORG"), Found(17, 20, "ORG")], ignoresAgesUnder90: false);
        Assert.Equal(SpanOutcome.Found, score.Gold[0].Outcome);
        Assert.Equal(new Proportion(11, 11), score.PhiCharacters);
    }

    [Fact]
    public void A_small_word_counts_where_it_is_all_there_is()
    {
        GoldDocument gold = Marked("room at 4", (5, 7, "NAME"));
        Assert.Equal(SpanOutcome.NotFound, DocumentScorer.Score(gold, [], ignoresAgesUnder90: false).Gold[0].Outcome);
        Assert.Equal(SpanOutcome.InPart, DocumentScorer.Score(gold, [Found(4, 6, "NAME")], ignoresAgesUnder90: false).Gold[0].Outcome);
    }

    [Theory]
    [InlineData("aged 89 now", 5, 7, SpanOutcome.DontCare)]
    [InlineData("aged 90 now", 5, 7, SpanOutcome.NotFound)]
    [InlineData("aged ten now", 5, 8, SpanOutcome.DontCare)]
    [InlineData("aged ９３ now", 5, 7, SpanOutcome.NotFound)]
    [InlineData("aged 99999999999999999999 now", 5, 25, SpanOutcome.NotFound)]
    public void An_age_counts_from_90_up(string text, int start, int end, SpanOutcome outcome) =>
        Assert.Equal(outcome, DocumentScorer.Score(Marked(text, (start, end, "AGE")), [], ignoresAgesUnder90: true).Gold[0].Outcome);

    [Fact]
    public void Offsets_count_code_points_and_a_lone_surrogate_is_one()
    {
        GoldDocument gold = Marked("\U0001F600 \uD800 Ann", (4, 7, "NAME"));
        DocumentScore score = DocumentScorer.Score(gold, [Found(4, 7, "NAME")], ignoresAgesUnder90: false);
        Assert.Equal((SpanOutcome.Found, new Proportion(3, 3), new Proportion(0, 2)), (score.Gold[0].Outcome, score.PhiCharacters, score.OtherCharacters));
    }

    [Theory]
    [InlineData(2, 5, 4, 8)]
    [InlineData(4, 8, 0, 2)]
    [InlineData(0, 2, 8, 30)]
    public void Found_stretches_that_are_not_disjoint_in_order_and_inside_are_refused(int start, int end, int nextStart, int nextEnd) => Assert.Throws<ArgumentException>(() =>
        DocumentScorer.Score(Marked("twenty characters do"), [Found(start, end, "NAME"), Found(nextStart, nextEnd, "NAME")], ignoresAgesUnder90: false));

    [Fact]
    public void Finding_more_never_lowers_recall_and_never_makes_a_leak() => Gen.Select(s_case, Gen.Int[0, 19], Gen.Int[1, 6]).Sample((one, start, length) =>
    {
        DocumentScore before = DocumentScorer.Score(one.Gold, one.Found, ignoresAgesUnder90: false);
        ImmutableArray<FoundSpan> grown = With(one.Found, start, Math.Min(20, start + length));
        DocumentScore after = DocumentScorer.Score(one.Gold, grown, ignoresAgesUnder90: false);
        Assert.True(after.Leaks <= before.Leaks && after.PhiCharacters.Count >= before.PhiCharacters.Count && after.OtherCharacters.Count >= before.OtherCharacters.Count);
    }, iter: 2000, seed: "0000000000023");

    [Fact]
    public void All_redacted_is_no_leak_and_nothing_redacted_is_no_over_redaction() => s_case.Sample(one =>
    {
        DocumentScore all = DocumentScorer.Score(one.Gold, [Found(0, 20, "ID")], ignoresAgesUnder90: false);
        DocumentScore none = DocumentScorer.Score(one.Gold, [], ignoresAgesUnder90: false);
        Assert.Equal((0, 1.0), (all.Leaks, all.PhiCharacters.Value ?? 1.0));
        Assert.Equal((0, 0L), (none.OverRedactions, none.OtherCharacters.Count));
    }, iter: 500, seed: "0000000000024");

    private static readonly Gen<(GoldDocument Gold, ImmutableArray<FoundSpan> Found)> s_case =
        from letters in Gen.Char["ab 1.of\u0301Ⅷ"].Array[20]
        from spans in Gen.Select(Gen.Int[0, 19], Gen.Int[1, 6]).Array[0, 4]
        from found in Gen.Select(Gen.Int[0, 19], Gen.Int[1, 6]).Array[0, 4]
        select (
            Marked(new string(letters), [.. spans.Select(span => (span.Item1, Math.Min(20, span.Item1 + span.Item2), span.Item2 == 6 ? "OTHER" : "NAME"))]),
            found.Aggregate(ImmutableArray<FoundSpan>.Empty, (all, span) => With(all, span.Item1, Math.Min(20, span.Item1 + span.Item2))));

    /// <summary>Adds a stretch, joined with those it overlaps, as the merger does.</summary>
    private static ImmutableArray<FoundSpan> With(ImmutableArray<FoundSpan> found, int start, int end)
    {
        FoundSpan[] touching = [.. found.Where(span => span.Start < end && start < span.End)];
        FoundSpan joined = Found(touching.Select(span => span.Start).Append(start).Min(), touching.Select(span => span.End).Append(end).Max(), "NAME");
        return [.. found.Except(touching).Append(joined).OrderBy(span => span.Start)];
    }

    private static GoldDocument Marked(string text, params (int Start, int End, string Type)[] spans) =>
        new(new Phi<string>("d"), new Phi<string>(text), [.. spans.Select(span => new GoldSpan(span.Start, span.End, span.Type))]);

    private static FoundSpan Found(int start, int end, string type) => new(start, end, type, new RuleId("r"), Confidence.Of(0.9));
}

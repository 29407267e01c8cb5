using CsCheck;
using MedRedact.Evaluation;
using MedRedact.Synthesis;

namespace MedRedact.Core.Tests.Evaluation;

/// <summary>The laws of the figures about released pages.</summary>
public sealed class ReleaseScoreTests : IAsyncLifetime
{
    private readonly MadeCorpus _corpus = new();
    private readonly PageScorer _scorer = new(_ => true);
    private PaintedPage _page = null!;

    public async ValueTask InitializeAsync() => _page = new PaintedPage(MadeCorpus.Drawn(), (await _corpus.WriteAsync()).Records[0].Files[0].Pages[0]);

    public ValueTask DisposeAsync()
    {
        _corpus.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Painting_everything_leaves_no_identifier_and_loses_all_other_ink()
    {
        ReleaseFigures figures = Figures(_page.Painted([_page.Whole]));
        Assert.Equal((1.0, 1.0, 1.0, 1.0), (figures.Ink.Value, figures.Area.Value, figures.WordsCovered.Value, figures.ValuesGone.Value));
        Assert.Equal((1.0, 0.0), (figures.OtherInkLost.Value, figures.OthersKept.Value));
        Assert.Empty(figures.Leaks);
        Assert.Equal(0, figures.ChangedElsewhere);
    }

    [Fact]
    public void Painting_nothing_leaves_every_identifier_and_loses_nothing()
    {
        ReleaseFigures figures = Figures(_page.Painted([]));
        Assert.Equal((0.0, 0.0, 0.0), (figures.Ink.Value, figures.Area.Value, figures.ValuesGone.Value));
        Assert.Equal((0.0, 0.0), (figures.WordsGone.Value, figures.ValuesUnreadable.Value));
        Assert.Equal((1.0, 0.0, 1.0), (figures.WordsReadBefore.Value, figures.OtherInkLost.Value, figures.OthersKept.Value));
        Assert.Equal(figures.WordsCovered.Of, figures.Leaks.Sum(leak => leak.Count));
    }

    [Fact]
    public void Painting_the_identifiers_alone_is_perfect()
    {
        ReleaseFigures figures = Figures(_page.Painted([.. _page.Gold.Words.Where(word => word.IsPhi).Select(word => word.Box)]));
        Assert.Equal((1.0, 1.0, 1.0), (figures.Ink.Value, figures.ValuesGone.Value, figures.WordsGone.Value));
        Assert.Equal((0.0, 1.0), (figures.OtherInkLost.Value, figures.OthersKept.Value));
        Assert.All(figures.Categories, category => Assert.Equal(1, category.ValuesGone.Value ?? 1));
    }

    [Fact]
    public void A_manifest_that_claims_paint_where_there_is_none_is_not_believed()
    {
        Paint paint = Paint.Between(_page.Before, _page.Before, [PaintedPage.Claimed(_page.Whole)]);
        ReleaseFigures figures = Figures(_page.Evidence(paint, hidden: []));
        Assert.Equal((0.0, 0.0), (figures.Ink.Value, figures.WordsCovered.Value));
    }

    [Fact]
    public void Paint_that_no_manifest_names_is_reported()
    {
        Box box = _page.Gold.Words[0].Box;
        Paint paint = Paint.Between(_page.Before, _page.After([box]), []);
        Assert.InRange(paint.ChangedElsewhere, 1, (long)box.Width * box.Height);
    }

    [Fact]
    public void A_value_in_the_released_text_is_left_though_its_pixels_are_gone()
    {
        GoldIdentifier identifier = _page.Gold.Identifiers.First(identifier => identifier.Value.Reveal().Length > 6);
        ReleaseFigures figures = Figures(_page.Painted([_page.Whole], $"Seen today: {identifier.Value.Reveal().ToUpperInvariant()}, in clinic."));
        Assert.Equal(1, figures.ValuesInText.Count);
        Assert.Equal(figures.ValuesGone.Of - 1, figures.ValuesGone.Count);
        Assert.Equal(LeakCause.InText, Assert.Single(figures.Leaks).Cause);
    }

    [Fact]
    public void What_the_policy_keeps_need_not_go()
    {
        PageScore score = new PageScorer(category => category.Class != PhiCategory.PersonName).Score(_page.Painted([]));
        Assert.DoesNotContain(score.Words, word => word.Category.Class == PhiCategory.PersonName);
        Assert.NotEmpty(score.Words);
    }

    [Fact]
    public void More_paint_never_leaves_more() => Gen.Select(Boxes, Boxes).Sample((some, more) =>
    {
        ReleaseFigures less = Figures(_page.Painted(some)), both = Figures(_page.Painted([.. some, .. more]));
        Assert.True(less.Ink.Count <= both.Ink.Count && less.WordsCovered.Count <= both.WordsCovered.Count && less.WordsGone.Count <= both.WordsGone.Count);
        Assert.True(less.ValuesGone.Count <= both.ValuesGone.Count && less.OthersKept.Count >= both.OthersKept.Count && less.OtherInkLost.Count <= both.OtherInkLost.Count);
    }, iter: 30);

    [Fact]
    public void The_year_of_a_date_may_stay_and_the_rest_may_not()
    {
        var place = new Box(10, 10, 60, 12);
        var date = new GoldWord(new Phi<string>("03/14/2024"), place, PhiCategory.Date, IsPhi: true);
        var year = new GoldWord(new Phi<string>("2024"), new Box(90, 10, 30, 12), PhiCategory.Date, IsPhi: true);
        Paint paint = Paint.Between(_page.Before, _page.After([place]), [new PaintedBox("safe-harbor:date", "test", place)]);
        using PageText label = new PageTextBuilder(PageTransform.Identity).AddWord("2024", place, Confidence.Certain).Build();
        PageScore score = _scorer.Score(new PageEvidence(new GoldPage(_page.Gold.Size, [date, year], [], []), _page.Before, paint, "") { Stock = ReadWords.Of(label) });
        Assert.Equal((0, false), (Assert.Single(score.Words).Index, score.Words[0].Read));
    }

    [Fact]
    public void Figures_of_pages_add_up()
    {
        var tally = new ReleaseTally();
        PageScore page = _scorer.Score(_page.Painted([]));
        tally.Add(page, [], unfinishedReadings: 1);
        tally.Add(page, [], unfinishedReadings: 2);
        tally.Add(DocumentVerdict.Released, code: null);
        tally.Add(DocumentVerdict.Withheld, "MR-RED-001");
        ReleaseFigures figures = tally.Figures();
        Assert.Equal((2, 3L), (figures.Pages, figures.UnfinishedReadings));
        Assert.Equal((new Proportion(1, 2), 1L), (figures.Released, figures.Withheld));
        Assert.Equal(new CodeCount("MR-RED-001", 1), Assert.Single(figures.Codes));
        Assert.Equal(page.Ink + page.Ink, figures.Ink);
    }

    [Theory]
    [InlineData("safe-harbor:geo/city", null)]
    [InlineData("safe-harbor:name", true)]
    public void A_label_that_says_the_word_anyway_tells_nothing(string painted, bool? isRead)
    {
        var place = new Box(10, 10, 40, 12);
        var gold = new GoldPage(
            _page.Gold.Size, [new GoldWord(new Phi<string>("City,"), place, PhiCategory.City, IsPhi: true)], [], [new GoldIdentifier(new Phi<string>("City"), PhiCategory.City, [0])]);
        Paint paint = Paint.Between(_page.Before, _page.After([place]), [new PaintedBox(painted, "test", place)]);
        using PageText label = new PageTextBuilder(PageTransform.Identity).AddWord("[CITY]", place, Confidence.Certain).Build();
        PageScore score = _scorer.Score(new PageEvidence(gold, _page.Before, paint, "[CITY], NC") { Stock = ReadWords.Of(label) });
        Assert.Equal(isRead, Assert.Single(score.Words).Read);
        Assert.Equal(isRead == true, Assert.Single(score.Values).IsInText);
    }

    [Theory]
    [InlineData("Quillfeather", LeakCause.NotDetected)]
    [InlineData("Qulllfeathcr", LeakCause.Misread)]
    [InlineData("Quill,feather", LeakCause.Misread)]
    [InlineData(null, LeakCause.NotRead)]
    public void The_cause_is_what_the_engine_read_there(string? read, LeakCause cause)
    {
        var place = new Box(10, 10, 80, 12);
        var gold = new GoldPage(new PageSize(200, 100), [new GoldWord(new Phi<string>("Quillfeather,"), place, PhiCategory.PersonName, IsPhi: true)], [], []);
        var score = new PageScore
        {
            Words = [new WordScore(0, PhiCategory.PersonName, new Proportion(0, 100), ReadBefore: true, Read: true, ReadEnlarged: true)],
            Values = [], Marks = [], Lost = [], OthersKept = default, Area = default, Ink = default, OtherInkLost = default, ChangedElsewhere = 0,
        };
        var builder = new PageTextBuilder(PageTransform.Identity);
        if (read is not null)
            builder.AddWord(read, place, Confidence.Certain);
        using PageText ours = builder.Build();
        Assert.Equal(cause, Assert.Single(Leaks.Of(gold, score, ReadWords.Of(ours))).Cause);
    }

    private Gen<Box[]> Boxes => Gen.Select(Gen.Int[0, _page.Whole.Width - 1], Gen.Int[0, _page.Whole.Height - 1], Gen.Int[1, 300], Gen.Int[1, 120])
        .Select(box => new Box(box.Item1, box.Item2, box.Item3, box.Item4)).Array[0, 4];

    private ReleaseFigures Figures(PageEvidence evidence)
    {
        PageScore score = _scorer.Score(evidence);
        using PageText nothing = new PageTextBuilder(PageTransform.Identity).Build();
        var tally = new ReleaseTally();
        tally.Add(DocumentVerdict.Released, code: null);
        tally.Add(score, Leaks.Of(evidence.Gold, score, ReadWords.Of(nothing)), unfinishedReadings: 0);
        return tally.Figures();
    }
}

using MedRedact.Evaluation;
using MedRedact.Redaction;
using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.Core.Tests.Evaluation;

public sealed class ReadingScorerTests : IDisposable
{
    private readonly MadeCorpus _corpus = new();

    public void Dispose() => _corpus.Dispose();

    [Theory]
    [InlineData(DocumentKind.InsuranceCard)]
    [InlineData(DocumentKind.LabReport)]
    public async Task A_page_read_as_it_prints_has_no_errors_and_all_identifiers(DocumentKind kind)
    {
        GoldPage gold = (await _corpus.WriteAsync(kind)).Records[0].Files[0].Pages[0];
        using PageText read = MadeCorpus.Drawn(kind).ToPageText();
        ReadingFigures figures = ReadingScorer.Score(gold, read);
        Assert.Equal((0.0, 0.0, 1.0), (figures.Errors.WordErrorRate, figures.Errors.CharacterErrorRate, figures.Errors.Recall.Value));
        Assert.Equal((1.0, 0L), (figures.Identifiers.Value, figures.Unread));
        Assert.InRange(figures.Identifiers.Of, 3, 200);
    }

    [Fact]
    public async Task A_page_that_a_reader_gave_up_on_counts_with_all_it_prints()
    {
        GoldPage gold = (await _corpus.WriteAsync()).Records[0].Files[0].Pages[0];
        ReadingFigures figures = ReadingScorer.Score(gold, read: null);
        Assert.Equal((1.0, 1.0, 0.0, 1L), (figures.Errors.WordErrorRate, figures.Errors.CharacterErrorRate, figures.Identifiers.Value, figures.Unread));
    }

    [Fact]
    public async Task One_wrong_letter_in_an_identifier_is_one_identifier_less()
    {
        GoldPage gold = (await _corpus.WriteAsync()).Records[0].Files[0].Pages[0];
        int wrong = gold.Identifiers.First(identifier => identifier.Words.Length == 1 && gold.Identifiers.Count(same => same.Value == identifier.Value) == 1).Words[0];
        var builder = new PageTextBuilder(PageTransform.Identity);
        for (int i = 0; i < gold.Words.Length; i++)
            builder.AddWord(i == wrong ? "#Q0#" : gold.Words[i].Text.Reveal(), gold.Words[i].Box, Confidence.Certain);
        using PageText read = builder.Build();
        Assert.Equal(new Proportion(gold.Identifiers.Length - 1, gold.Identifiers.Length), ReadingScorer.Score(gold, read).Identifiers);
    }

    [Theory]
    [InlineData("03/14/2024", new[] { "03/14/2024" }, true)]
    [InlineData("03/14/2024", new[] { "03/14", "/2024" }, true)]
    [InlineData("03/14/2024", new[] { "DOB:03/14/2024" }, true)]
    [InlineData("03/14/2024", new[] { "03/14" }, false)]
    [InlineData("Lee", new[] { "Leeward" }, false)]
    public void A_word_is_read_whole_within_another_or_in_pieces(string word, string[] read, bool isRead)
    {
        var place = new Box(100, 100, 90, 14);
        var builder = new PageTextBuilder(PageTransform.Identity);
        for (int i = 0; i < read.Length; i++)
            builder.AddWord(read[i], new Box(100 + (i * 90 / read.Length), 100, 90 / read.Length, 14), Confidence.Certain);
        using PageText text = builder.Build();
        Assert.Equal(isRead, ReadWords.Of(text).Reads(FoldedText.Fold(word), place));
    }

    [Theory]
    [InlineData("Quillfeather", "Quillfea", true)]
    [InlineData("Quillfeather", "Qui", false)]
    [InlineData("Quillfeather", "NAME", false)]
    [InlineData("03/14/2024", "2024", false)]
    [InlineData("03/14/2024", "0314", true)]
    public void A_long_part_of_an_identifier_tells(string word, string read, bool tells)
    {
        var place = new Box(100, 100, 90, 14);
        using PageText text = new PageTextBuilder(PageTransform.Identity).AddWord(read, place, Confidence.Certain).Build();
        Assert.Equal(tells, ReadWords.Of(text).ReadsTelling(FoldedText.Fold(word), place, part => part == "2024"));
    }

    [Fact]
    public void An_enlarged_page_is_asked_at_its_own_places()
    {
        using PageText text = new PageTextBuilder(PageTransform.Identity).AddWord("Zebra", new Box(300, 300, 270, 42), Confidence.Certain).Build();
        Assert.True(ReadWords.Of(text, scale: 3).Reads(FoldedText.Fold("Zebra"), new Box(100, 100, 90, 14)));
        Assert.False(ReadWords.Of(text).Reads(FoldedText.Fold("Zebra"), new Box(100, 100, 90, 14)));
    }
}

using CsCheck;
using MedRedact.Detection;
using MedRedact.Layout;
using MedRedact.Synthesis;
using MedRedact.Testing;
using MedRedact.Tests.Layout;

namespace MedRedact.Core.Tests.Layout;

public sealed class WordRepairerTests
{
    private static readonly WordRepairer Repairer = new(Vocabulary.Default);

    [Theory]
    [InlineData("aicohol", "alcohol")]
    [InlineData("nauseu.", null)]
    [InlineData("aspirln.", "aspirin.")]
    [InlineData("(tnuscle)", "(muscle)")]
    [InlineData("rnuscle,", "muscle,")]
    [InlineData("b1ood", "blood")]
    [InlineData("hypeitension", null)]
    [InlineData("patlent", "patient")]
    public void Print_that_was_mistaken_by_one_sign_is_put_right(string read, string? printed) => Assert.Equal(printed, Repair(read));

    [Theory]
    [InlineData("Feidman")]
    [InlineData("FEIDMAN")]
    [InlineData("MR1S42397")]
    [InlineData("exampie.org")]
    [InlineData("j.smlth@example.org")]
    [InlineData("b10od")]
    [InlineData("wiil")]
    [InlineData("l1/12/2023")]
    public void What_may_identify_and_what_is_short_stays_as_it_was_read(string read) => Assert.Null(Repair(read));

    [Theory]
    [InlineData("UnitiBed:", "Unit/Bed:")]
    [InlineData("RoomlBed:", "Room/Bed:")]
    [InlineData("Unit1Bed", "Unit/Bed")]
    [InlineData("AliBaba", null)]
    [InlineData("KelliAnn", null)]
    [InlineData("McDonald", null)]
    [InlineData("Unitibed", null)]
    [InlineData("Room1B", null)]
    public void A_slash_between_two_words_of_a_label_that_was_taken_for_a_letter_is_put_right(string read, string? printed) => Assert.Equal(printed, Repair(read, 0.95));

    [Fact]
    public void A_word_that_the_engine_was_sure_of_stays() => Assert.Null(Repair("aicohol", 0.95));

    [Fact]
    public void What_another_engine_read_from_handwriting_stays() =>
        Assert.Null(Repairer.Repair("aicohol", new LayoutWord(new TextSpan(0, 7), new Box(0, 0, 9, 9), Confidence.Of(0.5)) { Origin = WordOrigin.Handwriting }));

    [Fact]
    public void No_word_that_the_lists_know_is_ever_changed() =>
        Gen.Int[0, Enum.GetValues<DocumentKind>().Length - 1].Select(Gen.Int[0, 10_000]).Sample(
            (kind, seed) => Assert.All(
                SyntheticRecords.Create(Enum.GetValues<DocumentKind>()[kind], seed).DrawPages().SelectMany(page => page.Words),
                word => Assert.True(Repair(word.Text) is null || Vocabulary.Default.Find(WordHash.Of(word.Text.Trim('.', ',', ';', ':', '(', ')'))) == 0)),
            seed: "0000000000000", iter: 20, threads: 1);

    [Fact]
    public void What_was_read_is_kept_beside_the_repaired_word_also_when_the_page_is_arranged_again()
    {
        PageText text = new PageTextBuilder(PageTransform.Identity)
            .AddWord("Drinks", new Box(0, 0, 60, 20), Confidence.Certain).AddWord("aicohol.", new Box(70, 0, 80, 20), Confidence.Of(0.6)).Build();

        using PageText arranged = ReadingOrder.Arrange(ReadingOrder.Arrange(text, [], Repairer));

        Assert.Equal("Drinks alcohol.", Sheet.TextOf(arranged));
        WordRepair repair = Assert.Single(arranged.Repairs);
        Assert.Equal("aicohol.", repair.Read.Reveal());
        Assert.Equal(arranged.Words[1].Span, repair.Span);
    }

    private static string? Repair(string read, double confidence = 0.6) =>
        Repairer.Repair(read, new LayoutWord(new TextSpan(0, read.Length), new Box(0, 0, 10 * read.Length, 20), Confidence.Of(confidence)));
}

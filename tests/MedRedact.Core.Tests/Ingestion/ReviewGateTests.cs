using MedRedact.Ingestion;

namespace MedRedact.Core.Tests.Ingestion;

public sealed class ReviewGateTests
{
    [Fact]
    public void A_page_that_nobody_can_read_never_leaves_and_asks_for_another_scan()
    {
        using PageText noise = Read(words: 30, 0.3);
        Assert.Equal((PageVerdict.Withheld, PipelineFaults.PleaseRescan), ReviewGate.Judge(null, false, noise));
        Assert.Equal((PageVerdict.Withheld, PipelineFaults.PleaseRescan), ReviewGate.Judge(null, true, noise));
        Assert.NotNull(PipelineFaults.RemedyOf(PipelineFaults.PleaseRescan.Code));
    }

    [Fact]
    public void A_few_marks_taken_for_letters_are_no_page_of_text()
    {
        using PageText marks = Read(words: 3, 0.3);
        Assert.Equal((PageVerdict.Released, null), ReviewGate.Judge(null, false, marks));
    }

    [Theory]
    [InlineData(0.3, PageVerdict.Withheld)]
    [InlineData(0.7, PageVerdict.Released)]
    public void What_can_be_read_leaves_where_nothing_is_reviewed(double confidence, PageVerdict verdict)
    {
        using PageText page = Read(words: 30, confidence);
        Assert.Equal(verdict, ReviewGate.Judge(null, false, page).Verdict);
    }

    [Fact]
    public void Long_words_weigh_more_than_short_ones()
    {
        using PageText page = new PageTextBuilder(PageTransform.Identity)
            .AddWord("a", new Box(0, 0, 5, 10), Confidence.Of(0))
            .AddWord("abdominal", new Box(10, 0, 50, 10), Confidence.Of(1))
            .Build();
        using PageText blank = new PageTextBuilder(PageTransform.Identity).Build();
        Assert.Equal((0.9, 1.0), (page.ReadingQuality, blank.ReadingQuality));
    }

    private static PageText Read(int words, double confidence)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        for (int i = 0; i < words; i++)
            builder.AddWord("word", new Box(i * 50, 0, 40, 10), Confidence.Of(confidence));

        return builder.Build();
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using MedRedact.Evaluation;

namespace MedRedact.Core.Tests.Evaluation;

/// <summary>What the reports of reading and of whole runs hold, and what they do not.</summary>
public sealed class PageReportTests
{
    private const string Secret = "Quillfeather";

    [Fact]
    public void The_json_of_a_reading_says_what_it_is_and_gives_the_same_bytes_again()
    {
        byte[] json = ReadingReportJson.Write(Reading());
        Assert.Equal(json, ReadingReportJson.Write(Reading()));
        using JsonDocument read = JsonDocument.Parse(json);
        Assert.Equal(("medredact.reading-report", 1), (read.RootElement.GetProperty("format").GetString(), read.RootElement.GetProperty("version").GetInt32()));
        JsonElement ours = read.RootElement.GetProperty("grades")[0].GetProperty("pages")[0].GetProperty("ours");
        Assert.Equal((0.25, 0.5), (ours.GetProperty("wordErrors").GetProperty("value").GetDouble(), ours.GetProperty("identifiers").GetProperty("value").GetDouble()));
    }

    [Fact]
    public void The_json_of_a_run_says_what_it_is_and_holds_no_word_of_a_page_that_is_shown()
    {
        byte[] json = ReleaseReportJson.Write(Release(isShown: true));
        using JsonDocument read = JsonDocument.Parse(json);
        Assert.Equal(("medredact.release-report", 1), (read.RootElement.GetProperty("format").GetString(), read.RootElement.GetProperty("version").GetInt32()));
        Assert.Equal("not-detected", read.RootElement.GetProperty("all").GetProperty("leaks")[0].GetProperty("cause").GetString());
        Assert.DoesNotContain(Secret, System.Text.Encoding.UTF8.GetString(json), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_page_shows_words_and_images_only_of_documents_that_may_be_shown()
    {
        string shown = Page(Release(isShown: true)), figures = Page(Release(isShown: false));
        Assert.Contains("&lt;Quillfeather&gt;", shown, StringComparison.Ordinal);
        Assert.Contains("class=\"left\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<Quillfeather", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, figures, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", figures, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pages_load_nothing_and_run_nothing()
    {
        var reading = new StringWriter();
        ReadingPage.Write(Reading(), reading);
        foreach (string page in (string[])[reading.ToString(), Page(Release(isShown: true))])
        {
            Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
            foreach (string outside in (string[])["<script", "http://", "https://", " href=", "url(", "@import", "src=\"/", "src=\"."])
                Assert.DoesNotContain(outside, page, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Without_another_reader_its_figures_have_no_trials_and_the_pages_say_so()
    {
        ReleaseReport report = Release(isShown: false) with { OtherReader = null };
        Assert.Contains("No other reader was installed", Page(report), StringComparison.Ordinal);
        var reading = new StringWriter();
        ReadingPage.Write(Reading() with { OtherReader = null }, reading);
        Assert.Contains("No other reader was installed", reading.ToString(), StringComparison.Ordinal);
    }

    private static string Page(ReleaseReport report)
    {
        var page = new StringWriter();
        ReleasePage.Write(report, page);
        return page.ToString();
    }

    private static ReadingReport Reading()
    {
        var compared = new ComparedReading(
            new ReadingFigures(1, 0, ReadingErrors.Between("one two three four", "one two three for"), new Proportion(1, 2)), new ReadingFigures(1, 1, ReadingErrors.Between("one two three four", ""), new Proportion(0, 2)));
        return new ReadingReport("other 1.0", [new GradeReading("fax", compared, [new PageReadingScore(1, 1, "lab-report", compared)])], compared);
    }

    private static ReleaseReport Release(bool isShown)
    {
        var tally = new ReleaseTally();
        tally.Add(DocumentVerdict.Released, code: null);
        var leak = new Leak(PhiCategory.PersonName, LeakCause.NotDetected, IsReadable: true, new Box(5, 5, 20, 10), new Phi<string>("<Quillfeather>"));
        tally.Add(
            new PageScore
            {
                Words = [new WordScore(0, PhiCategory.PersonName, new Proportion(0, 10), ReadBefore: true, Read: true, ReadEnlarged: true)],
                Values = [new ValueScore(0, PhiCategory.PersonName, IsReadable: true, IsCovered: false, IsInText: false)],
                Marks = [new MarkScore("barcode", new Box(0, 0, 10, 10), IsCovered: true)],
                Lost = [new LostWord("safe-harbor:date by date")],
                OthersKept = new Proportion(9, 10),
                Area = new Proportion(0, 200),
                Ink = new Proportion(0, 10),
                OtherInkLost = new Proportion(1, 100),
                ChangedElsewhere = 0,
            },
            [leak],
            unfinishedReadings: 0);
        ReleaseFigures figures = tally.Figures();
        var page = new ShownPage(1, new PageSize(100, 50), [new ShownPlace(leak.Box, PlaceRole.Left, "name")], [leak], before: new byte[] { 1 }, after: new byte[] { 2 });
        ImmutableArray<ShownDocument> documents = isShown ? [new ShownDocument(new Phi<string>("001-card"), DocumentVerdict.Released, null, [page])] : [];
        return new ReleaseReport("safe-harbor", "other 1.0", [new GradeRelease("fax", figures, documents)], [new KindRelease("card", figures)], figures);
    }
}

using System.Text;
using System.Text.Json;
using MedRedact.Evaluation;
using MedRedact.Policies;

namespace MedRedact.Core.Tests.Evaluation;

public sealed class DetectionReportTests
{
    private const string Secret = "Quillfeather";

    // Four small texts about nobody. What the figures must be was counted by hand.
    private const string OwnSet = """
        {"id":"Quillfeather-1","text":"Mr. Quillfeather was seen on 03/14/2024.","spans":[{"start":4,"end":16,"type":"NAME"},{"start":29,"end":39,"type":"DATE"}]}
        {"id":"2","text":"Blood pressure 120/80, stable.","spans":[]}
        {"id":"3","text":"He likes <zebras> & \ud83d\ude00.","spans":[{"start":10,"end":16,"type":"PROFESSION"}]}
        {"id":"4","text":"Call Dr. Whitfield, aged 44.","spans":[{"start":25,"end":27,"type":"AGE"}]}
        """;

    [Fact]
    public async Task The_figures_of_the_own_set_are_those_counted_by_hand()
    {
        DetectionFigures figures = (await ReportAsync(isSynthetic: false)).All;
        Assert.Equal(4, figures.Documents);
        Assert.Equal((new Proportion(2, 3), new Proportion(2, 3)), (figures.Overlapped, figures.Full));
        Assert.Equal(new Proportion(20, 26), figures.Characters);
        Assert.Equal(new Proportion(2, 3), figures.Precision);
        Assert.Equal(new Proportion(1, 4), figures.DocumentsWithLeak);
        Assert.Equal(new Proportion(1, 2), figures.CleanDocumentsTouched);
        Assert.Equal(new Proportion(2, 2), figures.TypeMatch);
        Assert.Equal(250, figures.Leaks.PerThousand);
        Assert.Equal(["DATE", "NAME", "PROFESSION"], figures.Types.Select(type => type.Type));
        Assert.Equal([ConfusionCause.NotFound, ConfusionCause.OverRedacted], figures.Confusions.Select(confusion => confusion.Cause));
        Assert.Equal("NAME", figures.Confusions[1].Found);
    }

    [Fact]
    public async Task Without_the_declaration_no_report_holds_a_text_or_an_id()
    {
        DetectionReport report = await ReportAsync(isSynthetic: false);
        Assert.All(report.Sets, set => Assert.Empty(set.Documents));
        string all = Page(report) + Encoding.UTF8.GetString(DetectionReportJson.Write(report)) + report;
        foreach (string content in (string[])[Secret, "zebras", "Whitfield", "03/14"])
            Assert.DoesNotContain(content, all, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_set_declared_synthetic_shows_where_it_went_wrong_and_escapes_what_it_shows()
    {
        string page = Page(await ReportAsync(isSynthetic: true));
        Assert.Contains("<mark class=\"missed\" title=\"PROFESSION\">zebras</mark>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<zebras", page, StringComparison.Ordinal);
        Assert.Contains("class=\"over\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Blood pressure", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_loads_nothing_and_runs_nothing()
    {
        string page = Page(await ReportAsync(isSynthetic: true));
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        foreach (string outside in (string[])["<script", "http://", "https://", " src=", " href=", "url(", "@import"])
            Assert.DoesNotContain(outside, page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_json_says_what_it_is_and_gives_the_same_bytes_again()
    {
        byte[] json = DetectionReportJson.Write(await ReportAsync(isSynthetic: false));
        Assert.Equal(json, DetectionReportJson.Write(await ReportAsync(isSynthetic: false)));
        using JsonDocument read = JsonDocument.Parse(json);
        Assert.Equal(("medredact.detection-report", 1), (read.RootElement.GetProperty("format").GetString(), read.RootElement.GetProperty("version").GetInt32()));
        Assert.Equal(0.666667, read.RootElement.GetProperty("all").GetProperty("spanRecallFull").GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task An_empty_set_has_no_shares()
    {
        var evaluation = new DetectionEvaluation(policy: null, ignoresAgesUnder90: false);
        await evaluation.AddAsync("empty", GoldReader.ReadAsync(Stream.Null, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        DetectionReport report = evaluation.Report();
        Assert.Null(report.All.Full.Value);
        Assert.Null(report.All.Leaks.PerThousand);
        Assert.NotEmpty(Page(report));
        using JsonDocument json = JsonDocument.Parse(DetectionReportJson.Write(report));
        Assert.False(json.RootElement.GetProperty("all").GetProperty("spanRecallFull").TryGetProperty("value", out _));
    }

    private static async Task<DetectionReport> ReportAsync(bool isSynthetic)
    {
        var evaluation = new DetectionEvaluation(BuiltInPolicies.SafeHarbor, ignoresAgesUnder90: true, isSynthetic);
        using var lines = new MemoryStream(Encoding.UTF8.GetBytes(OwnSet));
        await evaluation.AddAsync("own", GoldReader.ReadAsync(lines, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        return evaluation.Report();
    }

    private static string Page(DetectionReport report)
    {
        var page = new StringWriter();
        DetectionPage.Write(report, page);
        return page.ToString();
    }
}

using System.Collections.Immutable;
using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IPhiDetector"/> promises.</summary>
public abstract class PhiDetectorContract
{
    private static readonly DocumentId s_document = new SeededIds(6).NextDocument();

    private static readonly string[] s_hostile =
        ["", "a", new string('9', 5_000), string.Join(' ', Enumerable.Repeat("Dr. 123-45-6789 (", 400)), "\uD800 lone \uDC00", "\u202E0162/41/30 BOD", "ﬁrst ǆ ß İ ı", "([{<\\^$*+?", new string('(', 3_000)];

    /// <summary>Makes the detector.</summary>
    /// <returns>The detector.</returns>
    protected abstract IPhiDetector CreateDetector();

    /// <summary>A record that it must find something in, its patient being known; a discharge summary by default.</summary>
    protected virtual SyntheticRecord Example { get; } = SyntheticRecords.Create(DocumentKind.DischargeSummary, seed: 17);

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Findings_lie_on_the_page_and_are_what_it_says_it_finds()
    {
        IPhiDetector detector = CreateDetector();
        int found = 0;
        foreach (SyntheticPage drawn in Example.DrawPages(new DrawOptions { Dpi = 100 }))
        {
            using RecognizedPage page = drawn.ToRecognizedPage(s_document, new PageNumber(1));
            foreach (Finding finding in await Detect(detector, page, drawn, Example.Patient.ToKnownPatient()))
            {
                found++;
                Check(detector.Info, page, finding);
            }
        }

        Assert.True(found > 0, "nothing was found in the example");
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task The_same_page_has_the_same_findings_also_from_many_threads()
    {
        IPhiDetector detector = CreateDetector();
        SyntheticPage drawn = Example.DrawPages(new DrawOptions { Dpi = 100 })[0];
        using RecognizedPage page = drawn.ToRecognizedPage(s_document, new PageNumber(1));
        KnownPatient known = Example.Patient.ToKnownPatient();
        string[] first = Print(await Detect(detector, page, drawn, known));
        string[][] others = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => Print(await Detect(detector, page, drawn, known)))));
        Assert.All(others, other => Assert.Equal(first, other));
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Hostile_text_neither_breaks_it_nor_draws_it_off_the_page()
    {
        IPhiDetector detector = CreateDetector();
        foreach (string text in s_hostile)
        {
            using RecognizedPage page = Page(text);
            foreach (Finding finding in await Detect(detector, page, drawn: null))
                Check(detector.Info, page, finding);
        }
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_cancelled_call_says_so()
    {
        IPhiDetector detector = CreateDetector();
        using RecognizedPage page = Page("Seen by Dr. Osgood on 03/14/2024.");
        await Samples.EndsOrCancels(async token => await detector.DetectAsync(PageView.Of(page), known: null, token));
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Nothing_that_it_sees_reaches_console_traces_metrics_exceptions_or_temporary_files()
    {
        PhiCanary canary = Samples.Canary(this);
        IPhiDetector detector = CreateDetector();
        SyntheticPage drawn = canary.Plant(DocumentKind.HistoryAndPhysical, seed: 3).DrawPages(new DrawOptions { Dpi = 100 })[0];
        using RecognizedPage page = drawn.ToRecognizedPage(s_document, new PageNumber(1));
        await using var watch = new CanaryWatch(canary);
        ImmutableArray<Finding> findings = await Detect(detector, page, drawn, canary.Known);
        foreach (Finding finding in findings)
            watch.Inspect("finding", finding.ToString());
        watch.AssertClean();
    }

    private static async Task<ImmutableArray<Finding>> Detect(IPhiDetector detector, RecognizedPage page, SyntheticPage? drawn, KnownPatient? known = null)
    {
        if (!detector.Info.NeedsPixels)
            return await detector.DetectAsync(PageView.Of(page), known, Samples.Cancellation);
        using PageImage image = drawn?.ToPageImage(s_document, new PageNumber(1)) ?? PageImage.Create(s_document, new PageNumber(1), RasterMemory.Shared.Allocate(PixelFormat.Gray8, 1200, 1200, new Dpi(100, IsEstimated: true)));
        return await detector.DetectAsync(PageView.Of(page, image), known, Samples.Cancellation);
    }

    private static RecognizedPage Page(string text)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        int x = 0;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            builder.AddWord(word, new Box(x++ % 1000, 10 + x / 1000 * 20, 8, 12), Confidence.Of(0.8));
        return RecognizedPage.Create(s_document, new PageNumber(1), new PageSize(1200, 1200), builder.Build());
    }

    private static void Check(DetectorInfo info, RecognizedPage page, Finding finding)
    {
        Assert.Equal(info.Id, finding.DetectorId);
        Assert.False(string.IsNullOrEmpty(finding.RuleId.Value));
        Assert.True(info.Categories.Any(finding.Category.IsA), $"{finding.Category} is not declared");
        switch (finding.Location)
        {
            case Location.Text text:
                Assert.True(text.Layer is TextLayer.Recognized && text.Span.Length > 0 && text.Span.End <= page.Text.Text.Length, "a span leaves the text");
                break;
            case Location.Area area:
                Assert.True(area.Box.Overlaps(new Box(0, 0, page.OriginalSize.Width, page.OriginalSize.Height)), "an area leaves the page");
                break;
        }
    }

    private static string[] Print(ImmutableArray<Finding> findings) => [.. findings.Select(finding => $"{finding.Category} {finding.Location} {finding.Confidence.Value:R} {finding.RuleId}").Order(StringComparer.Ordinal)];
}

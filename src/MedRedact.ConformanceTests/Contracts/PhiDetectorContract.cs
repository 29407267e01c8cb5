using System.Collections.Immutable;
using MedRedact.Detection;
using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IPhiDetector"/> promises.</summary>
public abstract class PhiDetectorContract
{
    private static readonly DocumentId s_document = new SeededIds(6).NextDocument();

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
        foreach (string text in HostileTexts.All)
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

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Merged_with_each_other_findings_are_disjoint_in_order_and_cover_what_was_claimed()
    {
        IPhiDetector detector = CreateDetector();
        SyntheticPage drawn = Example.DrawPages(new DrawOptions { Dpi = 100 })[0];
        using RecognizedPage example = drawn.ToRecognizedPage(s_document, new PageNumber(1));
        CheckMerged(example, await Detect(detector, example, drawn, Example.Patient.ToKnownPatient()));
        foreach (string text in HostileTexts.All)
        {
            using RecognizedPage page = Page(text);
            CheckMerged(page, await Detect(detector, page, drawn: null));
        }
    }

    /// <summary>Claim: offsets are UTF-16 units of the page's own text, whatever stands before.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Text_that_moves_takes_its_findings_along()
    {
        IPhiDetector detector = CreateDetector();
        SyntheticPage drawn = Example.DrawPages(new DrawOptions { Dpi = 100 })[0];
        using RecognizedPage still = drawn.ToRecognizedPage(s_document, new PageNumber(1));
        using RecognizedPage moved = BelowStrangeLine(drawn);
        int by = moved.Text.Text.Length - still.Text.Text.Length;
        KnownPatient known = Example.Patient.ToKnownPatient();
        Assert.Equal(
            Stretches(await Detect(detector, still, drawn, known)).Select(stretch => (stretch.Start + by, stretch.Length)),
            Stretches(await Detect(detector, moved, drawn, known)).Where(stretch => stretch.Start >= by).Select(stretch => (stretch.Start, stretch.Length)));
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Another_one_made_alike_finds_the_same()
    {
        SyntheticPage drawn = Example.DrawPages(new DrawOptions { Dpi = 100 })[0];
        using RecognizedPage page = drawn.ToRecognizedPage(s_document, new PageNumber(1));
        KnownPatient known = Example.Patient.ToKnownPatient();
        string[] first = Print(await Detect(CreateDetector(), page, drawn, known));
        Assert.Equal(first, Print(await Detect(CreateDetector(), page, drawn, known)));
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Different_pages_at_the_same_time_do_not_mix()
    {
        IPhiDetector detector = CreateDetector();
        KnownPatient known = Example.Patient.ToKnownPatient();
        List<(RecognizedPage Page, SyntheticPage? Drawn)> pages = [.. HostileTexts.All.Select(text => (Page(text), (SyntheticPage?)null))];
        try
        {
            foreach (SyntheticPage drawn in Example.DrawPages(new DrawOptions { Dpi = 100 }))
                pages.Add((drawn.ToRecognizedPage(s_document, new PageNumber(1)), drawn));
            var apart = new List<string[]>();
            foreach ((RecognizedPage page, SyntheticPage? drawn) in pages)
                apart.Add(Print(await Detect(detector, page, drawn, known)));
            string[][] together = await Task.WhenAll(pages.Select(page => Task.Run(async () => Print(await Detect(detector, page.Page, page.Drawn, known)))));
            Assert.Equal(apart, together);
        }
        finally
        {
            foreach ((RecognizedPage page, _) in pages)
                page.Dispose();
        }
    }

    /// <summary>Claim: ids go into logs, manifests and the ledger.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task No_id_of_a_rule_or_a_ground_repeats_what_it_saw()
    {
        PhiCanary canary = Samples.Canary(this);
        IPhiDetector detector = CreateDetector();
        SyntheticPage drawn = canary.Plant(DocumentKind.HistoryAndPhysical, seed: 3).DrawPages(new DrawOptions { Dpi = 100 })[0];
        using RecognizedPage page = drawn.ToRecognizedPage(s_document, new PageNumber(1));
        ImmutableArray<Finding> findings = await Detect(detector, page, drawn, canary.Known);
        string[] ids = [.. findings.SelectMany(finding => finding.Evidence.Select(ground => ground.Rule.Value).Append(finding.RuleId.Value)).Append(detector.Info.Id.Value).Select(Bare)];
        Assert.DoesNotContain(canary.Values.Select(Bare), value => ids.Any(id => id.Contains(value, StringComparison.Ordinal)));
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

    /// <summary>The drawn page with a line above it in which characters, code points and what a reader sees differ in number.</summary>
    private static RecognizedPage BelowStrangeLine(SyntheticPage drawn)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        int left = 40;
        foreach (string word in HostileTexts.StrangeLine.Split(' '))
            builder.AddWord(word, new Box(left += 36, 2, 30, 8), Confidence.Certain);
        builder.BreakBlock();
        TruthWord? before = null;
        foreach (TruthWord word in drawn.Words)
        {
            if (before is not null && word.Block != before.Block)
                builder.BreakBlock();
            else if (before is not null && word.Line != before.Line)
                builder.BreakLine();
            builder.AddWord(word.Text, new Box(word.Box.Left, word.Box.Top, word.Box.Width, word.Box.Height), Confidence.Certain);
            before = word;
        }

        return RecognizedPage.Create(s_document, new PageNumber(1), new PageSize(drawn.Width, drawn.Height), builder.Build());
    }

    private static void Check(DetectorInfo info, RecognizedPage page, Finding finding)
    {
        Assert.Equal(info.Id, finding.DetectorId);
        Assert.False(string.IsNullOrEmpty(finding.RuleId.Value));
        Assert.True(info.Categories.Any(finding.Category.IsA), $"{finding.Category} is not declared");
        Check(page, finding.Location);
        foreach (Evidence ground in finding.Evidence)
        {
            Assert.False(string.IsNullOrEmpty(ground.Rule.Value));
            if (ground.At is { } at)
                Check(page, at);
        }
    }

    private static void Check(RecognizedPage page, Location location)
    {
        switch (location)
        {
            case Location.Text text:
                Assert.True(text.Layer is TextLayer.Recognized && text.Span.Length > 0 && text.Span.End <= page.Text.Text.Length, "a span leaves the text");
                Assert.False(page.Text.Text.Read(text.Span, static (all, span) => CutsPair(all, span.Start) || CutsPair(all, span.End)), "a span cuts a surrogate pair");
                break;
            case Location.Area area:
                Assert.True(area.Box.Overlaps(new Box(0, 0, page.OriginalSize.Width, page.OriginalSize.Height)), "an area leaves the page");
                break;
        }
    }

    private static bool CutsPair(ReadOnlySpan<char> text, int at) =>
        at > 0 && at < text.Length && char.IsHighSurrogate(text[at - 1]) && char.IsLowSurrogate(text[at]);

    private static void CheckMerged(RecognizedPage page, ImmutableArray<Finding> findings)
    {
        ImmutableArray<Finding> merged = FindingMerger.Merge(findings);
        int end = 0;
        foreach ((int start, int length) in Stretches(merged))
        {
            Assert.True(start >= end && start + length <= page.Text.Text.Length, "merged findings overlap, are out of order or leave the text");
            end = start + length;
        }

        Assert.Equal(Covered(findings), Covered(merged));
    }

    private static HashSet<int> Covered(ImmutableArray<Finding> findings) => [.. Stretches(findings).SelectMany(stretch => Enumerable.Range(stretch.Start, stretch.Length))];

    private static IEnumerable<(int Start, int Length)> Stretches(ImmutableArray<Finding> findings) =>
        findings.Select(finding => finding.Location).OfType<Location.Text>().Select(text => (text.Span.Start, text.Span.Length)).Order();

    private static string Bare(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static string[] Print(ImmutableArray<Finding> findings) => [.. findings.Select(finding => $"{finding.Category} {finding.Location} {finding.Confidence.Value:R} {finding.RuleId}").Order(StringComparer.Ordinal)];
}

using System.Collections.Immutable;
using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IDocumentDetector"/> and its examinations promise, shown on a document whose first page names what the second only mentions.</summary>
public abstract class DocumentDetectorContract
{
    private static readonly DocumentId s_document = new SeededIds(10).NextDocument();
    private const string Named = "Whitehorse";
    private static readonly PageNumber s_first = new(1), s_second = new(2);

    /// <summary>Makes the detector.</summary>
    /// <returns>The detector.</returns>
    protected abstract IDocumentDetector CreateDetector();

    /// <summary>A record whose identifiers, all found on the first page, it must find something of on the second; a discharge summary by default.</summary>
    protected virtual SyntheticRecord Example { get; } = SyntheticRecords.Create(DocumentKind.DischargeSummary, seed: 18);

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_one_page_taught_is_found_on_another_and_lies_on_it()
    {
        IDocumentDetector detector = CreateDetector();
        using RecognizedPage second = Page(Example, s_second);
        ImmutableArray<Finding> findings = await Find(await Learn(detector, Example), second);
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Check(detector.Info, second, finding));
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_one_document_taught_is_unknown_in_another()
    {
        IDocumentDetector detector = CreateDetector();
        IDocumentExamination taught = await Learn(detector, Example), untaught = detector.Begin(known: null);
        using RecognizedPage page = Page(Example, s_second);
        await untaught.LearnAsync(PageView.Of(page), [], Samples.Cancellation);
        string[] alone = Print(await Find(untaught, page));
        string[] withAnother = Print(await Find(await LearnNothing(CreateDetector(), page), page));
        Assert.Equal(withAnother, alone);
        Assert.NotEqual(alone, Print(await Find(taught, page)));
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Asked_again_in_any_order_and_from_many_threads_it_gives_the_same_answers()
    {
        IDocumentExamination examination = await Learn(CreateDetector(), Example);
        using RecognizedPage second = Page(Example, s_second), other = Page(SyntheticRecords.Create(DocumentKind.LabReport, seed: 18), new PageNumber(3));
        string[] first = Print(await Find(examination, second));
        await Find(examination, other);
        string[][] again = await Task.WhenAll(Enumerable.Range(0, 8).Select(at => Task.Run(async () => Print(await Find(examination, at % 2 == 0 ? second : other)))));
        Assert.All(again.Where((_, at) => at % 2 == 0), each => Assert.Equal(first, each));
        Assert.All(again.Where((_, at) => at % 2 == 1), each => Assert.Equal(again[1], each));
    }

    /// <summary>Claim: pages are lent; the store of a page that is gone is zeroed.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task It_needs_no_page_that_it_gave_back()
    {
        IDocumentDetector detector = CreateDetector();
        IDocumentExamination examination = await Learn(detector, Example);
        GC.Collect();
        using RecognizedPage second = Page(Example, s_second);
        using RecognizedPage kept = Page(Example, s_first);
        IDocumentExamination beside = detector.Begin(known: null);
        await beside.LearnAsync(PageView.Of(kept), await Found(Example, kept), Samples.Cancellation);
        Assert.Equal(Print(await Find(beside, second)), Print(await Find(examination, second)));
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Hostile_text_neither_breaks_it_nor_draws_it_off_the_page()
    {
        IDocumentDetector detector = CreateDetector();
        foreach (string text in HostileTexts.All)
        {
            // A page that names somebody, in the midst of what is hostile.
            using RecognizedPage page = PageOf($"{Named} {text} {Named} {text}");
            IDocumentExamination examination = detector.Begin(known: null);
            int rest = page.Text.Text.Length - Named.Length - 1;
            ImmutableArray<Finding> found = [NameAt(0, Named.Length), .. rest > 0 ? [NameAt(Named.Length + 1, Math.Min(8, rest))] : ImmutableArray<Finding>.Empty];
            await examination.LearnAsync(PageView.Of(page), found, Samples.Cancellation);
            foreach (Finding finding in await Find(examination, page))
                Check(detector.Info, page, finding);
        }
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_cancelled_call_says_so()
    {
        IDocumentDetector detector = CreateDetector();
        IDocumentExamination examination = await Learn(detector, Example);
        using RecognizedPage page = Page(Example, s_second);
        await Samples.EndsOrCancels(async token => await detector.Begin(known: null).LearnAsync(PageView.Of(page), [], token));
        await Samples.EndsOrCancels(async token => await examination.FindAsync(PageView.Of(page), token));
    }

    /// <summary>Claim: ids go into logs, manifests and the ledger.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Nothing_that_it_sees_reaches_ids_console_traces_metrics_exceptions_or_temporary_files()
    {
        PhiCanary canary = Samples.Canary(this);
        SyntheticRecord planted = canary.Plant(DocumentKind.DischargeSummary, seed: 3);
        await using var watch = new CanaryWatch(canary);
        IDocumentDetector detector = CreateDetector();
        IDocumentExamination examination = await Learn(detector, planted, canary.Known);
        using RecognizedPage page = Page(planted, s_second);
        foreach (Finding finding in await Find(examination, page))
            watch.Inspect("finding", finding.ToString());
        watch.AssertClean();
    }

    private static async Task<IDocumentExamination> Learn(IDocumentDetector detector, SyntheticRecord record, KnownPatient? known = null)
    {
        IDocumentExamination examination = detector.Begin(known);
        using RecognizedPage page = Page(record, s_first);
        await examination.LearnAsync(PageView.Of(page), await Found(record, page), Samples.Cancellation);
        return examination;
    }

    private static async Task<IDocumentExamination> LearnNothing(IDocumentDetector detector, RecognizedPage page)
    {
        IDocumentExamination examination = detector.Begin(known: null);
        await examination.LearnAsync(PageView.Of(page), [], Samples.Cancellation);
        return examination;
    }

    private static ValueTask<ImmutableArray<Finding>> Find(IDocumentExamination examination, RecognizedPage page) =>
        examination.FindAsync(PageView.Of(page), Samples.Cancellation);

    private static ValueTask<ImmutableArray<Finding>> Found(SyntheticRecord record, RecognizedPage page) =>
        FakePhiDetector.OfTruth(record).DetectAsync(PageView.Of(page), known: null, Samples.Cancellation);

    private static Finding NameAt(int start, int length) => Samples.Finding(PhiCategory.PersonName, location: new Location.Text(new TextSpan(start, length)));

    private static RecognizedPage Page(SyntheticRecord record, PageNumber number) =>
        record.DrawPages(new DrawOptions { Dpi = 72 })[0].ToRecognizedPage(s_document, number);

    private static RecognizedPage PageOf(string text)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        int at = 0;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            builder.AddWord(word, new Box(at++ % 1000, 10 + (at / 1000 * 20), 8, 12), Confidence.Of(0.8));
        return RecognizedPage.Create(s_document, s_second, new PageSize(1200, 1200), builder.Build());
    }

    private static void Check(DetectorInfo info, RecognizedPage page, Finding finding)
    {
        Assert.Equal(info.Id, finding.DetectorId);
        Assert.False(string.IsNullOrEmpty(finding.RuleId.Value));
        Assert.True(info.Categories.Any(finding.Category.IsA), $"{finding.Category} is not declared");
        Assert.True(
            finding.Location switch
            {
                Location.Text text => text.Layer is TextLayer.Recognized && text.Span.Length > 0 && text.Span.End <= page.Text.Text.Length,
                Location.Area area => area.Box.Overlaps(new Box(0, 0, page.OriginalSize.Width, page.OriginalSize.Height)),
                _ => false,
            },
            "a finding leaves the page");
    }

    private static string[] Print(ImmutableArray<Finding> findings) =>
        [.. findings.Select(finding => $"{finding.Category} {finding.Location} {finding.Confidence.Value:R} {finding.RuleId}").Order(StringComparer.Ordinal)];
}

using MedRedact.Core.Tests.Ingestion;
using MedRedact.Policies;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Core.Tests.Handwriting;

/// <summary>Ink that the engine of the pages left unread is read by an engine for handwriting.</summary>
public sealed class HandwritingTests
{
    private static readonly SyntheticRecord s_record = SyntheticRecords.Create(DocumentKind.DischargeSummary, 11);
    private static readonly string[] s_identifying = [.. s_record.Spans.Where(span => span.IsPhi).SelectMany(span => span.Value.Split([' ', '\n'])).Where(word => word.Length > 0)];

    /// <summary>A name that is written in.</summary>
    private static readonly string s_name = s_record.Spans.First(span => span.IsPhi && span.Type == "NAME" && span.Value.Length >= 6).Value.Split([' ', ',', '\n']).MaxBy(word => word.Length)!;

    [Fact]
    public async Task What_is_written_reaches_detection_and_its_ink_stays_covered_whole()
    {
        (CommittedDocument plain, _, _) = await ReleasedAsync(IsName, writes: false);
        (CommittedDocument read, WritingEngine engine, _) = await ReleasedAsync(IsName);

        Assert.True(Literal(read) > Literal(plain));
        Assert.Equal(Ink(plain), Ink(read));
        Assert.DoesNotContain(read.Pages, page => page.Text.Contains(s_name, StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(engine.Asked);
        Assert.All(engine.Asked, asked => Assert.True(asked.Layout == OcrLayout.SingleBlock && asked.Piece.Height < 300));

        static int Literal(CommittedDocument document) => document.Pages.Sum(page => page.Marks.Count(mark => mark.Rule.Value == "fake.literal"));
        static IEnumerable<Box> Ink(CommittedDocument document) =>
            document.Pages.SelectMany(page => page.Marks.Where(mark => mark.Category == PhiCategory.UnreadInk).SelectMany(mark => mark.Boxes));
    }

    [Fact]
    public async Task What_an_engine_fails_on_stays_unread_ink_as_it_is_without_the_engine()
    {
        (CommittedDocument plain, _, _) = await ReleasedAsync(IsName, writes: false);
        (CommittedDocument failed, WritingEngine engine, _) = await ReleasedAsync(IsName, fails: true);

        Assert.NotEmpty(engine.Asked);
        Assert.Equal(plain.Pages.Select(page => page.Text), failed.Pages.Select(page => page.Text));
        Assert.All(plain.Pages.Zip(failed.Pages), pair => Assert.Equal(pair.First.Pixels, pair.Second.Pixels));
    }

    [Theory]
    [InlineData(true, DocumentVerdict.HeldForReview)]
    [InlineData(false, DocumentVerdict.Withheld)]
    public async Task An_identifier_in_handwriting_that_the_policy_leaves_visible_waits_for_a_person(bool reviews, DocumentVerdict expected)
    {
        (_, _, IngestionReport report) = await RunAsync(IsName, policy: "leaves-ink", reviews: reviews);

        Assert.Equal(expected, report.Verdict);
        Assert.Contains(report.Pages, page => page.Reason?.Code == "MR-PIP-021");
    }

    [Fact]
    public async Task A_policy_that_covers_the_ink_asks_nobody()
    {
        (_, _, IngestionReport report) = await RunAsync(IsName, reviews: true);

        Assert.Equal(DocumentVerdict.Released, report.Verdict);
    }

    [Fact]
    public async Task Handwriting_without_an_identifier_leaves_where_the_policy_lets_its_ink_stay()
    {
        string common = CommonWord();

        (CommittedDocument document, _, _) = await ReleasedAsync(word => word == common, policy: "leaves-ink");

        Assert.Contains(document.Pages, page => page.Text.Contains(common, StringComparison.Ordinal));
    }

    [Fact]
    public void There_is_one_engine_for_handwriting() => Assert.Throws<InvalidOperationException>(() =>
    {
        using var services = new ServiceCollection().AddMedRedact().AddPipeline("twice", pages => Compose(
            pages.Recognize<PrintEngine>(also => also.Handwriting<WritingEngine>().Handwriting<WritingEngine>()), "safe-harbor", reviews: false)).Services.BuildServiceProvider();
    });

    private static bool IsName(string word) => word.Contains(s_name, StringComparison.OrdinalIgnoreCase);

    /// <summary>A long word of the record that is no part of an identifier.</summary>
    private static string CommonWord() => s_record.DrawPages(new DrawOptions { Dpi = 100 })
        .SelectMany(page =>
        {
            using PageText text = page.ToPageText();
            return text.Words.Select(word => text.Text.Extract(word.Span).Reveal()).ToArray();
        })
        .First(word => word.Length >= 6 && word.All(char.IsLetter) && !s_identifying.Any(part => word.Contains(part, StringComparison.OrdinalIgnoreCase)));

    private static async Task<(CommittedDocument Document, WritingEngine Engine, IngestionReport Report)> ReleasedAsync(
        Func<string, bool> isWritten, bool writes = true, bool fails = false, string policy = "safe-harbor")
    {
        (CommittedDocument document, WritingEngine engine, IngestionReport report) = await RunAsync(isWritten, writes, fails, policy);
        Assert.True(report.Verdict == DocumentVerdict.Released, string.Join(' ', report.Pages.Select(page => page.Reason?.Code)));
        return (document, engine, report);
    }

    private static async Task<(CommittedDocument Document, WritingEngine Engine, IngestionReport Report)> RunAsync(
        Func<string, bool> isWritten, bool writes = true, bool fails = false, string policy = "safe-harbor", bool reviews = false)
    {
        var pages = new WrittenPages(s_record.DrawPages(new DrawOptions { Dpi = 100 }), isWritten);
        var engine = new WritingEngine(pages) { Fails = fails };
        await using var rig = new PipelineRig(s_record, options =>
        {
            options.Configure = builder =>
            {
                builder.Services.AddSingleton(new PrintEngine(pages)).AddSingleton(engine);
                builder.ConfigureLimits(limits => limits.MaxPagesInFlight = 1);
                builder.AddPolicy(new LeavesInk(BuiltInPolicies.All.First(each => each.Name == "safe-harbor")));
            };
            options.Compose = start => Compose(
                writes ? start.Recognize<PrintEngine>(also => also.Handwriting<WritingEngine>()) : start.Recognize<PrintEngine>(), policy, reviews);
        });
        IngestionReport report = await rig.IngestAsync();
        return (rig.Store.Documents[report.Document], engine, report);
    }

    private static PipelineDefinition Compose(PipelineBuilder<RecognizedPage> pages, string policy, bool reviews)
    {
        PipelineBuilder<RedactedPage> clean = pages.Detect(phi => phi.With<FakePhiDetector>()).Redact(policy, with => with.Labels().Tokens().Generalize());
        return (reviews ? clean.Review(when => when.Mode(ReviewMode.ReleaseConfident)) : clean).AuditTo<IAuditSink>().StoreIn<InMemoryDocumentStore>();
    }
}

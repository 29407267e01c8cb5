using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using MedRedact.Policies;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Core.Tests.Ingestion;

public sealed class StreamedOutcomeTests
{
    private static readonly SyntheticRecord Record = SyntheticRecords.Create(DocumentKind.DischargeSummary, 11);

    [Fact]
    public async Task No_page_comes_out_before_the_last_has_its_verdict_when_that_keeps_the_document_inside()
    {
        await using var rig = new PipelineRig(Record, options => FailLastPageAt(options, opening: 2));

        List<PageOutcome> outcomes = await OutcomesAsync(rig);

        Assert.Equal(rig.Pages.Count, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.IsType<PageOutcome.Withheld>(outcome));
        Assert.All(outcomes.SkipLast(1), outcome => Assert.Equal("MR-PIP-012", ((PageOutcome.Withheld)outcome).Reason.Code));
        Assert.Equal("MR-PIP-017", ((PageOutcome.Withheld)outcomes[^1]).Reason.Code);
        Assert.DoesNotContain(rig.Events, item => item.Kind == AuditKind.PageReleased);
    }

    [Fact]
    public async Task The_other_pages_come_out_where_the_policy_releases_incomplete_documents()
    {
        await using var rig = new PipelineRig(Record, options =>
        {
            FailLastPageAt(options, opening: 2);
            options.Configure = builder => builder.AddPolicy(new Lenient());
            options.Compose = Compose("lenient");
        });

        List<PageOutcome> outcomes = await OutcomesAsync(rig);

        Assert.All(outcomes.SkipLast(1), outcome => Assert.IsType<PageOutcome.Released>(outcome));
        Assert.IsType<PageOutcome.Withheld>(outcomes[^1]);
        Assert.Equal(rig.Pages.Count - 1, rig.Events.Count(item => item.Kind == AuditKind.PageReleased));
    }

    [Fact]
    public async Task Every_page_waits_when_one_waits()
    {
        await using var rig = new PipelineRig(Record, options => options.Compose = Compose("safe-harbor", ReviewMode.HoldAll));

        List<PageOutcome> outcomes = await OutcomesAsync(rig);

        Assert.All(outcomes, outcome => Assert.IsType<PageOutcome.HeldForReview>(outcome));
    }

    [Fact]
    public async Task What_comes_out_is_what_the_store_would_have_got()
    {
        await using var rig = new PipelineRig(Record);
        IngestionReport report = await rig.IngestAsync();
        ImmutableArray<CommittedPage> stored = rig.Store.Documents[report.Document].Pages;

        var streamed = new List<(string Text, byte[] Pixels, int Marks)>();
        await foreach (PageOutcome outcome in rig.Pipeline.RunAsync(PipelineRig.Request(), TestContext.Current.CancellationToken))
        {
            RedactedPage page = Assert.IsType<PageOutcome.Released>(outcome).Content;
            streamed.Add((page.Text.Text.Value, page.Raster.Pixels.ToArray(), page.Marks.Length));
        }

        Assert.Equal(stored.Select(page => page.Marks.Length), streamed.Select(page => page.Marks));
        foreach ((CommittedPage expected, (string Text, byte[] Pixels, int Marks) found) in stored.Zip(streamed))
            Assert.Equal(expected.Pixels, found.Pixels);
    }

    [Fact]
    public async Task No_detector_or_engine_is_asked_twice_about_a_page()
    {
        var read = new ConcurrentBag<int>();
        await using var rig = new PipelineRig(Record, options => options.Engine.Before = (page, _) =>
        {
            read.Add(page.Value);
            return ValueTask.CompletedTask;
        });

        await OutcomesAsync(rig);

        Assert.Equal(Enumerable.Range(1, rig.Pages.Count), read.Order());
    }

    [Fact]
    public async Task A_page_that_can_no_longer_be_decoded_ends_the_run_with_a_code_and_is_not_released()
    {
        await using var rig = new PipelineRig(Record, options => FailLastPageAt(options, opening: 3));

        MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(() => OutcomesAsync(rig));

        Assert.Equal("MR-PIP-010", fault.Code.Value);
        Assert.DoesNotContain(
            rig.Events, item => item.Kind == AuditKind.PageReleased && item.Fields.Any(field => field.Name == "page" && field.Value == AuditValue.Of(rig.Pages.Count)));
    }

    [Fact]
    public async Task The_rasters_alive_at_once_depend_on_the_window_and_not_on_the_number_of_pages()
    {
        var memory = new CountedMemory();
        SyntheticPage[] pages = [.. Enumerable.Repeat(Record.DrawPages(new DrawOptions { Dpi = 100 }), 6).SelectMany(drawn => drawn)];
        await using var rig = new PipelineRig(Record, options =>
        {
            options.Reader = new FakePageReader(pages);
            options.Engine = FakeOcrEngine.ReadingTruth(pages);
            options.Configure = builder =>
            {
                builder.Services.AddSingleton<IRasterMemory>(memory);
                builder.ConfigureLimits(limits => limits.MaxPagesInFlight = limits.MaxPagesInFlightPerProcess = 1);
            };
        });

        int released = 0;
        await foreach (PageOutcome outcome in rig.Pipeline.RunAsync(PipelineRig.Request(), TestContext.Current.CancellationToken))
            released += outcome is PageOutcome.Released ? 1 : 0;

        Assert.Equal(pages.Length, released);
        Assert.Equal(0, memory.Live);
        Assert.True(memory.Most <= 3, $"{memory.Most} rasters at once");
    }

    private static Func<PipelineBuilder<PageImage>, PipelineDefinition> Compose(string policy, ReviewMode? review = null) => pages =>
    {
        PipelineBuilder<RedactedPage> redacted = pages
            .Recognize<FakeOcrEngine>()
            .Detect(phi => phi.With<FakePhiDetector>())
            .Redact(policy, with => with.Labels().Tokens().Generalize());
        return (review is { } mode ? redacted.Review(when => when.Mode(mode)) : redacted).AuditTo<IAuditSink>().StoreIn<InMemoryDocumentStore>();
    };

    /// <summary>A page is opened to be read, to be redacted, and to be handed out.</summary>
    private static void FailLastPageAt(RigOptions options, int opening)
    {
        int last = Record.DrawPages(new DrawOptions { Dpi = 100 }).Count;
        int opened = 0;
        options.Reader.Before = (page, _) => page.Value == last && Interlocked.Increment(ref opened) == opening
            ? throw new InvalidDataException("content in an exception")
            : ValueTask.CompletedTask;
    }

    private static async Task<List<PageOutcome>> OutcomesAsync(PipelineRig rig)
    {
        var outcomes = new List<PageOutcome>();
        await foreach (PageOutcome outcome in rig.Pipeline.RunAsync(PipelineRig.Request(), TestContext.Current.CancellationToken))
            outcomes.Add(outcome);
        return outcomes;
    }

    private sealed class Lenient : IDispositionPolicy
    {
        private readonly PolicyFile _safeHarbor = BuiltInPolicies.SafeHarbor;

        public string Name => "lenient";

        public PolicyHash Hash => _safeHarbor.Hash;

        public ImmutableHashSet<Disposition> Uses => _safeHarbor.Uses;

        public bool ReleasesIncompleteDocuments => true;

        public Disposition Decide(Finding finding, DecisionContext context) => _safeHarbor.Decide(finding, context);
    }

    private sealed class CountedMemory : IRasterMemory
    {
        private readonly Lock _gate = new();

        public int Live { get; private set; }

        public int Most { get; private set; }

        public Raster Allocate(PixelFormat format, int width, int height, Dpi dpi)
        {
            lock (_gate)
                Most = Math.Max(Most, ++Live);
            int stride = Raster.RowBytes(format, width);
            return new Raster(new Counted(this, stride * height), format, width, height, stride, dpi);
        }

        private sealed class Counted(CountedMemory memory, int bytes) : IMemoryOwner<byte>
        {
            public Memory<byte> Memory { get; } = new byte[bytes];

            public void Dispose()
            {
                lock (memory._gate)
                    memory.Live--;
            }
        }
    }
}

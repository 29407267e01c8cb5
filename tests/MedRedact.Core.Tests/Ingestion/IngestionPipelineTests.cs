using System.Text;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Core.Tests.Ingestion;

public sealed class IngestionPipelineTests
{
    private static readonly SyntheticRecord Record = SyntheticRecords.Create(DocumentKind.DischargeSummary, 11);

    [Fact]
    public async Task Releases_a_clean_document_with_no_identifier_left_in_its_text()
    {
        await using var rig = new PipelineRig(Record);

        IngestionReport report = await rig.IngestAsync();

        Assert.Equal(DocumentVerdict.Released, report.Verdict);
        CommittedDocument stored = rig.Store.Documents[report.Document];
        Assert.Equal(rig.Pages.Count, stored.Pages.Length);
        foreach (TruthSpan span in Record.Spans.Where(span => span.IsPhi && span.Value.Length >= 6 && span.Type is "NAME" or "SSN" or "PHONE"))
            Assert.DoesNotContain(stored.Pages, page => page.Text.Contains(span.Value, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Redacts_what_the_residue_check_finds_and_then_releases_the_page()
    {
        string mrn = Record.Spans.First(span => span.IsPhi && span.Category == "mrn" && span.Value.Length >= 6).Value;
        var forgetful = new ForgetfulDetector(FakePhiDetector.OfTruth(Record));
        await using var rig = new PipelineRig(Record, options =>
        {
            options.Configure = builder => builder.Services.AddSingleton(forgetful);
            options.Compose = pages => pages
                .Recognize<FakeOcrEngine>()
                .Detect(phi => phi.With<ForgetfulDetector>())
                .Redact("safe-harbor", with => with.Labels().Tokens().Generalize())
                .AuditTo<IAuditSink>()
                .StoreIn<InMemoryDocumentStore>();
        });

        IngestionReport report = await rig.IngestAsync();

        Assert.True(forgetful.Forgotten > 0);
        Assert.Equal(DocumentVerdict.Released, report.Verdict);
        Assert.DoesNotContain(rig.Store.Documents[report.Document].Pages, page => page.Text.Contains(mrn, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Stores_the_words_of_a_page_in_reading_order_whatever_order_the_engine_gave()
    {
        string[] columns = ["Sodium", "Potassium", "140", "4.1"];
        await using var rig = new PipelineRig(Record, options => options.Engine = FakeOcrEngine.Reading(
            [.. columns.Select((word, i) => new ScriptedWord(word, new Box(i / 2 * 300, 100 + (i % 2 * 40), 100, 20), Confidence.Certain, i))]));

        IngestionReport report = await rig.IngestAsync();

        Assert.All(rig.Store.Documents[report.Document].Pages, page => Assert.Equal("Sodium 140\nPotassium 4.1", page.Text));
    }

    [Fact]
    public async Task Records_every_page_and_the_manifest_before_the_document_becomes_visible()
    {
        await using var rig = new PipelineRig(Record);

        IngestionReport report = await rig.IngestAsync();

        Assert.Equal("document.received", rig.Events[0].Kind.Name);
        Assert.Equal(rig.Pages.Count, rig.Events.Count(item => item.Kind == AuditKind.PageReleased));
        AuditEvent last = rig.Events[^1];
        Assert.Equal(AuditKind.DocumentReleased, last.Kind);
        Assert.Contains(last.Fields, field => field.Name == "manifest" && field.Value.Text == report.Manifest!.Value.ToString());
        Assert.All(rig.Events, item => Assert.Equal(report.Document, item.Document));
    }

    [Fact]
    public async Task Makes_nothing_visible_when_the_ledger_refuses_the_release()
    {
        await using var rig = new PipelineRig(Record, options => options.Refuses = item => item.Kind == AuditKind.DocumentReleased);

        await Assert.ThrowsAnyAsync<MedRedactException>(rig.IngestAsync);

        Assert.Empty(rig.Store.Documents);
    }

    [Theory]
    [InlineData("reader")]
    [InlineData("engine")]
    [InlineData("detector")]
    public async Task Withholds_the_document_when_a_plug_in_throws_on_one_page(string part)
    {
        const string secret = "content in an exception";
        ValueTask Fail(PageNumber page, CancellationToken cancel) => page.Value == 2 ? throw new InvalidDataException(secret) : ValueTask.CompletedTask;
        await using var rig = new PipelineRig(Record, options =>
        {
            options.Reader.Before = part == "reader" ? Fail : null;
            options.Engine.Before = part == "engine" ? Fail : null;
            options.Detector.Before = part == "detector" ? Fail : null;
        });

        IngestionReport report = await rig.IngestAsync();

        Assert.Equal(DocumentVerdict.Withheld, report.Verdict);
        Assert.StartsWith("MR-", report.Pages[1].Reason!.Value.Code, StringComparison.Ordinal);
        Assert.Equal("MR-PIP-012", report.Pages[0].Reason!.Value.Code);
        Assert.Empty(rig.Store.Documents[report.Document].Pages);
        Assert.DoesNotContain(secret, Encoding.UTF8.GetString(rig.Store.Documents[report.Document].Artifacts.Values.SelectMany(item => item.ToArray()).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_key_returns_the_first_report_and_other_bytes_are_a_conflict()
    {
        await using var rig = new PipelineRig(Record);
        var key = new IdempotencyKey(new Guid("11111111-2222-4333-8444-555555555555"));
        CancellationToken cancel = TestContext.Current.CancellationToken;

        IngestionReport first = await rig.Pipeline.IngestAsync(PipelineRig.Request([1, 2, 3], key), cancel);
        IngestionReport second = await rig.Pipeline.IngestAsync(PipelineRig.Request([1, 2, 3], key), cancel);
        MedRedactException conflict = await Assert.ThrowsAsync<MedRedactException>(() => rig.Pipeline.IngestAsync(PipelineRig.Request([4], key), cancel));

        Assert.Equal(first.Document, second.Document);
        Assert.Equal("MR-PIP-004", conflict.Code.Value);
        Assert.Single(rig.Store.Documents);
    }

    [Fact]
    public async Task A_failed_run_frees_its_key_and_the_retry_converges()
    {
        bool fail = true;
        await using var rig = new PipelineRig(Record, options => options.Refuses = item => fail && item.Kind == AuditKind.DocumentReleased);
        var key = new IdempotencyKey(new Guid("11111111-2222-4333-8444-555555555555"));
        CancellationToken cancel = TestContext.Current.CancellationToken;

        await Assert.ThrowsAnyAsync<MedRedactException>(() => rig.Pipeline.IngestAsync(PipelineRig.Request([1], key), cancel));
        fail = false;
        IngestionReport report = await rig.Pipeline.IngestAsync(PipelineRig.Request([1], key), cancel);

        Assert.Equal(DocumentVerdict.Released, report.Verdict);
        Assert.Single(rig.Store.Documents);
    }

    [Fact]
    public async Task A_run_that_died_between_its_commit_and_the_journal_is_not_released_twice()
    {
        await using var rig = new PipelineRig(Record);
        var journal = (MemoryJournal)rig.Services.GetService(typeof(MemoryJournal))!;
        var key = new IdempotencyKey(new Guid("11111111-2222-4333-8444-555555555555"));
        CancellationToken cancel = TestContext.Current.CancellationToken;

        rig.Engine.Before = (_, _) =>
        {
            journal.IsDead = true;
            return ValueTask.CompletedTask;
        };
        await Assert.ThrowsAsync<IOException>(() => rig.Pipeline.IngestAsync(PipelineRig.Request([1], key), cancel));
        DocumentId committed = Assert.Single(rig.Store.Documents).Key;
        IngestionReport retried = await rig.Pipeline.IngestAsync(PipelineRig.Request([1], key), cancel);
        IngestionReport repeated = await rig.Pipeline.IngestAsync(PipelineRig.Request([1], key), cancel);

        Assert.Equal(committed, retried.Document);
        Assert.Equal(committed, repeated.Document);
        Assert.Single(rig.Store.Documents);
    }

    [Fact]
    public async Task Cancellation_passes_through_and_leaves_nothing_visible()
    {
        using var cancel = new CancellationTokenSource();
        await using var rig = new PipelineRig(Record, options => options.Engine.Before = (_, _) =>
        {
            cancel.Cancel();
            return ValueTask.CompletedTask;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Pipeline.IngestAsync(PipelineRig.Request(), cancel.Token));

        Assert.Empty(rig.Store.Documents);
    }

    [Fact]
    public async Task A_document_with_too_many_bytes_is_rejected_and_nothing_of_it_is_kept()
    {
        await using var rig = new PipelineRig(Record, options => options.Configure = builder => builder.ConfigureLimits(limits => limits.MaxFileBytes = 2));

        IngestionReport report = await rig.IngestAsync();

        Assert.Equal("MR-PIP-005", report.Rejection!.Value.Value);
        Assert.NotNull(report.Remedy);
        Assert.Empty(rig.Store.Documents);
        Assert.Empty(rig.Services.GetService(typeof(InMemoryZoneStore)) is InMemoryZoneStore zones ? zones.Objects : throw new InvalidOperationException());
    }

    [Fact]
    public async Task Nothing_lies_in_quarantine_in_clear()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("plain text of a scan ", 50)));
        await using var rig = new PipelineRig(Record);

        await rig.Pipeline.IngestAsync(PipelineRig.Request(bytes), TestContext.Current.CancellationToken);

        var zones = (InMemoryZoneStore)rig.Services.GetService(typeof(InMemoryZoneStore))!;
        byte[] stored = Assert.Single(zones.Objects, item => item.Key.Zone == StorageZone.Quarantine).Value;
        Assert.Equal(-1, stored.AsSpan().IndexOf("plain text"u8));
    }

    [Fact]
    public async Task Every_page_waits_when_the_review_step_holds_all()
    {
        await using var rig = new PipelineRig(Record, options => options.Compose = pages => pages
            .Recognize<FakeOcrEngine>()
            .Detect(phi => phi.With<FakePhiDetector>())
            .Redact("safe-harbor", with => with.Labels().Tokens().Generalize())
            .Review(when => when.Mode(ReviewMode.HoldAll))
            .AuditTo<IAuditSink>()
            .StoreIn<InMemoryDocumentStore>());

        IngestionReport report = await rig.IngestAsync();

        Assert.Equal(DocumentVerdict.HeldForReview, report.Verdict);
        Assert.Empty(rig.Store.Documents[report.Document].Pages);
    }

    [Fact]
    public async Task Streams_outcomes_in_page_order_and_disposes_what_nobody_took()
    {
        await using var rig = new PipelineRig(Record);
        var pages = new List<int>();
        RedactedPage? taken = null;
        RedactedPage? left = null;

        await foreach (PageOutcome outcome in rig.Pipeline.RunAsync(PipelineRig.Request(), TestContext.Current.CancellationToken))
        {
            pages.Add(outcome.Page.Value);
            var released = Assert.IsType<PageOutcome.Released>(outcome);
            if (taken is null)
                taken = released.Take();
            else
                left = released.Content;
        }

        Assert.Equal(Enumerable.Range(1, rig.Pages.Count), pages);
        Assert.False(taken!.Raster.Pixels.IsEmpty);
        Assert.Throws<ObjectDisposedException>(() => left!.Raster.Pixels);
        taken.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Room_for_one_page_is_enough_whether_the_caller_takes_the_pages_or_leaves_them(bool takes)
    {
        long page = Record.DrawPages(new DrawOptions { Dpi = 100 }).Max(drawn => (long)drawn.Width * drawn.Height * 4);
        await using var narrow = new PipelineRig(Record, options => options.Configure = builder => builder.ConfigureLimits(limits =>
        {
            limits.MaxPagesInFlight = 4;
            limits.MaxPagesInFlightPerProcess = 4;
            limits.MaxPixelBytes = page;
        }));

        int[][] seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(TakeAllAsync, TestContext.Current.CancellationToken)));

        Assert.All(seen, pages => Assert.Equal(Enumerable.Range(1, narrow.Pages.Count), pages));

        async Task<int[]> TakeAllAsync()
        {
            var pages = new List<int>();
            var taken = new List<RedactedPage>();
            await foreach (PageOutcome outcome in narrow.Pipeline.RunAsync(PipelineRig.Request(), TestContext.Current.CancellationToken))
            {
                pages.Add(outcome.Page.Value);
                var released = Assert.IsType<PageOutcome.Released>(outcome);
                if (takes)
                    taken.Add(released.Take());
            }

            taken.ForEach(page => page.Dispose());
            return [.. pages];
        }
    }

    [Fact]
    public async Task Reports_progress_up_to_the_last_page()
    {
        var seen = new List<IngestionProgress>();
        await using var rig = new PipelineRig(Record);

        await rig.Pipeline.IngestAsync(PipelineRig.Request(progress: new Direct(seen)), TestContext.Current.CancellationToken);

        Assert.Equal(new IngestionProgress(rig.Pages.Count, rig.Pages.Count, rig.Pages.Count), seen[^1]);
    }

    private sealed class Direct(List<IngestionProgress> seen) : IProgress<IngestionProgress>
    {
        public void Report(IngestionProgress value)
        {
            lock (seen)
                seen.Add(value);
        }
    }
}

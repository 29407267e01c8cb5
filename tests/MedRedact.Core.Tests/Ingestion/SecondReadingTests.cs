using System.Collections.Immutable;
using MedRedact.Ingestion;
using MedRedact.Redaction;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Core.Tests.Ingestion;

public sealed class SecondReadingTests
{
    private const string Name = "Quillfeather";

    private static readonly SyntheticRecord Record = SyntheticRecords.Create(DocumentKind.Prescription, 61);

    [Theory]
    [InlineData(SecondReadingScope.AllPages, PageVerdict.Withheld)]
    [InlineData(SecondReadingScope.None, PageVerdict.Released)]
    public async Task A_page_on_which_a_detector_missed_an_identifier_at_first_is_withheld(SecondReadingScope scope, PageVerdict expected)
    {
        var detector = new ChangingDetector(FakePhiDetector.Of((Name, PhiCategory.PersonName)), missesFirst: true);
        PageReport page = await IngestAsync($"seen by {Name} today", $"seen by {Name} today", detector, scope);
        Assert.Equal(expected, page.Verdict);
        Assert.Equal(expected == PageVerdict.Withheld ? "MR-RED-013" : null, page.Reason?.Code);
    }

    [Fact]
    public async Task A_page_that_was_misread_at_first_is_withheld()
    {
        PageReport page = await IngestAsync("seen by Qui11teafher today", $"seen by {Name} today", FakePhiDetector.Of((Name, PhiCategory.PersonName)));
        Assert.Equal("MR-RED-013", page.Reason?.Code);
    }

    [Fact]
    public async Task A_removed_value_that_can_be_read_elsewhere_withholds_the_page_though_no_detector_finds_it()
    {
        string number = Record.Spans.First(span => span.IsPhi && span.Value.Count(char.IsAsciiDigit) >= 6 && !span.Value.Contains(' ', StringComparison.Ordinal)).Value;
        var detector = new ChangingDetector(FakePhiDetector.OfTruth(Record), missesFirst: false);
        PageReport page = await IngestAsync(null, $"see also {number}", detector);
        Assert.Equal("MR-RED-013", page.Reason?.Code);
    }

    [Fact]
    public async Task A_second_reading_that_reads_next_to_nothing_says_nothing()
    {
        PageReport page = await IngestAsync("seen by nobody today and sent home", "seen", FakePhiDetector.Of((Name, PhiCategory.PersonName)));
        Assert.Equal("MR-RED-014", page.Reason?.Code);
    }

    [Fact]
    public async Task A_page_on_which_both_readings_find_nothing_is_released_and_was_read_once_more_at_another_size()
    {
        var engine = new TwoReadings(FakeOcrEngine.ReadingText("seen by nobody today"), FakeOcrEngine.ReadingText("seen by nobody today"));
        PageReport page = await IngestAsync(engine, FakePhiDetector.Of((Name, PhiCategory.PersonName)), SecondReadingScope.AllPages);
        Assert.Equal(PageVerdict.Released, page.Verdict);
        Assert.Equal(2, engine.Sizes.Count);
        Assert.NotEqual(engine.Sizes[0], engine.Sizes[1]);
    }

    [Fact]
    public void The_sampled_share_follows_from_the_document_and_is_the_same_each_time()
    {
        var random = new Random(5);
        DocumentId[] documents = [.. Enumerable.Range(0, 4_000).Select(_ => new DocumentId(Random128(random)))];
        bool[] due = [.. documents.Select(document => Sampling(0.25).IsDue(document, new PageNumber(1)))];
        Assert.Equal(due, documents.Select(document => Sampling(0.25).IsDue(document, new PageNumber(1))));
        Assert.InRange(due.Count(each => each), 850, 1_150);
        Assert.NotEqual(due, documents.Select(document => Sampling(0.25).IsDue(document, new PageNumber(2))));
        Assert.DoesNotContain(documents, document => Sampling(0).IsDue(document, new PageNumber(1)));
        Assert.All(documents, document => Assert.True(Sampling(1).IsDue(document, new PageNumber(1))));
    }

    private static SecondReading Sampling(double share) => new(null!, null!, SecondReadingScope.SampledPages, share, RasterMemory.Shared);

    private static Guid Random128(Random random)
    {
        byte[] bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static Task<PageReport> IngestAsync(string? first, string second, IPhiDetector detector, SecondReadingScope scope = SecondReadingScope.AllPages) => IngestAsync(
        new TwoReadings(first is null ? FakeOcrEngine.ReadingTruth(Record.DrawPages(new DrawOptions { Dpi = 100 })) : FakeOcrEngine.ReadingText(first), FakeOcrEngine.ReadingText(second)), detector, scope);

    private static async Task<PageReport> IngestAsync(TwoReadings engine, IPhiDetector detector, SecondReadingScope scope)
    {
        await using var rig = new PipelineRig(Record, options =>
        {
            options.Configure = builder =>
            {
                builder.Services.AddSingleton(engine).AddSingleton(detector);
                builder.Services.Configure<RedactionOptions>(redaction => redaction.SecondReading = scope);
            };
            options.Compose = pages => pages
                .Recognize<TwoReadings>()
                .Detect(phi => phi.With<IPhiDetector>())
                .Redact("safe-harbor", with => with.Labels().Tokens().Generalize())
                .AuditTo<IAuditSink>()
                .StoreIn<InMemoryDocumentStore>();
        });
        IngestionReport report = await rig.IngestAsync();
        return Assert.Single(report.Pages);
    }

    /// <summary>Reads a page one way, and every later time another.</summary>
    private sealed class TwoReadings(IOcrEngine first, IOcrEngine second) : IOcrEngine
    {
        public EngineId Id => new("two-readings");

        public string Version => "1";

        public List<PageSize> Sizes { get; } = [];

        public ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default)
        {
            Sizes.Add(page.Reveal().Size);
            return (Sizes.Count == 1 ? first : second).RecognizeAsync(page, request, cancellationToken);
        }
    }

    /// <summary>Finds nothing on the first reading, or on all later ones.</summary>
    private sealed class ChangingDetector(FakePhiDetector all, bool missesFirst) : IPhiDetector
    {
        private int _calls;

        public DetectorInfo Info => all.Info;

        public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default) =>
            Interlocked.Increment(ref _calls) == 1 == missesFirst ? ValueTask.FromResult(ImmutableArray<Finding>.Empty) : all.DetectAsync(page, known, cancellationToken);
    }
}

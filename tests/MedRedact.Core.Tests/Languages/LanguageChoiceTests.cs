using MedRedact.Core.Tests.Ingestion;
using MedRedact.Ingestion;
using MedRedact.Redaction;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Core.Tests.Languages;

/// <summary>A choice of languages costs a reading only where a page is in another one, and whatever reads the page later reads it in the same.</summary>
public sealed class LanguageChoiceTests
{
    private const string English = "patient name and date of birth were not given by the hospital at admission";
    private const string Spanish = "nombre y apellidos del paciente con fecha de nacimiento y domicilio en la ciudad segun el informe";

    private static readonly SyntheticRecord Record = SyntheticRecords.Create(DocumentKind.Prescription, 11);

    [Fact]
    public async Task An_English_page_is_read_once()
    {
        var engine = new Polyglot(English);
        await IngestAsync(engine, new OcrRequest { Languages = ["eng"], AlternativeLanguages = ["spa"] });
        Assert.All(engine.Readings, languages => Assert.Equal("eng", languages));
        Assert.Single(engine.Readings);
    }

    [Fact]
    public async Task A_Spanish_page_is_read_again_in_Spanish_and_so_is_whatever_reads_it_later()
    {
        var engine = new Polyglot(Spanish);
        IngestionReport report = await IngestAsync(engine, new OcrRequest { Languages = ["eng"], AlternativeLanguages = ["spa"] }, SecondReadingScope.AllPages);
        Assert.Equal(["eng", "spa", "spa"], engine.Readings);
        Assert.All(report.Pages, page => Assert.Equal(PageVerdict.Released, page.Verdict));
    }

    [Fact]
    public async Task Without_a_choice_a_page_is_read_in_the_languages_of_the_request_together()
    {
        var engine = new Polyglot(Spanish);
        await IngestAsync(engine, new OcrRequest { Languages = ["eng", "spa"] });
        Assert.Equal(["eng+spa"], engine.Readings);
    }

    [Fact]
    public async Task A_failing_second_reading_withholds_the_page()
    {
        var engine = new Polyglot(Spanish) { Fails = "spa" };
        IngestionReport report = await IngestAsync(engine, new OcrRequest { Languages = ["eng"], AlternativeLanguages = ["spa"] });
        Assert.All(report.Pages, page => Assert.Equal(PageVerdict.Withheld, page.Verdict));
    }

    [Fact]
    public async Task A_language_that_cannot_be_told_fails_before_any_page()
    {
        var engine = new Polyglot(English);
        var fault = await Assert.ThrowsAsync<MedRedactException>(() => IngestAsync(engine, new OcrRequest { Languages = ["eng"], AlternativeLanguages = ["fra"] }));
        Assert.Equal(PipelineFaults.Composition, fault.Code);
        Assert.Empty(engine.Readings);
    }

    private static async Task<IngestionReport> IngestAsync(Polyglot engine, OcrRequest request, SecondReadingScope scope = SecondReadingScope.None)
    {
        await using var rig = new PipelineRig(Record, options =>
        {
            options.Detector = FakePhiDetector.Of(("Nobody Inparticular", PhiCategory.PersonName));
            options.Configure = builder =>
            {
                builder.Services.AddSingleton(engine);
                builder.Services.Configure<RedactionOptions>(redaction => redaction.SecondReading = scope);
            };
            options.Compose = pages => pages
                .Recognize<Polyglot>(request)
                .Detect(phi => phi.With<FakePhiDetector>())
                .Redact("safe-harbor", with => with.Labels().Tokens().Generalize())
                .AuditTo<IAuditSink>()
                .StoreIn<InMemoryDocumentStore>();
        });
        return await rig.IngestAsync();
    }

    /// <summary>Reads the same words in any language and notes in which it was asked to.</summary>
    private sealed class Polyglot(string text) : IOcrEngine
    {
        private readonly FakeOcrEngine _reads = FakeOcrEngine.ReadingText(text);

        public EngineId Id => new("polyglot");

        public string Version => "1";

        public string? Fails { get; init; }

        public List<string> Readings { get; } = [];

        public ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default)
        {
            string languages = string.Join('+', request.Languages);
            Readings.Add(languages);
            return languages == Fails ? throw new InvalidOperationException("canary") : _reads.RecognizeAsync(page, request, cancellationToken);
        }
    }
}

using System.Text;
using MedRedact.Policies;
using MedRedact.Redaction;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Core.Tests.Ingestion;

/// <summary>What a policy names must be there, and what is invented is of no page.</summary>
public sealed class DispositionTests
{
    [Theory]
    [InlineData("tokenize")]
    [InlineData("tokenize-one-way")]
    [InlineData("pseudonym")]
    [InlineData("format-preserving")]
    [InlineData("generalize")]
    [InlineData("shift-date")]
    [InlineData("surrogate")]
    public async Task A_policy_that_names_what_is_not_registered_is_refused_before_the_first_document(string disposition)
    {
        await using var rig = new PipelineRig(
            SyntheticRecords.Create(DocumentKind.Prescription, 61),
            options =>
            {
                options.Configure = builder => builder.AddPolicy(Policy($$"""{ "categories": ["mrn"], "disposition": "{{disposition}}" }"""));
                options.Compose = pages => Compose(pages, with => with.Labels());
            });
        MedRedactException fault = Assert.Throws<MedRedactException>(() => rig.Pipeline);
        Assert.Equal("MR-PIP-001", fault.Code.Value);
    }

    [Fact]
    public async Task Surrogates_stand_in_the_clean_text_of_released_pages_and_none_is_a_value_of_any_page()
    {
        SyntheticRecord record = SyntheticRecords.Create(DocumentKind.DischargeSummary, 61);
        await using var rig = new PipelineRig(
            record,
            options =>
            {
                options.Configure = builder => builder.AddPolicy(Policy("""{ "categories": ["name", "geo", "phone", "mrn", "account", "plan"], "disposition": "surrogate" }"""));
                options.Compose = pages => Compose(pages, with => with.Labels().Surrogates());
            });
        IngestionReport report = await rig.IngestAsync();
        Assert.All(report.Pages, page => Assert.Equal(PageVerdict.Released, page.Verdict));

        string[] real = [.. record.Spans.Where(span => span.IsPhi).Select(span => FoldedText.Fold(span.Value)).Where(value => value.Length >= 4)];
        string[] surrogates = [.. rig.Store.Documents[report.Document].Pages.SelectMany(page => page.Marks)
            .Where(mark => mark.Disposition == Disposition.Surrogate && mark.Replacement.Kind == ReplacementKind.Free).Select(mark => FoldedText.Fold(mark.Replacement.Text))];
        Assert.NotEmpty(surrogates);
        Assert.DoesNotContain(surrogates, surrogate => real.Any(value => surrogate.Contains(value, StringComparison.Ordinal)));
    }

    private static PipelineDefinition Compose(PipelineBuilder<PageImage> pages, Action<RedactionBuilder> with) => pages
        .Recognize<FakeOcrEngine>()
        .Detect(phi => phi.With<FakePhiDetector>())
        .Redact("mine", with)
        .AuditTo<IAuditSink>()
        .StoreIn<InMemoryDocumentStore>();

    private static PolicyFile Policy(string rule) => PolicyFile.Parse(Encoding.UTF8.GetBytes(
        $$"""{ "name": "mine", "version": "1.0", "standard": "expert-determination", "default": "redact", "rules": [ {{rule}} ] }"""));
}

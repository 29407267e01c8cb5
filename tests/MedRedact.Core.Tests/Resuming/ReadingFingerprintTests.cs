using System.Collections.Immutable;
using MedRedact.Ingestion;
using MedRedact.Policies;
using MedRedact.Core.Tests.Ingestion;
using MedRedact.Resuming;
using MedRedact.Testing;

namespace MedRedact.Core.Tests.Resuming;

public sealed class ReadingFingerprintTests
{
    private static readonly InMemoryKeys s_keys = new();

    [Fact]
    public async Task The_same_work_has_the_same_fingerprint() => Assert.Equal(await OfAsync(Pipeline(), Known("Quillfeather")), await OfAsync(Pipeline(), Known("Quillfeather")));

    [Fact]
    public async Task Whatever_shapes_a_page_shapes_the_fingerprint()
    {
        CompiledPipeline pipeline = Pipeline();
        Digest256[] all =
        [
            await OfAsync(pipeline, known: null),
            await OfAsync(pipeline, Known("Quillfeather")),
            await OfAsync(pipeline, Known("Quillfeathers")),
            await OfAsync(pipeline with { Policy = Policy("limited-data-set") }, known: null),
            await OfAsync(pipeline with { Name = "other" }, known: null),
            await OfAsync(pipeline with { Request = new OcrRequest { Languages = ["eng", "spa"] } }, known: null),
            await OfAsync(pipeline with { Request = new OcrRequest { Layout = OcrLayout.SparseText } }, known: null),
            await OfAsync(pipeline with { Preparation = PreparationPlan.Of(plan => plan.Deskew()) }, known: null),
            await OfAsync(pipeline with { Engine = new RenamedEngine(FakeOcrEngine.Reading()) { Version = "2" } }, known: null),
            await OfAsync(pipeline with { Detectors = [FakePhiDetector.Of()] }, known: null),
            await OfAsync(pipeline with { Descriptor = new PipelineDescriptor("safe-harbor", []) }, known: null),
            await OfAsync(pipeline, known: null, source: 2),
            await OfAsync(pipeline, known: null, tenant: "other"),
            await OfAsync(pipeline, known: null, others: [typeof(FakePageReader)]),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
    }

    private static async Task<Digest256> OfAsync(
        CompiledPipeline pipeline, KnownPatient? known, byte source = 1, string tenant = "clinic", ImmutableArray<Type>? others = null)
    {
        var document = new QuarantinedDocument(
            DocumentId.Create(TimeProvider.System), SourceDocument.FromStream(new MemoryStream([])), 1, Digest256.From(Enumerable.Repeat(source, Digest256.Size).ToArray()));
        IngestionRequest request = PipelineRig.Request() with { KnownPatient = known, Tenant = new TenantId(tenant) };
        return await new ReadingFingerprint(pipeline, s_keys, others ?? []).OfAsync(request, document, TestContext.Current.CancellationToken);
    }

    private static KnownPatient Known(string family) => new([new KnownIdentifier(PhiCategory.PersonName, new Phi<string>(family))]);

    private static PolicyFile Policy(string name) => BuiltInPolicies.All.First(policy => policy.Name == name);

    private static CompiledPipeline Pipeline() => new()
    {
        Name = "test",
        Descriptor = new PipelineDescriptor("safe-harbor", [new PipelineStep("recognize", typeof(FakeOcrEngine))]),
        Limits = new PipelineLimits(),
        Preparation = PreparationPlan.None,
        Stages = [],
        Engine = new RenamedEngine(FakeOcrEngine.Reading()),
        Request = new OcrRequest(),
        Detectors = [],
        DocumentDetectors = [],
        Policy = Policy("safe-harbor"),
        Redactors = [],
        Subjects = new MedRedact.Barrier.SubjectIds(s_keys),
        Extractors = [],
        Audit = new RecordingAuditSink(),
        Store = new InMemoryDocumentStore(),
    };
}

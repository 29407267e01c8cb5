namespace MedRedact.Tests;

public sealed class MisuseTests
{
    private const string Canonical = """
        PipelineDefinition charts = Compose(pages => pages
            .Prepare(scan => scan.Orient().Deskew().Denoise().NormalizeContrast().ScaleToTextHeight())
            .Through<IPageStage>()
            .Recognize<IOcrEngine>()
            .Classify<IDocumentClassifier>()
            .Detect(phi => phi.With<IPhiDetector>().AcrossPages<IDocumentDetector>())
            .Redact(policy: "safe-harbor", with => with.Use<IRedactor>().TokenizeWith<ITokenizer>())
            .Review(hold => hold.Mode(ReviewMode.HoldUncertain))
            .ReRead<IRemoteOcrEngine>(egress => egress.Under("baa-2026-014"))
            .Extract(fields => fields.With<IFieldExtractor>())
            .AuditTo<IAuditSink>()
            .StoreIn<IRedactedDocumentStore>());
        """;

    private const string Read = "Compose(pages => pages.Recognize<IOcrEngine>()";
    private const string Examined = Read + ".Detect(phi => phi.With<IPhiDetector>())";
    private const string Redacted = Examined + """.Redact("safe-harbor", with => with.Use<IRedactor>())""";

    public static TheoryData<string, string, string, string> Misuses => new()
    {
        { "Storing before redacting", Examined + ".StoreIn<IRedactedDocumentStore>());", "", "CS1061" },
        { "Storing without auditing", Redacted + ".StoreIn<IRedactedDocumentStore>());", "", "CS1061" },
        { "Auditing as the end, with no store", Redacted + ".AuditTo<IAuditSink>());", "", "CS0029 CS1662" },
        { "Auditing before redacting", Examined + ".AuditTo<IAuditSink>().StoreIn<IRedactedDocumentStore>());", "", "CS1929" },
        { "Redacting what nobody examined", Read + """.Redact("safe-harbor", with => with.Use<IRedactor>()));""", "", "CS1929" },
        { "Examining what nobody read", "Compose(pages => pages.Detect(phi => phi.With<IPhiDetector>()));", "", "CS1929" },
        { "Redacting by no named policy", Examined + ".Redact(with => with.Use<IRedactor>()));", "", "CS7036" },
        { "A stage on pixels after recognition", Read + ".Through<IPageStage>());", "", "CS1929" },
        { "Preparing after recognition", Read + ".Prepare(scan => scan.Deskew()));", "", "CS1929" },
        { "A remote engine before detection", Read + """.ReRead<IRemoteOcrEngine>(egress => egress.Under("baa")));""", "", "CS1929" },
        { "A remote engine before redaction", Examined + """.ReRead<IRemoteOcrEngine>(egress => egress.Under("baa")));""", "", "CS1929" },
        { "An engine for handwriting after recognition", Read + ".Handwriting<IOcrEngine>());", "", "CS1061" },
        { "A remote engine for handwriting", "Compose(pages => pages.Recognize<IOcrEngine>(also => also.Handwriting<IRemoteOcrEngine>()));", "", "CS0311" },
        { "A remote engine as the engine", "Compose(pages => pages.Recognize<IRemoteOcrEngine>());", "", "CS0311" },
        { "Extracting before redacting", Examined + ".Extract(fields => fields.With<IFieldExtractor>()));", "", "CS1929" },
        { "Reviewing before redacting", Examined + ".Review(hold => hold.Mode(ReviewMode.HoldAll)));", "", "CS1929" },
        { "Redacting twice", Redacted + """.Redact("safe-harbor", with => with.Use<IRedactor>()));""", "", "CS1929" },
        { "A detector as a redactor", Examined + """.Redact("safe-harbor", with => with.Use<IPhiDetector>()));""", "", "CS0311" },

        { "Writing an examined page", "await writer.WriteAsync(examinedPage);", "", "CS1503" },
        { "Writing a recognized page", "await writer.WriteAsync(recognizedPage);", "", "CS1503" },
        { "Writing pixels of an original", "await writer.WriteAsync(pageImage);", "", "CS1503" },
        { "Sending a raw page to a remote engine", "await remote.ReadAsync(pageImage, permit);", "", "CS1503" },
        { "Sending an examined page to a remote engine", "await remote.ReadAsync(examinedPage, permit);", "", "CS1503" },
        { "Egress without a permit", "await remote.ReadAsync(redactedPage);", "", "CS7036" },

        { "Minting an egress permit", "_ = new EgressPermit();", "", "CS1729" },
        { "Minting an access grant", "_ = new AccessGrant();", "", "CS1729" },
        { "Declaring a text clean", """_ = new CleanText("Jane Roe");""", "", "CS1729" },
        { "Declaring a page clean", "_ = new RedactedPage();", "", "CS1729" },
        { "Declaring a page examined", "_ = new ExaminedPage(recognizedPage, []);", "", "CS1729" },
        { "Declaring a page's text clean", "_ = new CleanPageText();", "", "CS1729" },
        { "An audit kind that nobody registered", "_ = new AuditKind();", "", "CS1729" },
        { "Starting a pipeline in its middle", "_ = new PipelineBuilder<RedactedPage>();", "", "CS1729" },
        { "Starting a pipeline at its end", "_ = new AuditedPipelineBuilder();", "", "CS1729" },
        { "Declaring a pipeline complete", "_ = new PipelineDefinition();", "", "CS1729" },
        { "A replacement that stands for the value itself", "_ = Replacement.Kept;", "", "CS0117" },
        { "Changing a replacement's text", """_ = Replacement.Mask() with { Text = "Jane Roe" };""", "", "CS0200" },
        { "Extending a page", "", "class Fake : Page { }", "CS0534 CS1729" },
        { "Extending a redacted page", "", "class Fake : RedactedPage { }", "CS0509" },
        { "Forging an outcome", "", "record Cleared() : PageOutcome(new PageNumber(1), PageVerdict.Released);", "CS1729" },
        { "Forging a release", "_ = new PageOutcome.Released(new PageNumber(1), redactedPage, receipt);", "", "CS1729" },
        { "Turning a page's verdict", "static PageOutcome Turn(PageOutcome outcome) => outcome with { Verdict = PageVerdict.Released };", "", "CS0200" },

        { "Taking PHI for a string", "string text = phi;", "", "CS0029" },
        { "Casting PHI to a string", "string text = (string)phi;", "", "CS0030" },
        { "Mapping PHI with a lambda", "_ = phi.Map(value => value.Length);", "", "CS1061" },
        { "Taking page text for a string", "string text = phiText;", "", "CS0029" },
        { "A bare path", """_ = SourceDocument.FromFile("/scans/roe-jane.tif");""", "", "CS1503" },
        { "A bare file name", """_ = SourceDocument.FromStream(System.IO.Stream.Null, "roe-jane.tif");""", "", "CS1503" },
        { "Pixels beyond the barrier", "_ = recognizedPage.Reveal();", "", "CS1061" },
        { "Keeping page text from a read", "ReadOnlySpan<char> kept = default; phiText.Read(0, (text, _) => kept = text);", "", "CS8175" },
        { "Text in the ledger", """_ = AuditValue.Of("Jane Roe");""", "", "CS1503" },
        { "PHI in the ledger", "_ = AuditValue.Of(phi);", "", "CS1503" },
        { "Changing a ledger value", """_ = AuditValue.Of(1) with { Text = "Jane Roe" };""", "", "CS0200" },
        { "A code with words", """_ = new FaultCode("MR-OCR-003", "Jane Roe");""", "", "CS1729" },
        { "An ingestion without a purpose", "_ = new IngestionRequest { Source = source, Actor = actor, Tenant = tenant };", "", "CS9035" },
        { "An ingestion of nobody's record", "_ = new IngestionRequest { Source = source, Actor = actor, Purpose = PurposeOfUse.Treatment };", "", "CS9035" },
    };

    [Fact]
    public void The_canonical_composition_compiles()
    {
        Assert.Empty(Snippet.Errors(Snippet.Compile(Canonical)));
        Assert.Empty(Snippet.Errors(Snippet.Compile(Redacted + ".AuditTo<IAuditSink>().StoreIn<IRedactedDocumentStore>());")));
        Assert.Empty(Snippet.Errors(Snippet.Compile(
            """
            await writer.WriteAsync(redactedPage);
            await remote.ReadAsync(redactedPage, permit);
            _ = SourceDocument.FromFile(Phi.Of("/scans/0001.tif"));
            _ = new IngestionRequest { Source = source, Actor = actor, Tenant = tenant, Purpose = PurposeOfUse.Treatment };
            _ = AuditValue.Of(1);
            """)));
    }

    [Theory]
    [MemberData(nameof(Misuses))]
    public void Does_not_compile(string misuse, string statements, string declarations, string expected) =>
        Assert.True(
            Snippet.Errors(Snippet.Compile(statements, declarations)) is var errors && string.Join(' ', errors) == expected,
            $"{misuse}: expected {expected}, got {string.Join(' ', errors)}");
}

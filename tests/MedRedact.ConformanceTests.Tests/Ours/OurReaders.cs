using MedRedact.Documents.Images;
using MedRedact.Ocr.Tesseract;
using MedRedact.Synthesis;
using Microsoft.Extensions.Options;

namespace MedRedact.ConformanceTests.Tests;

[Proves(typeof(ImagePageReader))]
public sealed class OurImagePageReader : PageReaderContract
{
    private static readonly SyntheticPage s_page = SyntheticRecords.Create(DocumentKind.InsuranceCard, seed: 1).DrawPages(new DrawOptions { Dpi = 100 })[0];

    protected override IReadOnlyList<byte[]> Samples { get; } = [PageFiles.TiffG4([s_page, s_page.Degrade(Degradation.Fax)]), PageFiles.Png(s_page), PageFiles.Jpeg(s_page)];

    protected override IPageReader CreateReader() => new ImagePageReader(Options.Create(new ImageDocumentOptions()));
}

[Proves(typeof(TesseractOcrEngine))]
public sealed class OurTesseractEngine : OcrEngineContract, IAsyncDisposable
{
    private readonly TesseractEnginePool _pool = new();

    public OurTesseractEngine() => InstalledTesseract.Require();

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    protected override IOcrEngine CreateEngine(IReadOnlyList<SyntheticPage> pages) => new TesseractOcrEngine(_pool);
}

[Proves(typeof(TesseractOcrEngine))]
public sealed class OurTesseractEngineInSpanish : OcrEngineContract, IAsyncDisposable
{
    private readonly TesseractEnginePool _pool = new(new TesseractOptions { Languages = ["spa"] });

    public OurTesseractEngineInSpanish() => InstalledTesseract.Require("spa");

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    protected override DocumentLanguage Language => DocumentLanguage.Spanish;

    protected override IOcrEngine CreateEngine(IReadOnlyList<SyntheticPage> pages) => new TesseractOcrEngine(_pool);
}

[Proves(typeof(LeptonicaPreparer))]
public sealed class OurPreparer : PagePreparerContract, IAsyncDisposable
{
    private readonly TesseractEnginePool _pool = new();

    public OurPreparer() => InstalledTesseract.Require();

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    protected override IPagePreparer CreatePreparer() => new LeptonicaPreparer(_pool);
}

[Proves(typeof(TesseractProgram))]
public sealed class OurTesseractProgram : OcrEngineContract, IAsyncLifetime
{
    private TesseractProgram? _program;

    public async ValueTask InitializeAsync()
    {
        _program = await TesseractProgram.FindAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(_program is null && Environment.GetEnvironmentVariable("CI") == "true", "CI lacks the tesseract program.");
        Assert.SkipWhen(_program is null, "Not installed here: the tesseract program.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override IOcrEngine CreateEngine(IReadOnlyList<SyntheticPage> pages) => _program!;
}

public sealed class OurImplementations
{
    [Theory]
    [InlineData(typeof(Redaction.LabelRedactor))]
    [InlineData(typeof(Storage.FileZoneStore))]
    [InlineData(typeof(KeyManagement.LocalKeyRing))]
    [InlineData(typeof(Audit.AuditLedger))]
    [InlineData(typeof(Alerts.AccessSuspensionFiles))]
    [InlineData(typeof(Access.SignedAccessPolicies))]
    [InlineData(typeof(ImagePageReader))]
    [InlineData(typeof(Documents.Pdf.PdfPageReader))]
    [InlineData(typeof(TesseractOcrEngine))]
    public void All_of_a_package_are_proved(Type any) => Assert.Empty(ContractCoverage.Missing(any.Assembly, typeof(OurImplementations).Assembly));
}

internal static class InstalledTesseract
{
    /// <summary>Skips the test where the engine is not installed; fails it where it must be.</summary>
    public static void Require(string language = "eng")
    {
        TesseractEnvironment environment = TesseractEnvironment.Probe(new TesseractOptions { Languages = [language] });
        Assert.False(!environment.IsReady && Environment.GetEnvironmentVariable("CI") == "true", $"CI lacks Tesseract 5 with {language}.");
        Assert.SkipUnless(environment.IsReady, $"Not installed here: Tesseract 5 with {language} ({environment.Fault}).");
    }
}

using System.Collections.Immutable;
using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests.Tests;

// Each suite accepts a sound implementation: the fakes of MedRedact.Testing, and small ones of this folder.
[Proves(typeof(RecordingAuditSink))]
public sealed class RecordingAuditSinkContract : AuditSinkContract
{
    protected override ValueTask<IAuditSink> CreateSinkAsync() => ValueTask.FromResult<IAuditSink>(new RecordingAuditSink());
}

[Proves(typeof(FaultyAuditSink))]
public sealed class FaultyAuditSinkContract : AuditSinkContract
{
    protected override ValueTask<IAuditSink> CreateSinkAsync() => ValueTask.FromResult<IAuditSink>(new FaultyAuditSink(new RecordingAuditSink(), _ => false));
}

public sealed class StrictPolicyContract : SafeHarborPolicyContract
{
    protected override IDispositionPolicy CreatePolicy() => new StrictPolicy();
}

public sealed class LabelRedactorContract : RedactorContract
{
    protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.PersonName, "Nkechi Whitehorse"), (PhiCategory.Mrn, "73190462")];

    protected override IRedactor CreateRedactor() => new SoundRedactor();
}

[Proves(typeof(FakeOcrEngine))]
public sealed class FakeOcrEngineContract : OcrEngineContract
{
    protected override bool LooksAtPixels => false;

    protected override double MinimumRecall => 1;

    protected override IOcrEngine CreateEngine(IReadOnlyList<SyntheticPage> pages) => FakeOcrEngine.ReadingTruth(pages);
}

[Proves(typeof(FakePhiDetector))]
public sealed class FakePhiDetectorContract : PhiDetectorContract
{
    protected override IPhiDetector CreateDetector() => FakePhiDetector.OfTruth(Example);
}

[Proves(typeof(FakePageReader))]
public sealed class FakePageReaderContract : PageReaderContract
{
    private static readonly SyntheticPage s_page = SyntheticRecords.Create(DocumentKind.InsuranceCard, seed: 1).DrawPages(new DrawOptions { Dpi = 72 })[0];

    protected override IReadOnlyList<byte[]> Samples => [[1, 2, 3, 4, 5, 6, 7, 8]];

    protected override bool LooksAtBytes => false;

    protected override IPageReader CreateReader() => new FakePageReader(s_page, s_page);
}

[Proves(typeof(InMemoryTokenVault))]
public sealed class InMemoryTokenVaultContract : TokenVaultContract
{
    protected override ValueTask<ITokenVault> CreateVaultAsync() => ValueTask.FromResult<ITokenVault>(new InMemoryTokenVault());
}

[Proves(typeof(InMemoryZoneStore))]
public sealed class InMemoryZoneStoreContract : ZoneStoreContract
{
    protected override ValueTask<IZoneStore> CreateStoreAsync() => ValueTask.FromResult<IZoneStore>(new InMemoryZoneStore());
}

[Proves(typeof(InMemoryKeys))]
public sealed class InMemoryKeysContract : KeyWrapperContract
{
    protected override ValueTask<IKeyWrapper> CreateWrapperAsync() => ValueTask.FromResult<IKeyWrapper>(new InMemoryKeys());
}

[Proves(typeof(InMemoryKeys))]
public sealed class InMemoryProviderContract : KeyProviderContract
{
    protected override ValueTask<IKeyProvider> CreateProviderAsync() => ValueTask.FromResult<IKeyProvider>(new InMemoryKeys());
}

internal sealed class StrictPolicy : IDispositionPolicy
{
    public string Name => "strict";

    public PolicyHash Hash => new(new Digest256(1, 2));

    public ImmutableHashSet<Disposition> Uses => [Disposition.Redact, Disposition.Keep];

    public Disposition Decide(Finding finding, DecisionContext context) => finding.Category == PhiCategory.State ? Disposition.Keep : Disposition.Redact;
}

internal sealed class SoundRedactor : IRedactor
{
    public Disposition Serves => Disposition.Redact;

    public ImmutableArray<PhiCategory> Categories => [];

    public ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<Replacement?>(Replacement.Label(target.Finding.Category));
}

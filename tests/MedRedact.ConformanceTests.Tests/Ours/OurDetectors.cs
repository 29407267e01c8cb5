using MedRedact.Detection;
using MedRedact.Ink;

namespace MedRedact.ConformanceTests.Tests;

[Proves(typeof(TextRules))]
public sealed class OurTextRules : PhiDetectorContract
{
    protected override IPhiDetector CreateDetector() => new TextRules();
}

[Proves(typeof(IdentifierRules))]
public sealed class OurIdentifierRules : PhiDetectorContract
{
    protected override IPhiDetector CreateDetector() => new IdentifierRules();
}

[Proves(typeof(DateRules))]
public sealed class OurDateRules : PhiDetectorContract
{
    protected override IPhiDetector CreateDetector() => new DateRules();
}

[Proves(typeof(NameRules))]
public sealed class OurNameRules : PhiDetectorContract
{
    protected override IPhiDetector CreateDetector() => new NameRules();
}

[Proves(typeof(PlaceRules))]
public sealed class OurPlaceRules : PhiDetectorContract
{
    protected override IPhiDetector CreateDetector() => new PlaceRules();
}

[Proves(typeof(KnownPatientDetector))]
public sealed class OurKnownPatientDetector : PhiDetectorContract
{
    protected override IPhiDetector CreateDetector() => new KnownPatientDetector();
}

[Proves(typeof(UnreadInk))]
public sealed class OurUnreadInk : PhiDetectorContract
{
    // A consent has handwriting that no word explains.
    protected override Synthesis.SyntheticRecord Example { get; } = Synthesis.SyntheticRecords.Create(Synthesis.DocumentKind.Consent, seed: 17);

    protected override IPhiDetector CreateDetector() => new UnreadInk();
}

[Proves(typeof(ClinicalTagger))]
public sealed class OurClinicalTagger : PhiDetectorContract
{
    protected override IPhiDetector CreateDetector() => new ClinicalTagger();
}

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

[Proves(typeof(FormTemplates))]
public sealed class OurFormTemplates : PhiDetectorContract
{
    /// <summary>A template of the example's own page: two words that stand on it once, and a zone beside them.</summary>
    protected override IPhiDetector CreateDetector()
    {
        Synthesis.SyntheticPage page = Example.DrawPages(new Synthesis.DrawOptions { Dpi = 100 })[0];
        Synthesis.TruthWord[] words = [.. page.Words.Where(word => word.Text.Length >= 7 && word.Text.All(char.IsAsciiLetter) && page.Words.Count(other => other.Text.Equals(word.Text, StringComparison.OrdinalIgnoreCase)) == 1)];
        string anchors = string.Join(", ", new[] { words[0], words[^1] }.Select((word, index) => $$"""{ "id": "a{{index}}", "text": "{{word.Text}}", "box": [{{word.Box.Left}}, {{word.Box.Top}}, {{word.Box.Width}}, {{word.Box.Height}}] }"""));
        string file = $$"""{ "name": "forms", "version": "1.0", "templates": [ { "id": "example", "anchors": [ {{anchors}} ], "zones": [ { "id": "field", "category": "name", "box": [100, 200, 300, 40] } ] } ] }""";
        return new FormTemplates([FormTemplateFile.Parse(System.Text.Encoding.UTF8.GetBytes(file))]);
    }
}

[Proves(typeof(ClinicalTagger))]
public sealed class OurClinicalTagger : PhiDetectorContract
{
    protected override IPhiDetector CreateDetector() => new ClinicalTagger();
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MedRedact.Layout;

namespace MedRedact.Detection;

/// <summary>Runs recognizers over one scan of a text and turns their hits into findings.</summary>
internal static class RecognizerRunner
{
    public static ITextRecognizer[] Identifiers { get; } = [new LabelledIdentifiers(), new ShapedNumbers(), new Codes()];
    public static ITextRecognizer[] Dates { get; } = [new Dates(), new Ages()];
    public static ITextRecognizer[] Names { get; } = [new Names()];
    public static ITextRecognizer[] Places { get; } = [new Facilities(), new Organizations(), new Streets(), new Places()];
    public static ITextRecognizer[] Rules { get; } = [.. Identifiers, .. Dates, .. Names, .. Places];

    /// <summary>The rules, then the tagger, which sees their hits.</summary>
    public static ITextRecognizer[] All { get; } = WithModelOnItsWay([.. Rules, SpanTagger.Default]);

    /// <summary>The model is read on another thread while the first scan reads the words: together they are most of what a first call takes. Should it be damaged,
    /// the tagger says so when it needs it.</summary>
    private static ITextRecognizer[] WithModelOnItsWay(ITextRecognizer[] recognizers)
    {
        _ = Task.Run(static () => TaggerModel.Default);
        return recognizers;
    }

    public static ImmutableArray<Finding> Run(PageView page, DetectorInfo detector, ITextRecognizer[] recognizers, RuleSet? rules = null)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        Run(page.Text, TextLayer.Recognized, detector.Id, recognizers, rules, findings);
        if (page.NativeText is { } native)
            Run(native, TextLayer.Native, detector.Id, recognizers, rules, findings);
        return findings.ToImmutable();
    }

    public static void Run(
        ReadOnlySpan<char> text, PageLayout? layout, TextLayer layer, DetectorId detector, ITextRecognizer[] recognizers, RuleSet? rules, ImmutableArray<Finding>.Builder findings)
    {
        if (text.IsEmpty)
            return;
        using ScanBuffer buffer = ScanBuffer.Rent();
        TextScan scan = buffer.Scan(text, layout, rules);
        Recognize(scan, buffer, recognizers, rules);
        buffer.Hits.TakeInitials(scan.Text);
        buffer.Hits.DropGuessesUnderLabels();
        if (rules is not null)
            RuleVerdicts.Settle(rules, scan, buffer.Hits);
        for (int i = 0; i < buffer.Hits.Count; i++)
            findings.Add(ToFinding(buffer, buffer.Hits[i], layer, detector));
    }

    /// <summary>All recognizers on one text, then, on the same scan, what they are certain of and what the caller knows.</summary>
    public static void RunAll(
        ReadOnlySpan<char> text, KnownPatient? known, DetectorId detector, ITextRecognizer[] recognizers, RuleSet? rules, ImmutableArray<Finding>.Builder findings)
    {
        if (text.IsEmpty)
            return;
        using ScanBuffer buffer = ScanBuffer.Rent();
        TextScan scan = buffer.Scan(text, rules: rules);
        Recognize(scan, buffer, With(recognizers, rules), rules);
        buffer.Hits.TakeInitials(scan.Text);
        buffer.Hits.DropGuessesUnderLabels();
        if (rules is not null)
            RuleVerdicts.Settle(rules, scan, buffer.Hits);

        var certain = new ValueSearch();
        int count = buffer.Hits.Count;
        for (int i = 0; i < count; i++)
        {
            Hit hit = buffer.Hits[i];
            CertainValues.Add(certain, scan.Text[hit.Start..hit.End], hit.Category, hit.Confidence, hit.RuleId);
        }

        certain.Search(scan, buffer.Hits, Rule.Propagated);
        KnownPatientDetector.Search(known).Search(scan, buffer.Hits, Rule.KnownPatient);
        for (int i = 0; i < buffer.Hits.Count; i++)
            findings.Add(ToFinding(buffer, buffer.Hits[i], TextLayer.Recognized, detector));
    }

    /// <summary>All recognizers on the text as it stands; the rules once more on paragraphs that a margin broke. The tagger, which may drop hits, knows ends of lines itself.</summary>
    private static void Recognize(in TextScan scan, ScanBuffer buffer, ITextRecognizer[] recognizers, RuleSet? rules)
    {
        foreach (ITextRecognizer recognizer in recognizers)
            recognizer.Recognize(scan, buffer.Hits);
        foreach ((int First, int End) run in buffer.Runs)
        {
            TextScan joined = buffer.Joined(scan, run, rules);
            foreach (ITextRecognizer recognizer in recognizers)
            {
                if (recognizer is not SpanTagger)
                    recognizer.Recognize(joined, buffer.Hits);
            }
        }
    }

    /// <summary>The recognizers, and those that a rule set declares.</summary>
    public static ITextRecognizer[] With(ITextRecognizer[] recognizers, RuleSet? rules) => rules is null ? recognizers : [.. recognizers, rules.Recognizer];

    private static void Run(
        PageText page, TextLayer layer, DetectorId detector, ITextRecognizer[] recognizers, RuleSet? rules, ImmutableArray<Finding>.Builder findings) =>
        page.Text.Read(
            (page.Layout, layer, detector, recognizers, rules, findings),
            static (text, state) => Run(text, UprightLayout.Of(state.Layout, text), state.layer, state.detector, state.recognizers, state.rules, state.findings));

    private static Finding ToFinding(ScanBuffer buffer, in Hit hit, TextLayer layer, DetectorId detector)
    {
        (int start, int end) = buffer.ToOriginal(hit.Start, hit.End);
        var location = new Location.Text(TextSpan.FromBounds(start, end), layer);

        // What no ground accounts for is the rule's own, so that contributions add up to the confidence.
        double own = Math.Round(hit.Confidence - hit.First.Contribution - hit.Second.Contribution - hit.Third.Contribution, 3);
        ReadOnlySpan<Ground> grounds = [hit.First, hit.Second, hit.Third];
        int count = own == 0 ? 0 : 1;
        foreach (Ground ground in grounds)
            count += ground.Rule == Rule.None ? 0 : 1;
        var evidence = new Evidence[count];
        count = 0;
        if (own != 0)
            evidence[count++] = new Evidence(hit.RuleId, location, own);
        foreach (Ground ground in grounds)
        {
            if (ground.Rule != Rule.None)
                evidence[count++] = new Evidence(Detection.Rules.IdOf(ground.Rule), At(buffer, ground, hit, location), Math.Round(ground.Contribution, 3));
        }

        return new Finding(hit.Category, location, Confidence.Of(hit.Confidence), detector, hit.RuleId) { Evidence = ImmutableCollectionsMarshal.AsImmutableArray(evidence) };
    }

    private static Location.Text? At(ScanBuffer buffer, Ground ground, in Hit hit, Location.Text location)
    {
        if (ground.End <= ground.Start)
            return null;
        if (ground.Start == hit.Start && ground.End == hit.End)
            return location;
        (int start, int end) = buffer.ToOriginal(ground.Start, ground.End);
        return new Location.Text(TextSpan.FromBounds(start, end), location.Layer);
    }
}

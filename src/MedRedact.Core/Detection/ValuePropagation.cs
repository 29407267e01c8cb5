using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>
/// What is certain on one page is looked for on all: names by each of their words, in any order and as recognition may have misread
/// them, numbers whatever separates their digits. A name that is also an ordinary word counts only as a whole.
/// </summary>
public sealed class ValuePropagation : IDocumentDetector
{
    /// <inheritdoc/>
    public DetectorInfo Info { get; } = new(new DetectorId("value-propagation"), new Version(1, 1), PhiTypes.All);

    /// <inheritdoc/>
    public IDocumentExamination Begin(KnownPatient? known) => new Examination(Info);

    private sealed class Examination(DetectorInfo info) : IDocumentExamination
    {
        private readonly ValueSearch _search = new();

        public ValueTask LearnAsync(PageView page, ImmutableArray<Finding> found, CancellationToken cancellationToken = default)
        {
            foreach (Finding finding in found)
                Learn(_search, page, finding);
            return ValueTask.CompletedTask;
        }

        public ValueTask<ImmutableArray<Finding>> FindAsync(PageView page, CancellationToken cancellationToken = default) => ValueTask.FromResult(
            _search.IsEmpty ? [] : RecognizerRunner.Run(page, info, [new Seeker(_search, Rule.Propagated)]));
    }

    private static void Learn(ValueSearch search, PageView page, Finding finding)
    {
        if (finding.Location is not Location.Text text)
            return;
        PageText? layer = text.Layer == TextLayer.Native ? page.NativeText : page.Text;
        layer?.Text.Read((search, text.Span, finding), static (all, state) =>
        {
            if (state.Span.End <= all.Length)
                CertainValues.Add(state.search, all.Slice(state.Span.Start, state.Span.Length), state.finding.Category, state.finding.Confidence.Value, state.finding.RuleId);
        });
    }

    /// <summary>A value search as a recognizer.</summary>
    internal sealed class Seeker(ValueSearch search, Rule rule) : ITextRecognizer
    {
        public void Recognize(in TextScan scan, HitList hits) => search.Search(scan, hits, rule);
    }
}

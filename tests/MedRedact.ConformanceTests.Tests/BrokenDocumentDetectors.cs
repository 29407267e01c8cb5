using System.Collections.Immutable;
using MedRedact.Detection;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>The propagation of values, wrong in one way.</summary>
internal sealed class BrokenDocumentDetector : IDocumentDetector
{
    private readonly ValuePropagation _sound = new();
    private IDocumentExamination? _only;
    private int _asked;

    public DetectorInfo Info => _sound.Info;

    public Func<Finding, int, Finding> Spoils { get; init; } = static (finding, _) => finding;

    /// <summary>One examination for all documents.</summary>
    public bool MixesDocuments { get; init; }

    /// <summary>Learns only when it is asked, from a page that is gone by then.</summary>
    public bool LearnsLate { get; init; }

    public bool EatsCancellation { get; init; }

    public bool Prints { get; init; }

    public IDocumentExamination Begin(KnownPatient? known) =>
        new Examination(this, MixesDocuments ? _only ??= _sound.Begin(known) : _sound.Begin(known));

    private sealed class Examination(BrokenDocumentDetector detector, IDocumentExamination sound) : IDocumentExamination
    {
        private readonly List<(PageView Page, ImmutableArray<Finding> Found)> _later = [];

        public async ValueTask LearnAsync(PageView page, ImmutableArray<Finding> found, CancellationToken cancellationToken = default)
        {
            if (detector.EatsCancellation && cancellationToken.IsCancellationRequested)
                throw new InvalidOperationException("Something went wrong.");
            if (detector.Prints)
                Console.WriteLine(page.Text.Text.Read(0, static (text, _) => text.ToString()));
            if (detector.LearnsLate)
                _later.Add((page, found));
            else
                await sound.LearnAsync(page, found, cancellationToken);
        }

        public async ValueTask<ImmutableArray<Finding>> FindAsync(PageView page, CancellationToken cancellationToken = default)
        {
            foreach ((PageView earlier, ImmutableArray<Finding> found) in _later)
                await sound.LearnAsync(earlier, found, cancellationToken);
            _later.Clear();
            int call = Interlocked.Increment(ref detector._asked);
            return [.. (await sound.FindAsync(page, cancellationToken)).Select(finding => detector.Spoils(finding, call))];
        }
    }
}

/// <summary>The propagation of values passes.</summary>
[Proves(typeof(ValuePropagation))]
public sealed class OurValuePropagation : DocumentDetectorContract
{
    protected override IDocumentDetector CreateDetector() => new ValuePropagation();
}

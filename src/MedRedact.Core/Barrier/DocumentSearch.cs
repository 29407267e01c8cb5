using System.Collections.Immutable;
using MedRedact.Ingestion;

namespace MedRedact.Barrier;

/// <summary>The document detectors at work on one document: what they throw becomes a code, and what they answer is checked.</summary>
internal sealed class DocumentSearch
{
    private readonly ImmutableArray<IDocumentExamination> _examinations;

    public DocumentSearch(ImmutableArray<IDocumentDetector> detectors, KnownPatient? known) =>
        _examinations = [.. detectors.Select(detector => DetectorCall.Begin(detector, known))];

    public async ValueTask LearnAsync(RecognizedPage page, ImmutableArray<Finding> found, CancellationToken cancellationToken)
    {
        foreach (IDocumentExamination examination in _examinations)
            await DetectorCall.LearnAsync(examination, page, found, cancellationToken);
    }

    /// <summary>What the pages learned so far reveal on this one, which may be one of them or a page read again; several pages at once.</summary>
    public async ValueTask<ImmutableArray<Finding>> FindAsync(RecognizedPage page, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<Finding>();
        foreach (IDocumentExamination examination in _examinations)
            found.AddRange(await DetectorCall.FindAsync(examination, page, cancellationToken));
        return found.ToImmutable();
    }
}

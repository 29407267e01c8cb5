using System.Collections.Immutable;
using MedRedact.Barrier;
using MedRedact.Detection;

namespace MedRedact.Ingestion;

/// <summary>Examines a clean page that was read again: with all detectors that need no pixels, with what its document revealed, and with what the answer reveals about itself.</summary>
internal sealed class PageExamination(CompiledPipeline pipeline)
{
    /// <summary>Examines the page.</summary>
    /// <param name="document">The document behind the barrier.</param>
    /// <param name="recognized">What was read; taken over, and disposed on a fault.</param>
    /// <param name="cancellationToken">Stops the examination.</param>
    public async ValueTask<ExaminedPage> ExamineAsync(ExaminedDocument document, RecognizedPage recognized, CancellationToken cancellationToken)
    {
        try
        {
            KnownPatient? known = document.Run.Request.KnownPatient;
            var found = ImmutableArray.CreateBuilder<Finding>();
            foreach (IPhiDetector detector in pipeline.Detectors.Where(detector => !detector.Info.NeedsPixels))
                found.AddRange(await DetectorCall.ExamineAsync(detector, recognized, image: null, known, cancellationToken));

            var own = new DocumentSearch(pipeline.DocumentDetectors, known);
            await own.LearnAsync(recognized, found.ToImmutable(), cancellationToken);
            found.AddRange(await document.Search.FindAsync(recognized, cancellationToken));
            found.AddRange(await own.FindAsync(recognized, cancellationToken));
            return new ExaminedPage(recognized, FindingMerger.Merge(found.ToImmutable()));
        }
        catch
        {
            recognized.Dispose();
            throw;
        }
    }
}

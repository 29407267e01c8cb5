using System.Collections.Immutable;
using MedRedact.Detection;
using MedRedact.Redaction;

namespace MedRedact.Ingestion;

/// <summary>A redacted page and what was found out about it.</summary>
/// <param name="Page">The clean page.</param>
/// <param name="ReviewAsked">Whether the policy sends it to review.</param>
/// <param name="Residue">What the residue check found, if anything.</param>
/// <param name="Removed">What was removed. PHI.</param>
internal sealed record RedactionResult(RedactedPage Page, bool ReviewAsked, HoldReason? Residue, ImmutableArray<RemovedValue> Removed)
{
    /// <summary>How native and recognized text differ, where the page has both.</summary>
    public LayerFigures? Layers { get; init; }
}

/// <summary>Applies the policy to one page and checks that nothing remains. What the check finds is redacted as well, on the original pixels, and checked
/// again; only what then remains withholds the page.</summary>
internal sealed class PageRedaction(RedactionApplier applier, ResidueCheck residue)
{
    // A first repetition takes what was read only beside the boxes; a second what was read only beside those.
    private const int MostRepetitions = 2;

    /// <summary>Redacts a page.</summary>
    /// <param name="document">The document behind the barrier.</param>
    /// <param name="page">The examined page.</param>
    /// <param name="open">Opens its pixels, once for each application; they are taken over.</param>
    /// <param name="cancellationToken">Stops the redaction.</param>
    /// <returns>The clean page; the caller owns it.</returns>
    public async ValueTask<RedactionResult> RedactAsync(
        ExaminedDocument document, ExaminedPage page, Func<CancellationToken, ValueTask<Raster>> open, CancellationToken cancellationToken)
    {
        ImmutableArray<Finding> findings = page.Findings;
        for (int repetition = 0; ; repetition++)
        {
            // Shares the text of the page, which its owner disposes.
            ExaminedPage examined = repetition == 0 ? page : new ExaminedPage(page.Recognized, findings);

            // What was found only now counts like what was found before.
            ExaminedDocument known = repetition == 0 || document.Found.IsEmpty ? document : document with { Found = document.Found.AddRange(FoundText.All(examined)) };
            (RedactionResult result, Residue? remains) = await ApplyAsync(known, examined, await open(cancellationToken), cancellationToken);
            if (remains is null || remains.Leftovers.IsEmpty || repetition == MostRepetitions)
                return result;

            result.Page.Dispose();
            findings = FindingMerger.Merge(findings.Concat(remains.AsFindings(page.Text)));
        }
    }

    private async ValueTask<(RedactionResult Result, Residue? Remains)> ApplyAsync(
        ExaminedDocument document, ExaminedPage page, Raster original, CancellationToken cancellationToken)
    {
        var subject = new RedactionSubject(document.Run.Request.Tenant, document.Run.Scope, document.Subject, document.Run.Request.Purpose)
        {
            SubjectId = document.SubjectId,
            Found = document.Found,
            BlockSide = document.Run.Inspection.BlockSide,
        };
        AppliedRedaction applied = await applier.ApplyAsync(page, original, subject, cancellationToken) with { Languages = page.Recognized.Languages };
        try
        {
            Residue? remains = await residue.CheckAsync(applied, document.Certain, cancellationToken);
            return (new RedactionResult(applied.Page, applied.ReviewAsked, remains?.Reason, applied.Removed) { Layers = applied.Layers }, remains);
        }
        catch
        {
            applied.Page.Dispose();
            throw;
        }
    }
}

using System.Collections.Immutable;
using MedRedact.Redaction;

namespace MedRedact.Ingestion;

/// <summary>A redacted page and what was found out about it.</summary>
/// <param name="Page">The clean page.</param>
/// <param name="ReviewAsked">Whether the policy sends it to review.</param>
/// <param name="Residue">What the residue check found, if anything.</param>
/// <param name="Removed">What was removed. PHI.</param>
internal sealed record RedactionResult(RedactedPage Page, bool ReviewAsked, HoldReason? Residue, ImmutableArray<RemovedValue> Removed);

/// <summary>Applies the policy to one page and checks that nothing remains.</summary>
internal sealed class PageRedaction(RedactionApplier applier, ResidueCheck residue)
{
    /// <summary>Redacts a page.</summary>
    /// <param name="document">The document behind the barrier.</param>
    /// <param name="page">The examined page.</param>
    /// <param name="original">Its pixels; taken over.</param>
    /// <param name="cancellationToken">Stops the redaction.</param>
    /// <returns>The clean page; the caller owns it.</returns>
    public async ValueTask<RedactionResult> RedactAsync(
        ExaminedDocument document, ExaminedPage page, Raster original, CancellationToken cancellationToken)
    {
        var subject = new RedactionSubject(document.Run.Request.Tenant, document.Run.Scope, document.Subject, document.Run.Request.Purpose);
        AppliedRedaction applied = await applier.ApplyAsync(page, original, subject, cancellationToken);
        try
        {
            HoldReason? remains = await residue.CheckAsync(applied, document.Certain, cancellationToken);
            return new RedactionResult(applied.Page, applied.ReviewAsked, remains, applied.Removed);
        }
        catch
        {
            applied.Page.Dispose();
            throw;
        }
    }
}

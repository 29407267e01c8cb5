using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>Whether a hold covers a document. What is not known counts as covered.</summary>
internal sealed class HoldCheck(ILegalHolds holds, IDocumentSubjects? subjects)
{
    public async ValueTask<bool> IsHeldAsync(TenantId tenant, DocumentId document, CancellationToken cancellationToken)
    {
        ImmutableArray<LegalHold> standing = await holds.ListAsync(tenant, cancellationToken);
        if (standing.Any(hold => hold.Target is HoldTarget.OfDocument one ? one.Document == document : hold.Target is not HoldTarget.OfSubject))
            return true;

        HoldTarget.OfSubject[] held = [.. standing.Select(hold => hold.Target).OfType<HoldTarget.OfSubject>()];
        if (held.Length == 0)
            return false;

        SubjectId? subject = subjects is null ? null : await subjects.FindAsync(tenant, document, cancellationToken);
        return subject is not { } known || held.Any(each => each.Subject == known);
    }

    /// <summary>Whether any hold of the tenant could cover a document of which nothing else is known.</summary>
    public static bool MayBeHeld(ImmutableArray<LegalHold> standing, DocumentId document) =>
        standing.Any(hold => hold.Target is not HoldTarget.OfDocument one || one.Document == document);
}

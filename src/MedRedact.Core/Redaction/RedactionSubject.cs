using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Whose page is redacted, and why.</summary>
/// <param name="Tenant">Whose record it is.</param>
/// <param name="Scope">Where one value keeps one token.</param>
/// <param name="Subject">The patient's known or reconciled MRN, else the document's id: one subject has one date offset.</param>
/// <param name="Purpose">The purpose of the ingestion.</param>
internal sealed record RedactionSubject(TenantId Tenant, TokenScope Scope, Phi<string> Subject, PurposeOfUse Purpose)
{
    /// <summary>Whose keys close what belongs to this subject alone; <see langword="null"/> where no record number is known.</summary>
    public SubjectId? SubjectId { get; init; }

    /// <summary>All values that were found in the document, where something is to be invented; empty: those of the page.</summary>
    public ImmutableArray<Phi<string>> Found { get; init; } = [];

    /// <summary>The side of the blocks in which lossy compression coded the page; 0: none.</summary>
    public int BlockSide { get; init; }
}

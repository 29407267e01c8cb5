using System.Collections.Immutable;

namespace MedRedact;

/// <summary>A capability: it says which disposition it serves and is asked only where the policy decided for that one. Thread-safe.</summary>
/// <remarks>It proposes what stands in a finding's place; the core applies it. A redactor that throws, or whose proposal the residue check refuses, leaves a label there instead.</remarks>
public interface IRedactor
{
    /// <summary>The disposition it serves.</summary>
    Disposition Serves { get; }

    /// <summary>The categories it serves, classes included with their sub-categories; empty: all.</summary>
    ImmutableArray<PhiCategory> Categories { get; }

    /// <summary>Proposes a replacement.</summary>
    /// <param name="target">What is replaced.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What should stand there, or <see langword="null"/> where it cannot tell: a label then stands there.</returns>
    ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default);
}

/// <summary>What is replaced.</summary>
/// <param name="Document">The document.</param>
/// <param name="Page">The page.</param>
/// <param name="Finding">The finding.</param>
/// <param name="Tenant">Whose record it is.</param>
/// <param name="Scope">Where one value keeps one token.</param>
/// <param name="Subject">Whose data it is: the patient's known or reconciled MRN, else the document's id. One subject has one date offset.</param>
/// <param name="Value">The text of the finding.</param>
public sealed record RedactionTarget(
    DocumentId Document, PageNumber Page, Finding Finding, TenantId Tenant, TokenScope Scope, Phi<string> Subject, Phi<string> Value)
{
    /// <summary>The purpose of the ingestion: pseudonyms of different purposes share nothing.</summary>
    public PurposeOfUse Purpose { get; init; }

    /// <summary>All values that were found in the document, as far as they are known, this one among them: what is invented must be none of them. Empty where nothing is to be invented. One array serves many targets.</summary>
    public ImmutableArray<Phi<string>> Found { get; init; } = [];
}

using System.Collections.Immutable;

namespace MedRedact;

/// <summary>What becomes of one finding. The zero value is the safe one; an unknown value is handled as zero.</summary>
public enum Disposition
{
    /// <summary>Removed: a label, a mask or nothing stands there.</summary>
    Redact = 0,

    /// <summary>A token that only the vault can reverse stands there.</summary>
    Tokenize,

    /// <summary>A less precise value stands there: a year, three ZIP digits, "90+".</summary>
    Generalize,

    /// <summary>A date moved by the patient's secret offset stands there. Not Safe Harbor.</summary>
    ShiftDate,

    /// <summary>A realistic invented value stands there.</summary>
    Surrogate,

    /// <summary>Redacted, and the page waits for a person; without a review step it is withheld.</summary>
    Review,

    /// <summary>It stays.</summary>
    Keep,

    /// <summary>A random token that nobody can reverse stands there: nothing is kept of it.</summary>
    TokenizeOneWay,

    /// <summary>A keyed pseudonym stands there, the same within one tenant, purpose of use and scope. Not Safe Harbor.</summary>
    Pseudonym,

    /// <summary>A number of the same form stands there, enciphered. Not Safe Harbor.</summary>
    FormatPreserving,
}

/// <summary>The only decider of dispositions. Pure and thread-safe.</summary>
public interface IDispositionPolicy
{
    /// <summary>Its name, as pipelines name it, e.g. <c>safe-harbor</c>.</summary>
    string Name { get; }

    /// <summary>The hash of everything it decides by; goes into every manifest and receipt.</summary>
    PolicyHash Hash { get; }

    /// <summary>The dispositions it may decide: checked at start against the capabilities a pipeline registered.</summary>
    ImmutableHashSet<Disposition> Uses { get; }

    /// <summary>Whether the other pages of a document may leave when one of its pages could not be read. By default they may not:
    /// what the missing page names could not be searched for on the others.</summary>
    bool ReleasesIncompleteDocuments => false;

    /// <summary>Decides one finding.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="context">On what document, for what purpose.</param>
    /// <returns>What becomes of it.</returns>
    Disposition Decide(Finding finding, DecisionContext context);
}

/// <summary>The hash of a policy.</summary>
/// <param name="Value">SHA-256 of the policy file as it was loaded.</param>
public readonly record struct PolicyHash(Digest256 Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>On what a policy decides, beside the finding itself.</summary>
/// <param name="DocumentType">The type of the document, if known.</param>
/// <param name="Page">The page the finding is on.</param>
/// <param name="Purpose">The purpose of the ingestion.</param>
public sealed record DecisionContext(DocumentType? DocumentType, PageNumber Page, PurposeOfUse Purpose);

using System.Collections.Immutable;

namespace MedRedact.Policies;

/// <summary>One rule of a policy file.</summary>
/// <param name="Categories">What it decides: classes, which cover their sub-categories, or sub-categories.</param>
/// <param name="DocumentTypes">On which types of document; empty: on all.</param>
/// <param name="Disposition">What becomes of such findings.</param>
/// <param name="Line">Where the rule stands in its file, 1-based.</param>
public sealed record PolicyRule(
    ImmutableArray<PhiCategory> Categories, ImmutableArray<DocumentType> DocumentTypes, Disposition Disposition, int Line)
{
    /// <summary>Where the rule begins, for faults.</summary>
    internal TextPlace Place { get; init; }
}

/// <summary>What a policy file says, before it was checked as a whole.</summary>
internal sealed class PolicyDraft
{
    public string? Name { get; set; }

    public Version? Version { get; set; }

    public string Description { get; set; } = "";

    public PolicyStandard? Standard { get; set; }

    public Disposition? Default { get; set; }

    public string? Zip3 { get; set; }

    public bool ReleasesIncompleteDocuments { get; set; }

    public ImmutableArray<PolicyRule>? Rules { get; set; }
}

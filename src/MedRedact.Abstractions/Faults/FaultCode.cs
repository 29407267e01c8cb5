namespace MedRedact;

/// <summary>A stable, documented, PHI-free code such as <c>MR-OCR-003</c>, for faults that are thrown.</summary>
/// <param name="Value">The code, <c>MR-XXX-NNN</c>.</param>
public readonly record struct FaultCode(string Value)
{
    /// <summary>The code, checked against <c>MR-XXX-NNN</c>.</summary>
    public string Value { get; } = CodeGrammar.Check(Value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>Why a page is withheld or held: a code of the same grammar as a fault's.</summary>
/// <param name="Code">The code, <c>MR-XXX-NNN</c>.</param>
public readonly record struct HoldReason(string Code)
{
    /// <summary>The code, checked against <c>MR-XXX-NNN</c>.</summary>
    public string Code { get; } = CodeGrammar.Check(Code);

    /// <inheritdoc/>
    public override string ToString() => Code ?? "";
}

/// <summary>Why a document is rejected before any decoder opened it: a code of the same grammar as a fault's.</summary>
/// <param name="Value">The code, <c>MR-SRC-NNN</c>.</param>
public readonly record struct RejectionCode(string Value)
{
    /// <summary>The code, checked against <c>MR-XXX-NNN</c>.</summary>
    public string Value { get; } = CodeGrammar.Check(Value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

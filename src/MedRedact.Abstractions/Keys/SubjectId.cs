namespace MedRedact;

/// <summary>Whose data something is: a keyed digest of the person's record number within a tenant. It names nobody to whoever lacks the key.</summary>
/// <param name="Value">HMAC-SHA-256 of the canonical record number.</param>
public readonly record struct SubjectId(Digest256 Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Puts a label such as <c>[NAME]</c> in a value's place; its length says nothing about the value.</summary>
public sealed class LabelRedactor : IRedactor
{
    /// <inheritdoc/>
    public Disposition Serves => Disposition.Redact;

    /// <inheritdoc/>
    public ImmutableArray<PhiCategory> Categories => [];

    /// <inheritdoc/>
    public ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return ValueTask.FromResult<Replacement?>(Replacement.Label(target.Finding.Category));
    }
}

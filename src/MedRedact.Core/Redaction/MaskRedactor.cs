using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Puts eight <c>█</c> in a value's place, whatever its length.</summary>
public sealed class MaskRedactor : IRedactor
{
    /// <inheritdoc/>
    public Disposition Serves => Disposition.Redact;

    /// <inheritdoc/>
    public ImmutableArray<PhiCategory> Categories => [];

    /// <inheritdoc/>
    public ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<Replacement?>(Replacement.Mask());
}

using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Pools ages over 89 as <c>90+</c> (45 CFR 164.514(b)(2)(i)(C)).</summary>
public sealed class AgeOver89 : IRedactor
{
    /// <summary>The one category that all ages over 89 share.</summary>
    internal const string Pooled = "90+";

    /// <inheritdoc/>
    public Disposition Serves => Disposition.Generalize;

    /// <inheritdoc/>
    public ImmutableArray<PhiCategory> Categories { get; } = [PhiCategory.AgeOver89];

    /// <inheritdoc/>
    public ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<Replacement?>(Replacement.Free(Pooled));
}

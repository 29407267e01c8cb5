using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>Numbers, codes and addresses that identify: by their label, their shape and their check digit.</summary>
public sealed class IdentifierRules : IPhiDetector
{
    /// <inheritdoc/>
    public DetectorInfo Info { get; } = new(new DetectorId("identifier-rules"), new Version(1, 0), PhiTypes.All);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(RecognizerRunner.Run(page, Info, RecognizerRunner.Identifiers));
    }
}

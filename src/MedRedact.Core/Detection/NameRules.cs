using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>Names of people.</summary>
public sealed class NameRules : IPhiDetector
{
    /// <inheritdoc/>
    public DetectorInfo Info { get; } = new(new DetectorId("name-rules"), new Version(1, 0), PhiTypes.All);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(RecognizerRunner.Run(page, Info, RecognizerRunner.Names));
    }
}

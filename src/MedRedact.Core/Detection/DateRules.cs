using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>Dates in every form, and ages; a year alone is none.</summary>
public sealed class DateRules : IPhiDetector
{
    /// <inheritdoc/>
    public DetectorInfo Info { get; } = new(new DetectorId("date-rules"), new Version(1, 0), PhiTypes.All);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(RecognizerRunner.Run(page, Info, RecognizerRunner.Dates));
    }
}

using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>All text rules over one scan of the page: identifiers, dates and ages, names, places. Registering this one costs less than registering the four apart.</summary>
public sealed class TextRules : IPhiDetector
{
    /// <inheritdoc/>
    public DetectorInfo Info { get; } = new(new DetectorId("text-rules"), new Version(1, 0), PhiTypes.All);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(RecognizerRunner.Run(page, Info, RecognizerRunner.All));
    }
}

using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>Street addresses, cities, states, ZIP codes, hospitals and other organizations, professions.</summary>
public sealed class PlaceRules : IPhiDetector
{
    private readonly RuleSet? _rules;

    /// <summary>Makes the detector.</summary>
    /// <param name="rules">Files of your own rules, whose labels, allow lists and thresholds work in the same scan; none by default.</param>
    /// <exception cref="DetectionFileException">Two files use one name (<c>MR-DET-106</c>), or have too many recognizers or phrases together (<c>MR-DET-109</c>).</exception>
    public PlaceRules(IEnumerable<DetectionRules>? rules = null)
    {
        DetectionRules[] files = rules?.ToArray() ?? [];
        _rules = RuleSet.Of(files);
        Info = new DetectorInfo(new DetectorId("place-rules"), HashedVersion.Of(new Version(1, 1), files.Select(file => file.Hash)), RuleSet.Categories(_rules));
    }

    /// <inheritdoc/>
    public DetectorInfo Info { get; }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(RecognizerRunner.Run(page, Info, RecognizerRunner.Places, _rules));
    }
}

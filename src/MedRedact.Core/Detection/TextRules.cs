using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>All text rules over one scan of the page: identifiers, dates and ages, names, places. Registering this one costs less than registering the four apart.</summary>
public sealed class TextRules : IPhiDetector
{
    private readonly RuleSet? _rules;
    private readonly ITextRecognizer[] _recognizers;

    /// <summary>Makes the detector.</summary>
    /// <param name="rules">Files of your own rules, whose recognizers, labels, lists and thresholds work in the same scan; none by default.</param>
    /// <exception cref="DetectionFileException">Two files use one name (<c>MR-DET-106</c>), or have too many recognizers or phrases together (<c>MR-DET-109</c>).</exception>
    public TextRules(IEnumerable<DetectionRules>? rules = null)
    {
        DetectionRules[] files = rules?.ToArray() ?? [];
        _rules = RuleSet.Of(files);
        _recognizers = RecognizerRunner.With(RecognizerRunner.All, _rules);
        Info = new DetectorInfo(new DetectorId("text-rules"), HashedVersion.Of(new Version(1, 4), [TaggerModelFile.EmbeddedHash(), .. files.Select(file => file.Hash)]), RuleSet.Categories(_rules));
    }

    /// <inheritdoc/>
    /// <remarks>The last parts of the version come from the hashes of the tagger's model and of the files, in this order, so that a manifest says by what was judged.</remarks>
    public DetectorInfo Info { get; }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(RecognizerRunner.Run(page, Info, _recognizers, _rules));
    }
}

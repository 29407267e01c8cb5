using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>Detection on a plain text, without pages: all rules and the tagger, then the search for what was certain once, then the merger.</summary>
public static class TextDetection
{
    /// <summary>The id that findings made here carry.</summary>
    public static DetectorId Detector { get; } = new("text-rules");

    /// <summary>Finds what may identify somebody in a text. Thread-safe; takes time in proportion to the text's length.</summary>
    /// <param name="text">Any UTF-16 text.</param>
    /// <param name="known">What the caller knows about the patient, if anything.</param>
    /// <returns>Findings in positions of <paramref name="text"/>, disjoint and in order.</returns>
    public static ImmutableArray<Finding> Detect(ReadOnlySpan<char> text, KnownPatient? known = null) => Detect(text, known, RecognizerRunner.All);

    /// <summary>The same with a tagger of one's own in place of the one that ships.</summary>
    /// <param name="text">Any UTF-16 text.</param>
    /// <param name="known">What the caller knows about the patient, if anything.</param>
    /// <param name="tagger">The tagger.</param>
    /// <returns>Findings in positions of <paramref name="text"/>, disjoint and in order.</returns>
    public static ImmutableArray<Finding> Detect(ReadOnlySpan<char> text, KnownPatient? known, ClinicalTagger tagger)
    {
        ArgumentNullException.ThrowIfNull(tagger);
        return Detect(text, known, tagger.WithRules);
    }

    private static ImmutableArray<Finding> Detect(ReadOnlySpan<char> text, KnownPatient? known, ITextRecognizer[] recognizers)
    {
        var found = ImmutableArray.CreateBuilder<Finding>();
        RecognizerRunner.RunAll(text, known, Detector, recognizers, found);
        return FindingMerger.Merge(found);
    }
}

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
    /// <param name="rules">Rules of your own, which run together with the built-in ones.</param>
    /// <param name="tagger">A tagger of one's own in place of the one that ships.</param>
    /// <returns>Findings in positions of <paramref name="text"/>, disjoint and in order.</returns>
    public static ImmutableArray<Finding> Detect(
        ReadOnlySpan<char> text, KnownPatient? known = null, TextRuleSet? rules = null, ClinicalTagger? tagger = null)
    {
        var found = ImmutableArray.CreateBuilder<Finding>();
        RecognizerRunner.RunAll(text, known, Detector, tagger?.WithRules ?? RecognizerRunner.All, rules?.Rules, found);
        return FindingMerger.Merge(found);
    }
}

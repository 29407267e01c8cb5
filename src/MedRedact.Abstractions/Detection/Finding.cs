using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Where PHI was found, by what rule and on what grounds. Holds no text, so it may be logged, stored and audited.</summary>
/// <remarks>The core refuses a location outside the page.</remarks>
/// <param name="Category">What kind of identifier.</param>
/// <param name="Location">Where, on its page.</param>
/// <param name="Confidence">How sure.</param>
/// <param name="DetectorId">Who found it.</param>
/// <param name="RuleId">By which rule.</param>
public sealed record Finding(PhiCategory Category, Location Location, Confidence Confidence, DetectorId DetectorId, RuleId RuleId)
{
    /// <summary>The grounds: positions and contributions, no content.</summary>
    public ImmutableArray<Evidence> Evidence { get; init; } = [];
}

/// <summary>One ground of a finding.</summary>
/// <param name="Rule">What was seen, e.g. a label, a check digit, a name's frequency.</param>
/// <param name="At">Where, if at a place.</param>
/// <param name="Contribution">What it added to the confidence; negative where it lowered it.</param>
public readonly record struct Evidence(RuleId Rule, Location? At, double Contribution);

/// <summary>A stretch of one text layer, or an area where there is no text to trust: a face, a bar code, handwriting.</summary>
public abstract record Location
{
    private Location()
    {
    }

    /// <summary>A stretch of text.</summary>
    /// <param name="Span">Where in the layer's text.</param>
    /// <param name="Layer">Which text layer.</param>
    public sealed record Text(TextSpan Span, TextLayer Layer = TextLayer.Recognized) : Location;

    /// <summary>An area of the page: always painted over, never replaced.</summary>
    /// <param name="Box">Pixels of the original page.</param>
    public sealed record Area(Box Box) : Location;
}

/// <summary>A text layer of a page.</summary>
public enum TextLayer
{
    /// <summary>What the OCR engine read.</summary>
    Recognized = 0,

    /// <summary>The text a born-digital page brought along.</summary>
    Native,
}

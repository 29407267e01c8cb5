using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>What a redaction left.</summary>
/// <param name="Reason">Why the page must be withheld as it is.</param>
/// <param name="Leftovers">What was found, where its place is known.</param>
internal sealed record Residue(HoldReason Reason, ImmutableArray<Leftover> Leftovers)
{
    private static readonly DetectorId Id = new("residue-check");
    private static readonly RuleId Rule = new("residue.leftover");
    private static readonly Confidence Seen = Confidence.Of(0.9);

    /// <summary>The leftovers as findings, so that the page can be redacted with them.</summary>
    /// <remarks>The place itself goes, for it may have been read there only now, and every word of the page that stands on it goes whole.</remarks>
    /// <param name="text">The text of the page as it was read first.</param>
    public IEnumerable<Finding> AsFindings(PageText text)
    {
        foreach (Leftover left in Leftovers.Distinct())
        {
            LayoutWord[] words = [.. text.Words.Where(word => StandsOn(left.Box, word.Box))];
            foreach (LayoutWord word in words)
                yield return FindingAt(left, new Location.Text(word.Span));
            if (!words.Any(word => Covers(word.Box, left.Box)))
                yield return FindingAt(left, new Location.Area(left.Box));
        }
    }

    private static Finding FindingAt(Leftover left, Location location) => new(left.Category, location, Seen, Id, Rule);

    /// <summary>Whether the middle of either lies in the other.</summary>
    private static bool StandsOn(Box place, Box word) => !word.IsEmpty && (HoldsMiddle(place, word) || HoldsMiddle(word, place));

    private static bool HoldsMiddle(Box outer, Box inner) => outer.Overlaps(new Box(inner.Left + (inner.Width / 2), inner.Top + (inner.Height / 2), 1, 1));

    private static bool Covers(Box outer, Box inner) =>
        outer.Left <= inner.Left && outer.Top <= inner.Top && outer.Right >= inner.Right && outer.Bottom >= inner.Bottom;
}

/// <summary>A word of a removed value that can still be read.</summary>
/// <param name="Category">What the value is.</param>
/// <param name="Box">Where on the page.</param>
internal readonly record struct Leftover(PhiCategory Category, Box Box);

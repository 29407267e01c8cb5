using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>What became of a marked stretch. Zero is the worst.</summary>
public enum SpanOutcome
{
    /// <summary>No letter or digit of it was found.</summary>
    NotFound = 0,

    /// <summary>Some of its letters and digits were found, and some stay.</summary>
    InPart,

    /// <summary>All of it was found, as something else.</summary>
    WrongType,

    /// <summary>All of it was found as what it is.</summary>
    Found,

    /// <summary>It may be found or not.</summary>
    DontCare,
}

/// <summary>A marked stretch and what became of it.</summary>
/// <param name="Gold">The stretch.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="By">The first found stretch that touches it, as an index; -1 where none does.</param>
public readonly record struct GoldVerdict(GoldSpan Gold, SpanOutcome Outcome, int By);

/// <summary>A found stretch and whether it touches anything marked.</summary>
/// <param name="Found">The stretch.</param>
/// <param name="IsMarked">Whether it touches something marked; if not, it was redacted without need.</param>
public readonly record struct FoundVerdict(FoundSpan Found, bool IsMarked);

/// <summary>One document, judged. Holds no text.</summary>
/// <param name="Gold">Each marked stretch, in the order given.</param>
/// <param name="Found">Each found stretch, in order.</param>
/// <param name="PhiCharacters">Letters and digits of identifiers: how many were found, of how many.</param>
/// <param name="OtherCharacters">Characters that nobody marked, white space aside: how many were redacted, of how many.</param>
public sealed record DocumentScore(
    ImmutableArray<GoldVerdict> Gold, ImmutableArray<FoundVerdict> Found, Proportion PhiCharacters, Proportion OtherCharacters)
{
    /// <summary>Identifiers that stay, whole or in part.</summary>
    public int Leaks => Gold.Count(verdict => verdict.Outcome is SpanOutcome.NotFound or SpanOutcome.InPart);

    /// <summary>Whether anything in it had to be found.</summary>
    public bool HasPhi => Gold.Any(verdict => verdict.Outcome != SpanOutcome.DontCare);

    /// <summary>Stretches redacted without need.</summary>
    public int OverRedactions => Found.Count(verdict => !verdict.IsMarked);
}

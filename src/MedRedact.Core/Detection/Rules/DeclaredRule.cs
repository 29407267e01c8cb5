using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>What a hit of a user's rule carries: its own id and category, and the built-in kind that stands nearest.</summary>
internal sealed record DeclaredRule(RuleId Id, PhiCategory Category)
{
    public PhiKind Kind { get; } = PhiTypes.KindOf(Category);
}

/// <summary>A recognizer as its file declares it, checked and ready.</summary>
/// <param name="Rule">Its id and category.</param>
/// <param name="Shapes">What its values look like; none: any code that its label announces.</param>
/// <param name="Misread">Whether a letter that looks like a digit may stand for one.</param>
/// <param name="Check">The check that proves a value, if it has one.</param>
/// <param name="MustPass">Whether a value that the check disproves, in every reading, is let go.</param>
/// <param name="NeedsLabel">Whether only labelled values count.</param>
/// <param name="Score">The confidence of a value without a label.</param>
/// <param name="LabelledScore">The confidence of a value with one.</param>
internal sealed record DeclaredRecognizer(
    DeclaredRule Rule, ImmutableArray<Shape> Shapes, bool Misread, CheckRule? Check, bool MustPass, bool NeedsLabel, float Score, float LabelledScore);

/// <summary>Where the value of a recognizer's label stands.</summary>
internal enum LabelPlace : byte
{
    /// <summary>The label stands before its value, or above it as the heading of a column.</summary>
    Before = 0,

    /// <summary>The label follows its value.</summary>
    After,

    /// <summary>The label is the heading of its value's column and nothing else.</summary>
    Above,
}

/// <summary>A label phrase of a recognizer.</summary>
internal readonly record struct DeclaredLabel(int Recognizer, LabelPlace Place);

/// <summary>A phrase that is not PHI.</summary>
/// <param name="Categories">As which it may not be taken; empty: as any.</param>
internal sealed record AllowedPhrase(ImmutableArray<PhiCategory> Categories)
{
    public bool Covers(PhiCategory category) => Categories.IsEmpty || Categories.Any(category.IsA);
}

/// <summary>A phrase that always is.</summary>
internal sealed record DeniedPhrase(DeclaredRule Rule, float Score);

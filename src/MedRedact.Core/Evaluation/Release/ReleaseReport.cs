using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>What an evaluation of whole runs says.</summary>
/// <param name="Policy">The policy in force.</param>
/// <param name="OtherReader">Name and version of the reader that released pages were read with; <see langword="null"/> where there was none.</param>
/// <param name="Grades">The figures of each grade, in the order of the corpora.</param>
/// <param name="Kinds">The figures of each kind of document, all grades together.</param>
/// <param name="All">All together.</param>
public sealed record ReleaseReport(
    string Policy, string? OtherReader, ImmutableArray<GradeRelease> Grades, ImmutableArray<KindRelease> Kinds, ReleaseFigures All);

/// <summary>The figures of one corpus.</summary>
/// <param name="Grade">Its grade.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="Documents">Its documents with their pages, kept only where that was asked for and the corpus declares itself synthetic.</param>
public sealed record GradeRelease(string Grade, ReleaseFigures Figures, ImmutableArray<ShownDocument> Documents);

/// <summary>The figures of one kind of document.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Figures">Its figures.</param>
public sealed record KindRelease(string Kind, ReleaseFigures Figures);

/// <summary>A document that may be shown, for it is about nobody.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Code">Why it was not released.</param>
/// <param name="Pages">Its released pages.</param>
public sealed record ShownDocument(Phi<string> Id, DocumentVerdict Verdict, string? Code, ImmutableArray<ShownPage> Pages);

/// <summary>A released page, before and after.</summary>
public sealed class ShownPage
{
    internal ShownPage(
        int number, PageSize size, ImmutableArray<ShownPlace> places, ImmutableArray<Leak> leaks, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after) =>
        (Number, Size, Places, Leaks, Before, After) = (number, size, places, leaks, before, after);

    /// <summary>Its number in its document.</summary>
    public int Number { get; }

    internal PageSize Size { get; }

    internal ImmutableArray<ShownPlace> Places { get; }

    internal ImmutableArray<Leak> Leaks { get; }

    /// <summary>The page as it arrived, drawn smaller; a PNG file.</summary>
    internal ReadOnlyMemory<byte> Before { get; }

    /// <summary>The released page, drawn smaller.</summary>
    internal ReadOnlyMemory<byte> After { get; }
}

/// <summary>A place to be outlined.</summary>
/// <param name="Box">Where.</param>
/// <param name="Role">Why.</param>
/// <param name="Title">What to say of it.</param>
internal readonly record struct ShownPlace(Box Box, PlaceRole Role, string Title);

/// <summary>Why a place is outlined.</summary>
internal enum PlaceRole
{
    /// <summary>Something that must go and is gone.</summary>
    Gone = 0,

    /// <summary>Something that must go and of which something is left.</summary>
    Left,

    /// <summary>What was painted over.</summary>
    Painted,
}

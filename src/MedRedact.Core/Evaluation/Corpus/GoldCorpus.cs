using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>Scanned pages of which is known what they print, where, and what of it identifies somebody. Written as docs/formats/corpus.md says.</summary>
/// <param name="Grade">How worn the pages are, in 1 to 32 of <c>a-z 0-9 -</c>, e.g. <c>fax</c>; figures are given for each grade.</param>
/// <param name="IsSynthetic">Whether the corpus itself declares that it is about nobody: only then may a report show its pages.</param>
/// <param name="Records">Its documents, in order.</param>
public sealed record GoldCorpus(string Grade, bool IsSynthetic, ImmutableArray<GoldRecord> Records)
{
    /// <summary>The name of the file that makes a folder a corpus: <c>corpus.json</c>.</summary>
    public const string FileName = "corpus.json";
}

/// <summary>One document of a corpus.</summary>
/// <param name="Id">Its id; it may name a patient.</param>
/// <param name="Kind">What kind of paper it is, in 1 to 32 of <c>a-z 0-9 -</c>, e.g. <c>lab-report</c>.</param>
/// <param name="Files">The files that hold its pages, in order; each arrives as a document of its own.</param>
public sealed record GoldRecord(Phi<string> Id, string Kind, ImmutableArray<GoldFile> Files);

/// <summary>A file of a corpus.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Pages">All its pages, in order.</param>
public sealed record GoldFile(Phi<string> Path, ImmutableArray<GoldPage> Pages);

/// <summary>A page of which everything is known. Boxes are pixels of the upright page as it is decoded.</summary>
/// <param name="Size">Its size.</param>
/// <param name="Words">What it prints, in reading order.</param>
/// <param name="Marks">Ink that is not text.</param>
/// <param name="Identifiers">Values that identify somebody, whole or as far as they stand on this page.</param>
public sealed record GoldPage(PageSize Size, ImmutableArray<GoldWord> Words, ImmutableArray<GoldMark> Marks, ImmutableArray<GoldIdentifier> Identifiers);

/// <summary>A printed word.</summary>
/// <param name="Text">Its characters.</param>
/// <param name="Box">The rectangle of its ink.</param>
/// <param name="Category">What it belongs to; <see langword="null"/> for a word that nobody labelled.</param>
/// <param name="IsPhi">Whether some of it identifies somebody. A labelled word that does not (a state, a bare year) may stay or go.</param>
public sealed record GoldWord(Phi<string> Text, Box Box, PhiCategory? Category, bool IsPhi);

/// <summary>Ink that is not text: a barcode, a signature, a portrait, a check box.</summary>
/// <param name="Kind">What it is, in 1 to 32 of <c>a-z 0-9 -</c>.</param>
/// <param name="Box">The rectangle of its ink.</param>
/// <param name="IsPhi">Whether it must go.</param>
public sealed record GoldMark(string Kind, Box Box, bool IsPhi);

/// <summary>A value that identifies somebody.</summary>
/// <param name="Value">Its characters.</param>
/// <param name="Category">What it is.</param>
/// <param name="Words">The words of the page that print it, by their index.</param>
public sealed record GoldIdentifier(Phi<string> Value, PhiCategory Category, ImmutableArray<int> Words);

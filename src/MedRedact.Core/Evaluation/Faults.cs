using System.Globalization;

namespace MedRedact.Evaluation;

/// <summary>The codes of evaluation (<c>MR-EVA</c>).</summary>
public static class EvaluationFaults
{
    /// <summary>A line of a labelled set cannot be understood. What to do: write one JSON object a line with id, text and spans; offsets in code points, inside the text.</summary>
    public static FaultCode GoldLine { get; } = new("MR-EVA-001");

    /// <summary>Two documents of one labelled set have the same id, so one would hide the other. What to do: give every document an id of its own.</summary>
    public static FaultCode GoldIdTwice { get; } = new("MR-EVA-002");

    /// <summary>A corpus, or a truth file or page of it, cannot be opened. What to do: name a folder that holds corpus.json and the files that it names.</summary>
    public static FaultCode CorpusUnreadable { get; } = new("MR-EVA-003");

    /// <summary>A corpus, or a truth file of it, is not written as docs/formats/corpus.md says. What to do: write it so.</summary>
    public static FaultCode CorpusShape { get; } = new("MR-EVA-004");

    /// <summary>A page of a corpus has another size, or a file another number of pages, than its truth says, so that no box could be compared. What to do: write
    /// the truth for the page as it is decoded, upright.</summary>
    public static FaultCode CorpusPageDiffers { get; } = new("MR-EVA-005");

    /// <summary>A released page has another size than the original, or is not there, so that nothing could be compared. What to do: report it; figures over the
    /// other pages would flatter.</summary>
    public static FaultCode ReleasedPageDiffers { get; } = new("MR-EVA-006");

    internal static MedRedactException CorpusNotReadable(int document) => new(CorpusUnreadable, string.Create(
        CultureInfo.InvariantCulture, $"{At(document)} cannot be opened. Name a folder that holds corpus.json and the files that it names."));

    internal static MedRedactException CorpusNotUnderstood(int document) => new(CorpusShape, string.Create(
        CultureInfo.InvariantCulture, $"{At(document)} is not written as docs/formats/corpus.md says."));

    internal static MedRedactException PageDiffers() => new(CorpusPageDiffers,
        "A page of the corpus is not as large as its truth says, or a file has more or fewer pages. Write the truth for the page as it is decoded, upright.");

    internal static MedRedactException ReleaseDiffers() => new(ReleasedPageDiffers,
        "A released page is missing or has another size than its original: nothing can be compared. Please report it.");

    private static string At(int document) =>
        document == 0 ? "corpus.json" : string.Create(CultureInfo.InvariantCulture, $"The truth file, or a page, of document {document} of a corpus");

    internal static MedRedactException UnreadableLine(int line) => new(GoldLine, string.Create(
        CultureInfo.InvariantCulture,
        $"Line {line} of a labelled set is not a JSON object with \"id\", \"text\" and \"spans\" of \"start\", \"end\" (code points inside the text) and \"type\" (a label of A-Z, a-z, 0-9, _ and -)."));

    internal static MedRedactException SameId(int line) => new(GoldIdTwice, string.Create(
        CultureInfo.InvariantCulture, $"Line {line} of a labelled set has an id that an earlier line has. Give every document an id of its own."));
}

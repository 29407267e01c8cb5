using System.Globalization;

namespace MedRedact.Evaluation;

/// <summary>The codes of evaluation (<c>MR-EVA</c>).</summary>
public static class EvaluationFaults
{
    /// <summary>A line of a labelled set cannot be understood. What to do: write one JSON object a line with id, text and spans; offsets in code points, inside the text.</summary>
    public static FaultCode GoldLine { get; } = new("MR-EVA-001");

    /// <summary>Two documents of one labelled set have the same id, so one would hide the other. What to do: give every document an id of its own.</summary>
    public static FaultCode GoldIdTwice { get; } = new("MR-EVA-002");

    internal static MedRedactException UnreadableLine(int line) => new(GoldLine, string.Create(
        CultureInfo.InvariantCulture,
        $"Line {line} of a labelled set is not a JSON object with \"id\", \"text\" and \"spans\" of \"start\", \"end\" (code points inside the text) and \"type\" (a label of A-Z, a-z, 0-9, _ and -)."));

    internal static MedRedactException SameId(int line) => new(GoldIdTwice, string.Create(
        CultureInfo.InvariantCulture, $"Line {line} of a labelled set has an id that an earlier line has. Give every document an id of its own."));
}

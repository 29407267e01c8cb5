using System.Collections.Immutable;

namespace MedRedact.Documents.Pdf;

/// <summary>Counts what a file holds beside its pages: by kind, never by content. None of it reaches the clean document.</summary>
internal static class ActiveContent
{
    /// <summary>Entries whose presence says what is there.</summary>
    private static readonly (string Key, string Kind)[] Entries =
    [
        ("OpenAction", "open-action"), ("AA", "additional-actions"), ("XFA", "xfa"), ("FT", "form-field"), ("PieceInfo", "private-data"), ("Thumb", "thumbnail"),
        ("AF", "associated-file"), ("EF", "embedded-file"), ("ActualText", "replacement-text"), ("Alt", "replacement-text"),
    ];

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["EmbeddedFile"] = "embedded-file-data", ["OCG"] = "optional-content", ["Metadata"] = "metadata", ["Outlines"] = "outline", ["Collection"] = "portfolio",
        ["StructTreeRoot"] = "structure-tree", ["Sig"] = "signature",
    };

    private static readonly Dictionary<string, string> Actions = new(StringComparer.Ordinal)
    {
        ["JavaScript"] = "javascript", ["Launch"] = "launch", ["URI"] = "uri", ["SubmitForm"] = "submit-form", ["ImportData"] = "import-data", ["GoToR"] = "remote-go-to",
        ["GoToE"] = "embedded-go-to", ["Rendition"] = "media", ["Movie"] = "media", ["Sound"] = "media", ["GoTo3DView"] = "media", ["RichMediaExecute"] = "media",
        ["Hide"] = "hide-action", ["SetOCGState"] = "optional-content-action",
    };

    private static readonly HashSet<string> Annotations =
    [
        "Text", "Link", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink",
        "Popup", "FileAttachment", "Sound", "Movie", "Widget", "Screen", "PrinterMark", "TrapNet", "Watermark", "3D", "Redact", "RichMedia",
    ];

    public static ImmutableArray<LeftBehind> Count(PdfFile file)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (int number in file.Numbers)
        {
            try
            {
                Visit(file.Resolve(new PdfReference(number)), counts);
            }
            catch (RejectedException fault) when (fault.Code is PdfFaults.Malformed or PdfFaults.Truncated)
            {
                // No page needs it, or the walk of the pages would have said so.
                Add(counts, "unreadable-object");
            }
        }

        if (file.Trailer.Entries.ContainsKey("Info"))
            Add(counts, "document-information");
        return [.. counts.Select(count => new LeftBehind(count.Key, count.Value))];
    }

    private static void Visit(PdfObject value, SortedDictionary<string, int> counts)
    {
        switch (value)
        {
            case PdfArray array:
                foreach (PdfObject item in array.Items)
                    Visit(item, counts);
                break;
            case PdfDictionary dictionary:
                CountOne(dictionary, counts);
                foreach (PdfObject item in dictionary.Entries.Values)
                    Visit(item, counts);
                break;
        }
    }

    private static void CountOne(PdfDictionary found, SortedDictionary<string, int> counts)
    {
        foreach ((string key, string kind) in Entries)
        {
            if (found.Entries.ContainsKey(key))
                Add(counts, kind);
        }

        if (found["Type"] is PdfName type && Types.TryGetValue(type.Value, out string? typed))
            Add(counts, typed);
        if (found["S"] is PdfName action && Actions.TryGetValue(action.Value, out string? does))
            Add(counts, does);
        else if (found.Entries.ContainsKey("JS"))
            Add(counts, "javascript");
        if (found["Subtype"] is PdfName subtype && found.Entries.ContainsKey("Rect") && Annotations.Contains(subtype.Value))
            Add(counts, "annotation");
    }

    private static void Add(SortedDictionary<string, int> counts, string kind) => counts[kind] = counts.GetValueOrDefault(kind) + 1;
}

namespace MedRedact.Documents.Pdf;

/// <summary>A leaf of the page tree with what it inherits.</summary>
internal sealed record PageLeaf(PdfDictionary Page, PdfObject MediaBox, PdfObject CropBox, PdfObject Rotate, PdfObject Resources);

/// <summary>Walks the page tree (7.7.3) in order, each node once.</summary>
internal static class PageTree
{
    private const int MaxNodes = 200_000;

    public static List<PageLeaf> Walk(PdfFile file, int maxPages)
    {
        if (file.Resolve(file.Trailer["Root"]) is not PdfDictionary root || file.Resolve(root["Pages"]) is not PdfDictionary)
            throw new RejectedException(PdfFaults.Malformed);

        var pages = new List<PageLeaf>();
        var seen = new HashSet<int>();
        var inherited = new PageLeaf(root, PdfObject.Null, PdfObject.Null, PdfObject.Null, PdfObject.Null);
        var waiting = new Stack<(PdfObject Node, PageLeaf Inherited)>([(root["Pages"], inherited)]);
        int nodes = 0;
        while (waiting.TryPop(out var next))
        {
            // A node that stands twice is a loop, or a page that costs nothing to repeat a million times.
            if (next.Node is PdfReference reference && !seen.Add(reference.Number))
                throw new RejectedException(PdfFaults.Loop);
            if (++nodes > MaxNodes)
                throw new RejectedException(PdfFaults.TooManyPages);
            if (file.Resolve(next.Node) is not PdfDictionary node)
                throw new RejectedException(PdfFaults.Malformed);

            var leaf = new PageLeaf(
                node, Own(node, "MediaBox", next.Inherited.MediaBox), Own(node, "CropBox", next.Inherited.CropBox),
                Own(node, "Rotate", next.Inherited.Rotate), Own(node, "Resources", next.Inherited.Resources));
            if (!node.Entries.ContainsKey("Kids"))
            {
                pages.Add(leaf);
                if (pages.Count > maxPages)
                    throw new RejectedException(PdfFaults.TooManyPages);
                continue;
            }

            if (file.Resolve(node["Kids"]) is not PdfArray kids)
                throw new RejectedException(PdfFaults.Malformed);
            if (waiting.Count + kids.Items.Count > MaxNodes)
                throw new RejectedException(PdfFaults.TooManyPages);
            foreach (PdfObject kid in kids.Items.Reverse())
                waiting.Push((kid, leaf));
        }

        return pages.Count > 0 ? pages : throw new RejectedException(PdfFaults.Malformed);
    }

    private static PdfObject Own(PdfDictionary node, string key, PdfObject inherited) => node.Entries.GetValueOrDefault(key, inherited);
}

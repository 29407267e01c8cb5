namespace MedRedact.Documents.Pdf;

/// <summary>Follows the operators of a page far enough to tell a scan, one image over the whole page, from drawn pages. It decides only how many
/// pixels the page gets: what it cannot follow counts as drawn.</summary>
internal static class PageContent
{
    private const int MostOperators = 20_000;
    private const double Covers = 0.95;

    private static readonly HashSet<string> Painting =
        ["f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "BI", "Tj", "TJ", "'", "\""];

    public static CoveringImage? FindImage(PdfFile file, PageLeaf leaf, PdfPage page, WalkBudget budget)
    {
        CoveringImage? image = null;
        bool isAlone = !HasItems(file, leaf.Page["Annots"]);
        int operators = 0;
        var state = new GraphicsState();
        foreach (ReadOnlyMemory<byte> content in Contents(file, leaf.Page["Contents"]))
        {
            var lexer = new PdfLexer(content, 0, budget);
            var operands = new List<PdfObject>();
            while (TryRead(lexer) is { } read)
            {
                if (read is not PdfKeyword { Value: var name })
                {
                    operands.Add(read);
                    continue;
                }

                if (++operators > MostOperators)
                    return null;

                state.Apply(name, operands);
                if (name == "Do" && operands is [PdfName { Value: var drawn }])
                {
                    CoveringImage? found = ImageOf(file, leaf, drawn, state, page);
                    isAlone &= found is not null && image is null;
                    image ??= found;
                }

                isAlone &= !Painting.Contains(name) || (name is "Tj" or "TJ" or "'" or "\"" && state.IsTextInvisible);

                // The data of an inline image is no syntax: nothing can be said of what follows.
                if (name == "BI")
                    return image is null ? null : image with { IsAlone = false };
                operands.Clear();
            }
        }

        return image is null ? null : image with { IsAlone = isAlone };
    }

    private static PdfObject? TryRead(PdfLexer lexer)
    {
        try
        {
            return lexer.Read(references: false);
        }
        catch (RejectedException fault) when (fault.Code is PdfFaults.Malformed or PdfFaults.Truncated)
        {
            // Whether it can be rendered is the renderer's to say.
            return null;
        }
    }

    private static CoveringImage? ImageOf(PdfFile file, PageLeaf leaf, string name, GraphicsState state, PdfPage page)
    {
        if (file.Resolve(leaf.Resources) is not PdfDictionary resources || file.Resolve(resources["XObject"]) is not PdfDictionary drawn
            || file.Resolve(drawn[name]) is not PdfStream image || file.Resolve(image["Subtype"]) is not PdfName { Value: "Image" })
            return null;

        // Pixels that are missing are filled in by decoders: the extent is checked before any of them sees the image.
        file.CheckExtent(image);
        double across = state.Across, down = state.Down;
        return file.Resolve(image["Width"]) is PdfNumber { Value: >= 1 and < 1e6 and var width }
            && file.Resolve(image["Height"]) is PdfNumber { Value: >= 1 and < 1e6 and var height }
            && state.IsUpright && across >= page.Width * Covers && down >= page.Height * Covers
            ? new CoveringImage(width / across, height / down, IsAlone: true)
            : null;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Contents(PdfFile file, PdfObject contents)
    {
        IReadOnlyList<PdfObject> parts = file.Resolve(contents) is PdfArray array ? array.Items : [contents];
        foreach (PdfObject part in parts)
        {
            if (file.Resolve(part) is not PdfStream stream)
                continue;
            if (file.TryDecode(stream) is not { } content)
                yield break;
            yield return content;
        }
    }

    private static bool HasItems(PdfFile file, PdfObject value) => file.Resolve(value) is PdfArray { Items.Count: > 0 };
}

using System.Collections.Immutable;

namespace MedRedact.Documents.Pdf;

/// <summary>What a walk found: a document that may be given to a renderer.</summary>
/// <param name="Pages">Its pages, in order.</param>
/// <param name="LeftBehind">What else it holds; nothing of it is carried over.</param>
internal sealed record PdfStructure(ImmutableArray<PdfPage> Pages, ImmutableArray<LeftBehind> LeftBehind)
{
    /// <summary>Walks a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="maxPages">A file with more is refused.</param>
    /// <exception cref="RejectedException">The file is refused.</exception>
    public static PdfStructure Walk(ReadOnlyMemory<byte> bytes, int maxPages)
    {
        var budget = new WalkBudget();
        try
        {
            return Walk(bytes, maxPages, budget, rebuild: false);
        }
        catch (RejectedException fault) when (fault.Code is PdfFaults.Malformed or PdfFaults.Truncated)
        {
            // Many writers and transfers break the offsets and nothing else; viewers look for the objects then, and so does this.
            return Walk(bytes, maxPages, budget, rebuild: true);
        }
    }

    private static PdfStructure Walk(ReadOnlyMemory<byte> bytes, int maxPages, WalkBudget budget, bool rebuild)
    {
        try
        {
            PdfFile file = PdfFile.Open(bytes, budget, rebuild);
            ImmutableArray<PdfPage> pages = [.. PageTree.Walk(file, maxPages).Select(page => PdfPage.Read(file, page, budget))];
            return new PdfStructure(pages, ActiveContent.Count(file));
        }
        catch (OverflowException)
        {
            throw new RejectedException(PdfFaults.Malformed);
        }
    }
}

using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Reads what stands around the painted boxes of a page, all of it in one call of the engine.</summary>
internal static class SurroundingsReader
{
    public static async ValueTask<Surroundings> ReadAsync(
        AppliedRedaction applied, IOcrEngine engine, OcrRequest request, IRasterMemory memory, CancellationToken cancellationToken)
    {
        var crops = new SurroundingCrops(applied);
        if (crops.Boxes.IsEmpty)
            return new Surroundings(applied, []);

        SurroundingStrip strip = SurroundingStrip.Of(applied, crops, memory);
        using var image = PageImage.Create(applied.Page.DocumentId, applied.Page.Number, strip.Raster);
        using PageText text = await engine.RecognizeAsync(image, request with { Layout = OcrLayout.SparseText }, cancellationToken);
        return new Surroundings(applied, ReadWords(text, strip));
    }

    private static ImmutableArray<ReadWord> ReadWords(PageText text, SurroundingStrip strip)
    {
        var words = ImmutableArray.CreateBuilder<ReadWord>();
        foreach ((int index, LayoutLine line) in text.Layout.Lines.Index())
        {
            foreach (LayoutWord word in line.Words)
            {
                if (strip.ToPage(word.Box) is { } at)
                    words.Add(new ReadWord(SearchedWord.Of(text.Text.Extract(word.Span).Reveal(), at.Box), at.Crop, index));
            }
        }

        return words.ToImmutable();
    }
}

/// <summary>A word read beside painted boxes.</summary>
/// <param name="Word">What it says, and where on the page. PHI.</param>
/// <param name="Crop">In which crop: words of two crops do not follow each other.</param>
/// <param name="Line">On which line of the strip.</param>
internal readonly record struct ReadWord(SearchedWord Word, int Crop, int Line)
{
    public Box Box => Word.Box;
}

using MedRedact.Evaluation;
using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.Core.Tests.Evaluation;

/// <summary>A made-up page with its truth, as the corpus reader gives it back.</summary>
internal sealed class MadeCorpus : IDisposable
{
    public const int Seed = 4711;

    private readonly string _folder = Directory.CreateTempSubdirectory("medredact-corpus-").FullName;

    public string Folder => _folder;

    /// <summary>Writes a corpus of one document at 100 dpi and reads it.</summary>
    public async Task<GoldCorpus> WriteAsync(DocumentKind kind = DocumentKind.InsuranceCard, CorpusFormat format = CorpusFormat.Png)
    {
        await SyntheticCorpus.WriteAsync(
            _folder, [kind], count: 1, Seed, new CorpusOptions { Dpi = 100, Format = format }, TestContext.Current.CancellationToken);
        return await GoldCorpusReader.ReadAsync(_folder, TestContext.Current.CancellationToken);
    }

    /// <summary>The first page as it was drawn.</summary>
    public static SyntheticPage Drawn(DocumentKind kind = DocumentKind.InsuranceCard) => SyntheticRecords.Create(kind, Seed).DrawPages(new DrawOptions { Dpi = 100 })[0];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>A page before and after, painted as a test wants it.</summary>
internal sealed class PaintedPage
{
    private const byte PaintGray = 0xE0;

    public PaintedPage(SyntheticPage drawn, GoldPage gold)
    {
        Gold = gold;
        using Raster raster = drawn.ToRaster();
        Before = PageInk.Of(raster);
        (Drawn, Whole) = (drawn, new Box(0, 0, drawn.Width, drawn.Height));
    }

    public GoldPage Gold { get; }

    public SyntheticPage Drawn { get; }

    public PageInk Before { get; }

    public Box Whole { get; }

    /// <summary>The page with boxes painted over.</summary>
    public PageInk After(IEnumerable<Box> boxes)
    {
        using Raster raster = Drawn.ToRaster();
        Span<byte> pixels = raster.WritablePixels.Span;
        foreach (Box box in boxes.Select(box => box.Intersect(Whole)))
        {
            for (int y = box.Top; y < box.Bottom; y++)
                pixels.Slice((y * raster.Stride) + box.Left, box.Width).Fill(PaintGray);
        }

        return PageInk.Of(raster);
    }

    /// <summary>What is judged where boxes are painted and a perfect reader reads every word whose middle no box covers.</summary>
    public PageEvidence Painted(IReadOnlyList<Box> boxes, string text = "") => Evidence(Paint.Between(Before, After(boxes), boxes.Select(Claimed)), boxes, text);

    public PageEvidence Evidence(Paint paint, IReadOnlyList<Box> hidden, string text = "")
    {
        using PageText before = Reading([]), after = Reading(hidden);
        return new PageEvidence(Gold, Before, paint, text) { StockBefore = ReadWords.Of(before), Stock = ReadWords.Of(after), StockEnlarged = ReadWords.Of(after) };
    }

    public static PaintedBox Claimed(Box box) => new("safe-harbor:name", "test", box);

    private PageText Reading(IReadOnlyList<Box> hidden)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        foreach (GoldWord word in Gold.Words)
        {
            var middle = new Box(word.Box.Left + (word.Box.Width / 2), word.Box.Top + (word.Box.Height / 2), 1, 1);
            if (!hidden.Any(box => box.Overlaps(middle)))
                builder.AddWord(word.Text.Reveal(), word.Box, Confidence.Certain);
        }

        return builder.Build();
    }
}

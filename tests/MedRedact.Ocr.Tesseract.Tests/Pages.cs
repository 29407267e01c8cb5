using System.Buffers;
using MedRedact.Synthesis;

namespace MedRedact.Ocr.Tesseract.Tests;

/// <summary>Synthetic pages, drawn once each, and what was read of them.</summary>
internal static class Pages
{
    private static readonly Lazy<SyntheticPage> Clean = new(() => Draw(200));

    /// <summary>The first page of an operative note at 200 dpi, as drawn.</summary>
    public static SyntheticPage Note => Clean.Value;

    public static SyntheticPage Draw(int dpi, DocumentKind kind = DocumentKind.OperativeNote, int seed = 7) =>
        SyntheticRecords.Create(kind, seed).DrawPages(new DrawOptions { Dpi = dpi })[0];

    public static PageImage Image(SyntheticPage page) => Image(Gray(page));

    public static PageImage Image(Raster raster) => PageImage.Create(DocumentId.Create(TimeProvider.System), new PageNumber(1), raster);

    public static PageContext ContextOf(PageImage page) => new(page.DocumentId, page.Number, RasterMemory.Shared);

    public static Raster Gray(SyntheticPage page)
    {
        Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, page.Width, page.Height, new Dpi(page.Dpi, false));
        page.Pixels.CopyTo(raster.WritablePixels);
        return raster;
    }

    public static Raster Paper(int width, int height)
    {
        Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, width, height, new Dpi(200, false));
        raster.WritablePixels.Span.Fill(255);
        return raster;
    }

    public static void Fill(Raster raster, Box box, byte value)
    {
        for (int y = box.Top; y < box.Bottom; y++)
            raster.WritablePixels.Span.Slice((y * raster.Stride) + box.Left, box.Width).Fill(value);
    }

    public static string TextOf(PageText page)
    {
        string text = "";
        page.Text.Read(0, (characters, _) => text = characters.ToString());
        return text;
    }

    public static string[] WordsOf(PageText page) => TextOf(page).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The words that stand once on the page and were read once, with the box that was read.</summary>
    public static (TruthWord Drawn, Box Read)[] FoundOnce(SyntheticPage page, PageText text)
    {
        Dictionary<string, Box> read = WordsOf(text).Zip(text.Words).GroupBy(word => word.First).Where(same => same.Count() == 1)
            .ToDictionary(same => same.Key, same => same.First().Second.Box);
        return [.. page.Words.GroupBy(word => word.Text).Where(same => same.Count() == 1 && read.ContainsKey(same.Key))
            .Select(same => (same.First(), read[same.Key]))];
    }

    /// <summary>The smallest box around the dark pixels within another box.</summary>
    public static Box InkIn(SyntheticPage page, PixelBox within)
    {
        Box ink = default;
        for (int y = within.Top; y < within.Bottom; y++)
        {
            for (int x = within.Left; x < within.Right; x++)
                ink = page.Pixels.Span[(y * page.Width) + x] < 128 ? ink.Union(new Box(x, y, 1, 1)) : ink;
        }

        return ink;
    }

    /// <summary>The share of the drawn words that were read, each counted as often as it stands on the page.</summary>
    public static double ShareRead(SyntheticPage page, PageText text)
    {
        Dictionary<string, int> read = WordsOf(text).CountBy(Bare).ToDictionary();
        int found = page.Words.CountBy(word => Bare(word.Text)).Sum(word => Math.Min(word.Value, read.GetValueOrDefault(word.Key)));
        return (double)found / page.Words.Count;
    }

    private static string Bare(string word) => word.Trim('.', ',', ':', ';', '(', ')', '|', '_', '—', '-', '/').ToUpperInvariant();
}

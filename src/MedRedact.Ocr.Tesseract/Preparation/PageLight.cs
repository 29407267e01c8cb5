using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Evens out paper that is darker in one part of the page than in another, as under a lamp or in the fold of a book.</summary>
internal static class PageLight
{
    private const int Tiles = 8;
    private const int LeastSpread = 40;
    private const double PaperQuantile = 0.9;

    public static void Apply(PagePreparation page)
    {
        if (!IsUneven(page.Image))
            return;

        using Pix uneven = Pix.FromGray(page.Image);
        using Pix even = LeptonicaApi.pixBackgroundNormSimple(uneven, 0, 0).OrFault();
        page.Advance(even, PageTransform.Identity);
    }

    /// <summary>Compares how bright the paper is from tile to tile, leaving the darkest and the brightest tenth out.</summary>
    private static bool IsUneven(GrayImage image)
    {
        if (Math.Min(image.Width, image.Height) < Tiles * 8)
            return false;

        Span<byte> paper = stackalloc byte[Tiles * Tiles];
        for (int tile = 0; tile < paper.Length; tile++)
            paper[tile] = PaperIn(image, tile % Tiles, tile / Tiles);

        paper.Sort();
        return paper[^(paper.Length / 10)] - paper[paper.Length / 10] > LeastSpread;
    }

    private static byte PaperIn(GrayImage image, int column, int row)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        int left = column * image.Width / Tiles, right = (column + 1) * image.Width / Tiles, bottom = (row + 1) * image.Height / Tiles, samples = 0;
        for (int y = row * image.Height / Tiles; y < bottom; y += 8)
        {
            ReadOnlySpan<byte> pixels = image.Row(y)[left..right];
            for (int x = 0; x < pixels.Length; x += 4)
                (samples, counts[pixels[x]]) = (samples + 1, counts[pixels[x]] + 1);
        }

        int level = 255;
        for (double brighter = counts[255]; level > 0 && brighter < samples * (1 - PaperQuantile); level--)
            brighter += counts[level - 1];

        return (byte)level;
    }
}

using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>What the ink of a page tells at the cost of a few milliseconds: how high its text is and how speckled it is.</summary>
internal sealed class PageMeasure : IDisposable
{
    // Of one to two thousand marks on a page of text, one in ten is a dot, and one in six on a page of small text.
    private const double SpecksOfNoise = 0.4;
    private const int FewestSpecks = 1000;
    private const int FewestLetters = 30;
    private const int SmallestLetter = 4;

    // Noise on a very large page makes millions of marks; a band across its middle tells as much.
    private const int MostPixelsToCount = 25_000_000;

    // The lowest fifth of the letters ends within those that have neither ascender nor descender. Marks count by their width, so that
    // where letters touch and words are one mark the dots do not outnumber them.
    private const double QuantileOfSmallLetters = 0.2;

    private PageMeasure(Pix ink, bool isBilevel, int marks, int specks, int letterHeight, IReadOnlyList<Box> letters)
    {
        (Ink, IsBilevel, Marks, LetterHeight, Letters) = (ink, isBilevel, marks, letterHeight, letters);
        Specks = specks;
        IsSpeckled = specks > FewestSpecks && specks > marks * SpecksOfNoise;
    }

    /// <summary>What is ink, one bit a pixel.</summary>
    public Pix Ink { get; }

    /// <summary>Whether nearly all pixels are black or white.</summary>
    public bool IsBilevel { get; }

    /// <summary>Whether most marks are specks of at most 2 × 2 pixels.</summary>
    public bool IsSpeckled { get; }

    /// <summary>How many connected marks there are.</summary>
    public int Marks { get; }

    /// <summary>How many of the marks are specks of at most 2 × 2 pixels.</summary>
    public int Specks { get; }

    /// <summary>The marks that look like a letter, or like several that touch.</summary>
    public IReadOnlyList<Box> Letters { get; }

    /// <summary>The height of letters without ascender or descender (the x-height), pixels; 0 where there are too few marks to tell.</summary>
    public int LetterHeight { get; }

    public static PageMeasure Of(GrayImage image)
    {
        GrayHistogram histogram = GrayHistogram.Of(image);
        Pix ink = InkMap.Of(image, histogram.InkBelow);
        int rows = Math.Min(ink.Height, Math.Max(1, MostPixelsToCount / ink.Width));
        int top = (ink.Height - rows) / 2;
        using Pix? band = rows < ink.Height ? ink.Rows(top, rows) : null;
        using Boxa boxes = LeptonicaApi.pixConnCompBB(band ?? ink, 8);
        if (boxes.IsInvalid)
            return new(ink, histogram.IsBilevel, 0, 0, 0, []);   // no ink

        int specks = 0, tallest = Math.Max(image.Height / 8, SmallestLetter);
        int[] widths = new int[tallest + 1];   // of the letters of each height
        int marks = boxes.Count;
        var letters = new List<Box>();
        for (int i = 0; i < marks; i++)
        {
            Box mark = boxes[i];
            if (mark is { Width: <= 2, Height: <= 2 })
                specks++;
            else if (mark.Height >= SmallestLetter && mark.Height <= tallest && LooksLikeLetters(mark))
            {
                widths[mark.Height] += mark.Width;
                letters.Add(mark with { Top = mark.Top + top });
            }
        }

        return new(ink, histogram.IsBilevel, marks, specks, letters.Count < FewestLetters ? 0 : Quantile(widths), letters);
    }

    public void Dispose() => Ink.Dispose();

    /// <summary>One letter, or several that touch; neither a stroke such as l or 1, nor a rule.</summary>
    private static bool LooksLikeLetters(Box mark) => mark.Width * 3 >= mark.Height && mark.Width >= 3 && mark.Width <= mark.Height * 12;

    private static int Quantile(int[] widths)
    {
        double rank = widths.Sum(width => (long)width) * QuantileOfSmallLetters;
        int height = 0;
        for (double seen = widths[0]; seen < rank; seen += widths[height])
            height++;

        return height;
    }
}

using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Paints over what a copier adds at the edges of a page: black margins and the shadows of punch holes. Text that touches them is read again, and
/// they take no part in measuring skew.</summary>
/// <remarks>Only what is black through and through goes, and only from the pixels that are read: white letters in a black strip are holes in it, and a strip
/// with holes stays. Whatever text covers what was painted over is therefore text, read or not, and shows in the unread ink.</remarks>
internal static class PageEdges
{
    // A stroke of the largest headings is thinner than a 130th of the page; 8.5 by 11 inches give 17 pixels at 200 dpi.
    private const int StrokesInPage = 130;
    private const int MostOfPage = 4;              // margins may cover a quarter of the page
    private const int SmallestHole = 60, LargestHole = 18, HoleFromEdge = 7;   // parts of the page's width
    private const double LeastRound = 0.7, MostRound = 0.9;                    // a disc fills 0.785 of its square

    public static void Apply(PagePreparation page)
    {
        using Pix? solid = SolidIn(page.Measure.Ink);
        if (solid is null)
            return;

        using Pix black = LeptonicaApi.pixExtractBorderConnComps(solid, 8).OrFault();
        bool found = !IsEmpty(black) && !HasHoles(black) && !IsTooMuch(black);
        if (!found)
            black.Clear();

        foreach (Box disc in DiscsIn(solid))
        {
            Copy(solid, black, disc);
            found = true;
        }

        if (found && IsOneBlack(page.Image, black))
            PaintOver(page, black);
    }

    /// <summary>What is black for the width of a thick stroke in each direction; specks of light in it are filled first. Null where nothing is.</summary>
    private static Pix? SolidIn(Pix ink)
    {
        int stroke = Math.Max(7, Math.Max(ink.Width, ink.Height) / StrokesInPage);
        if (!MayBeSolid(ink, stroke))
            return null;

        using Pix filled = LeptonicaApi.pixCloseSafeBrick(0, ink, 3, 3).OrFault();
        return LeptonicaApi.pixOpenBrick(0, filled, stroke, stroke).OrFault();
    }

    /// <summary>Whether squares of 4 pixels that are black but for a speck or two lie together as a square of that side must hold them, wherever it lies: a look that
    /// costs a twentieth, and that most pages do not pass. What has many more specks is kept as it is in any case.</summary>
    public static bool MayBeSolid(Pix ink, int side)
    {
        const int TwoOfFour = 2, ThreeOfFour = 3, Square = 4, LostAtEdge = 3;
        int squares = (side - (Square - 1) - LostAtEdge) / Square;
        if (squares < 1 || Math.Min(ink.Width, ink.Height) < side)
            return true;

        using Pix half = LeptonicaApi.pixReduceRankBinary2(ink, TwoOfFour, 0).OrFault();
        using Pix quarter = LeptonicaApi.pixReduceRankBinary2(half, ThreeOfFour, 0).OrFault();
        using Pix together = LeptonicaApi.pixOpenBrick(0, quarter, squares, squares).OrFault();
        return !IsEmpty(together);
    }

    private static bool HasHoles(Pix black)
    {
        using Pix holes = LeptonicaApi.pixHolesByFilling(black, 4).OrFault();
        return !IsEmpty(holes);
    }

    private static List<Box> DiscsIn(Pix solid)
    {
        using Boxa marks = LeptonicaApi.pixConnCompBB(solid, 8);
        int smallest = solid.Width / SmallestHole, largest = solid.Width / LargestHole, edge = solid.Width / HoleFromEdge;
        var discs = new List<Box>();
        for (int i = 0; !marks.IsInvalid && i < marks.Count; i++)
        {
            Box mark = marks[i];
            bool isAtEdge = mark.Right <= edge || mark.Left >= solid.Width - edge || mark.Bottom <= edge || mark.Top >= solid.Height - edge;
            bool isSquare = mark.Width >= smallest && mark.Width <= largest && mark.Height * 4 >= mark.Width * 3 && mark.Height * 3 <= mark.Width * 4;
            if (isAtEdge && isSquare && Filled(solid, mark) is >= LeastRound and <= MostRound)
                discs.Add(mark);
        }

        return discs;
    }

    private static double Filled(Pix solid, Box box)
    {
        int count = 0;
        for (int y = box.Top; y < box.Bottom; y++)
        {
            for (int x = box.Left; x < box.Right; x++)
                count += solid.IsSet(x, y) ? 1 : 0;
        }

        return (double)count / box.Width / box.Height;
    }

    private static void Copy(Pix from, Pix to, Box box)
    {
        for (int y = box.Top; y < box.Bottom; y++)
        {
            for (int x = box.Left; x < box.Right; x++)
            {
                if (from.IsSet(x, y))
                    to.Set(x, y);
            }
        }
    }

    /// <summary>Whether nothing stands out in the black, be it in thin strokes or in dark grey: in no square of it are more than a few pixels lighter than its darkest.
    /// What is painted over is hidden from all that follows, so one square with anything in it keeps all of the black where it is.</summary>
    private static bool IsOneBlack(GrayImage image, Pix black)
    {
        const int Square = 16, Reach = 2, Grain = 32, MostSpecks = 3;
        ReadOnlySpan<byte> pixels = image.Pixels.Span;
        Span<byte> inside = stackalloc byte[Square * Square];
        for (int top = 0; top < image.Height; top += Square)
        {
            for (int left = 0; left < image.Width; left += Square)
            {
                int count = 0;
                byte darkest = 255;
                for (int y = top; y < Math.Min(top + Square, image.Height); y++)
                {
                    for (int x = left; x < Math.Min(left + Square, image.Width); x++)
                    {
                        if (!IsWithin(black, x, y, Reach))
                            continue;

                        byte value = pixels[(y * image.Stride) + x];
                        inside[count++] = value;
                        darkest = Math.Min(darkest, value);
                    }
                }

                int light = 0;
                foreach (byte value in inside[..count])
                    light += value > darkest + Grain ? 1 : 0;
                if (light > MostSpecks)
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether a pixel lies in the black and not at its rim, where ink fades.</summary>
    private static bool IsWithin(Pix black, int x, int y, int reach) =>
        black.IsSet(x, y) && black.IsSet(Math.Max(0, x - reach), y) && black.IsSet(Math.Min(black.Width - 1, x + reach), y)
        && black.IsSet(x, Math.Max(0, y - reach)) && black.IsSet(x, Math.Min(black.Height - 1, y + reach));

    /// <summary>Paints with a rim, where the ink fades.</summary>
    private static void PaintOver(PagePreparation page, Pix black)
    {
        int rim = (2 * Math.Max(2, page.Image.Width / 600)) + 1;
        using Pix mask = LeptonicaApi.pixDilateBrick(0, black, rim, rim).OrFault();
        using Pix clean = Pix.FromGray(page.Image);
        LeptonicaApi.pixSetMasked(clean, mask, 255);
        page.Advance(clean, PageTransform.Identity);
    }

    private static bool IsTooMuch(Pix black) => Count(black) > (long)black.Width * black.Height / MostOfPage;

    private static bool IsEmpty(Pix pix)
    {
        int empty;
        unsafe
        {
            return LeptonicaApi.pixZero(pix, &empty) == 0 && empty != 0;
        }
    }

    private static int Count(Pix pix)
    {
        int count;
        unsafe
        {
            return LeptonicaApi.pixCountPixels(pix, &count, 0) == 0 ? count : 0;
        }
    }
}

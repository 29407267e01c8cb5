using CsCheck;
using MedRedact.Ink;

namespace MedRedact.Core.Tests.Ink;

public sealed class UnseenPartsTests
{
    private const int Width = 1200, Height = 1600;

    // A sheet on a page of 1200 × 1600, smaller, turned and seen from aside.
    private static readonly Gen<PageTransform> Sheets = Gen.Select(
        Gen.Double[0.5, 0.9], Gen.Double[-0.2, 0.2], Gen.Double[-1.5e-4, 1.5e-4], Gen.Double[-1.5e-4, 1.5e-4]).Select((scale, turn, wx, wy) =>
        PageTransform.FromMatrix(1, 0, 0, 1, -Width / 2, -Height / 2)
            .Then(PageTransform.FromMatrix(scale * Math.Cos(turn), -scale * Math.Sin(turn), scale * Math.Sin(turn), scale * Math.Cos(turn), 0, 0, wx, wy))
            .Then(PageTransform.FromMatrix(1, 0, 0, 1, Width / 2, Height / 2)));

    [Fact]
    public void All_that_no_pixel_shows_is_covered_and_the_middle_of_the_sheet_is_not() => Gen.Select(Sheets, Gen.Int[0, Width - 1].Array[200], Gen.Int[0, Height - 1].Array[200]).Sample(
        (toOriginal, columns, rows) =>
        {
            Box[] parts = [.. UnseenParts.Of(toOriginal, Width, Height, new PageSize(Width, Height))];
            Assert.InRange(parts.Length, 1, 120);
            Assert.All(parts, part => Assert.Equal(part, part.Intersect(new Box(0, 0, Width, Height))));
            PageTransform back = toOriginal.Inverse();
            foreach ((int x, int y) in columns.Zip(rows))
            {
                // Four pixels of the sheet are what rounding may leave; a fifteenth of it is farther than any step reaches.
                (double sheetX, double sheetY) = back.Apply(x + 0.5, y + 0.5);
                double inside = Math.Min(Math.Min(sheetX, Width - sheetX), Math.Min(sheetY, Height - sheetY));
                bool isCovered = parts.Any(part => part.Overlaps(new Box(x, y, 1, 1)));
                Assert.False(inside < -10 && !isCovered);
                Assert.False(inside > Width / 15 && isCovered);
            }
        }, iter: 100);

    [Fact]
    public void A_page_that_was_scaled_or_straightened_shows_whole() => Gen.Select(Gen.Double[0.2, 4], Gen.Double[-0.26, 0.26]).Sample((scale, turn) =>
    {
        // The straightened page is large enough to keep the corners of the original.
        (double sin, double cos) = Math.SinCos(turn);
        double wide = (Width * cos) + (Height * Math.Abs(sin)), high = (Height * cos) + (Width * Math.Abs(sin));
        PageTransform toOriginal = PageTransform.FromMatrix(1 / scale, 0, 0, 1 / scale, -wide / 2, -high / 2)
            .Then(PageTransform.FromMatrix(cos, sin, -sin, cos, 0, 0)).Then(PageTransform.FromMatrix(1, 0, 0, 1, Width / 2, Height / 2));
        Assert.Empty(UnseenParts.Of(toOriginal, (int)Math.Ceiling(wide * scale), (int)Math.Ceiling(high * scale), new PageSize(Width, Height)));
    }, iter: 200);
}

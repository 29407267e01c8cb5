using CsCheck;
using MedRedact.Ink;

namespace MedRedact.Core.Tests.Ink;

/// <summary>The loops over all pixels of a page against the plainest ones.</summary>
public sealed class InkPixelsTests
{
    private static readonly Gen<(int Width, int Height, byte[] Grays)> Pages =
        Gen.Int[1, 150].SelectMany(width => Gen.Int[1, 40].SelectMany(height => Gen.Byte.Array[width * height].Select(grays => (width, height, grays))));

    [Fact]
    public void A_cell_knows_its_darkest_and_its_lightest_pixel() => Gen.Select(Pages, Gen.Int[4, 13]).Sample((page, cell) =>
    {
        int columns = (page.Width + cell - 1) / cell, rows = (page.Height + cell - 1) / cell;
        using var greys = new CellGreys(columns, rows, cell);
        greys.Add(page.Grays, page.Width, page.Height);
        for (int at = 0; at < columns * rows; at++)
        {
            byte[] inside = [.. page.Grays.Where((_, i) => (i / page.Width / cell * columns) + (i % page.Width / cell) == at)];
            Assert.Equal((inside.Min(), inside.Max()), greys[at]);
        }
    }, seed: "0000000000KT", iter: 100);

    [Fact]
    public void Ink_is_one_and_paper_is_nothing() => Pages.Sample(page =>
    {
        // A tenth of the page is ink.
        byte[] grays = [.. page.Grays.Select(each => each < 26 ? (byte)20 : (byte)(230 + (each % 8)))];
        using var ink = new InkBitmap(grays, PixelFormat.Gray8, page.Width, page.Height, page.Width);
        for (int y = 0; y < page.Height; y++)
        {
            for (int x = 0; x < page.Width; x++)
                Assert.Equal(grays[(y * page.Width) + x] == 20 ? 1 : 0, ink.Row(y)[x]);
        }
    }, seed: "0000000000KT", iter: 100);

    [Fact]
    public void Only_what_is_long_thin_and_straight_is_erased() => Gen.Select(Gen.Int[0, 60], Gen.Int[1, 4], Gen.Bool).Sample((at, thickness, isUpright) =>
    {
        const int Width = 400, Height = 400, Cell = 8;
        byte[] grays = new byte[Width * Height];
        Array.Fill(grays, byte.MaxValue);
        var line = isUpright ? new Box(at, 30, thickness, 340) : new Box(30, at, 340, thickness);
        var square = new Box(200, 200, 60, 60);
        Box[] strokes = [.. Enumerable.Range(0, 8).Select(i => new Box(150 + (i * 9), 320, 3, 14))];
        foreach (Box box in (Box[])[line, square, .. strokes])
        {
            for (int y = box.Top; y < box.Bottom; y++)
                grays.AsSpan((y * Width) + box.Left, box.Width).Clear();
        }

        using var ink = new InkBitmap(grays, PixelFormat.Gray8, Width, Height, Width);
        RuledLines.Erase(ink, Cell);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                var pixel = new Box(x, y, 1, 1);
                bool isKept = square.Overlaps(pixel) || strokes.Any(stroke => stroke.Overlaps(pixel));
                Assert.Equal(isKept ? 1 : 0, ink.Row(y)[x]);
            }
        }
    }, seed: "0000000000KT", iter: 60);
}

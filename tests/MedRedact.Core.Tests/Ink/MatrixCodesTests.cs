using System.Collections.Immutable;
using MedRedact.Ink;
using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.Core.Tests.Ink;

public sealed class MatrixCodesTests
{
    private static readonly RuleId MatrixCode = new("ink.matrix-code");

    [Theory]
    [InlineData(21, 5, 0)]
    [InlineData(25, 8, 0)]
    [InlineData(33, 6, 15)]
    [InlineData(29, 7, -12)]
    public async Task A_qr_code_is_told_and_covered_whole(int modules, int pixels, double degrees)
    {
        (Finding finding, Box place) = await OnlyFindingAsync(Qr(modules), pixels, degrees);
        Assert.Equal((PhiCategory.Barcode, MatrixCode), (finding.Category, finding.RuleId));
        Assert.Equal(place, ((Location.Area)finding.Location).Box.Intersect(place));
    }

    [Theory]
    [InlineData(14, 8)]
    [InlineData(20, 6)]
    [InlineData(26, 9)]
    public async Task A_block_of_square_modules_is_told(int modules, int pixels)
    {
        (Finding finding, Box place) = await OnlyFindingAsync(DataMatrix(modules), pixels, degrees: 0);
        Assert.Equal((PhiCategory.Barcode, MatrixCode), (finding.Category, finding.RuleId));
        Assert.Equal(place, ((Location.Area)finding.Location).Box.Intersect(place));
    }

    [Fact]
    public async Task Print_that_was_not_read_and_other_marks_are_no_codes()
    {
        foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
        {
            SyntheticPage drawn = SyntheticRecords.Create(kind, 41).DrawPages()[0];
            using PageImage image = drawn.ToPageImage(DocumentId.Create(TimeProvider.System), new PageNumber(1));
            Assert.DoesNotContain(await FindingsAsync(image), finding => finding.RuleId == MatrixCode);
        }
    }

    /// <summary>Three finders and modules at random.</summary>
    private static bool[,] Qr(int side)
    {
        bool[,] modules = AtRandom(side);
        foreach ((int left, int top) in ((int, int)[])[(0, 0), (side - 7, 0), (0, side - 7)])
        {
            for (int y = -1; y <= 7; y++)
            {
                for (int x = -1; x <= 7; x++)
                {
                    int ring = Math.Max(Math.Abs(x - 3), Math.Abs(y - 3));
                    if ((uint)(left + x) < (uint)side && (uint)(top + y) < (uint)side)
                        modules[left + x, top + y] = ring is 0 or 1 or 3;
                }
            }
        }

        return modules;
    }

    /// <summary>Two full edges, two dotted ones, and modules at random.</summary>
    private static bool[,] DataMatrix(int side)
    {
        bool[,] modules = AtRandom(side);
        for (int i = 0; i < side; i++)
            (modules[0, i], modules[i, side - 1], modules[i, 0], modules[side - 1, i]) = (true, true, i % 2 == 0, i % 2 == 1);
        return modules;
    }

    private static bool[,] AtRandom(int side)
    {
        bool[,] modules = new bool[side, side];
        uint state = (uint)side;
        for (int i = 0; i < side * side; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            modules[i % side, i / side] = state >> 31 != 0;
        }

        return modules;
    }

    private static async Task<(Finding Finding, Box Place)> OnlyFindingAsync(bool[,] modules, int pixels, double degrees)
    {
        Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 1700, 2200, new Dpi(200, false));
        raster.WritablePixels.Span.Fill(250);
        Box place = Draw(raster, modules, pixels, degrees);
        using PageImage image = PageImage.Create(DocumentId.Create(TimeProvider.System), new PageNumber(1), raster);
        return (Assert.Single(await FindingsAsync(image)), place);
    }

    private static Box Draw(Raster raster, bool[,] modules, int pixels, double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        int side = modules.GetLength(0);
        Box ink = default;
        for (int y = 0; y < raster.Height; y++)
        {
            for (int x = 0; x < raster.Width; x++)
            {
                double fromX = (((x + 0.5 - 800) * cos) + ((y + 0.5 - 900) * sin)) / pixels, fromY = (((y + 0.5 - 900) * cos) - ((x + 0.5 - 800) * sin)) / pixels;
                int column = (int)Math.Floor(fromX + (side / 2.0)), row = (int)Math.Floor(fromY + (side / 2.0));
                if ((uint)column >= (uint)side || (uint)row >= (uint)side || !modules[column, row])
                    continue;

                raster.WritablePixels.Span[(y * raster.Stride) + x] = 20;
                ink = ink.Union(new Box(x, y, 1, 1));
            }
        }

        return ink;
    }

    private static async Task<ImmutableArray<Finding>> FindingsAsync(PageImage image)
    {
        using RecognizedPage page = RecognizedPage.Create(image.DocumentId, image.Number, image.OriginalSize, new PageTextBuilder(PageTransform.Identity).Build());
        return await new UnreadInk().DetectAsync(PageView.Of(page, image), null, TestContext.Current.CancellationToken);
    }
}

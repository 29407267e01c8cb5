using CsCheck;

namespace MedRedact.Tests;

public sealed class PageTransformTests
{
    private static readonly Gen<Box> Boxes = Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 3000], Gen.Int[1, 500], Gen.Int[1, 500])
        .Select((left, top, width, height) => new Box(left, top, width, height));

    // Scale, quarter turns, skew, mirror, shift and the slant of a photograph: whatever preparation may do. Slants and shifts are bounded so that no point of
    // the pages here, and no origin, lies beyond the horizon.
    private static readonly Gen<PageTransform> Flat = Gen.Select(
        Gen.Double[0.2, 5], Gen.Double[0, 2 * Math.PI], Gen.Bool, Gen.Double[-3000, 3000], Gen.Double[-3000, 3000]).Select(
        (scale, angle, mirror, dx, dy) => PageTransform.FromMatrix(
            scale * Math.Cos(angle) * (mirror ? -1 : 1), -scale * Math.Sin(angle), scale * Math.Sin(angle) * (mirror ? -1 : 1), scale * Math.Cos(angle), scale * dx, scale * dy));

    private static readonly Gen<PageTransform> Slants = Gen.Select(Gen.Double[-1e-4, 1e-4], Gen.Double[-1e-4, 1e-4])
        .Select((wx, wy) => PageTransform.FromMatrix(1, 0, 0, 1, 0, 0, wx, wy));

    private static readonly Gen<PageTransform> Transforms = Gen.OneOf(Flat, Gen.Select(Slants, Flat, (slant, flat) => slant.Then(flat)));

    [Fact]
    public void The_default_value_is_the_identity() => Boxes.Sample(
        box =>
        {
            Assert.Equal(PageTransform.Identity, default);
            Assert.Equal(box, default(PageTransform).Apply(box));
            Assert.Equal(box, default(PageTransform).Inverse().Apply(box));
        },
        iter: 100);

    [Fact]
    public void There_and_back_covers_the_box() => Gen.Select(Transforms, Boxes).Sample(
        (transform, box) => Assert.Equal(box, transform.Inverse().Apply(transform.Apply(box)).Intersect(box)), iter: 1000);

    [Fact]
    public void A_mapped_box_holds_the_mapped_corners() => Gen.Select(Transforms, Boxes).Sample(
        (transform, box) =>
        {
            Box mapped = transform.Apply(box);
            foreach ((int x, int y) in ((int, int)[])[(box.Left, box.Top), (box.Right, box.Top), (box.Left, box.Bottom), (box.Right, box.Bottom)])
            {
                (double mx, double my) = transform.Apply(x, y);
                Assert.InRange(mx, mapped.Left - 1e-5, mapped.Right + 1e-5);
                Assert.InRange(my, mapped.Top - 1e-5, mapped.Bottom + 1e-5);
            }
        },
        iter: 500);

    [Fact]
    public void A_mapped_box_holds_every_mapped_point_of_it() => Gen.Select(Transforms, Boxes, Gen.Double[0, 1], Gen.Double[0, 1]).Sample(
        (transform, box, across, down) =>
        {
            Box mapped = transform.Apply(box);
            (double x, double y) = transform.Apply(box.Left + (across * box.Width), box.Top + (down * box.Height));
            Assert.InRange(x, mapped.Left - 1e-5, mapped.Right + 1e-5);
            Assert.InRange(y, mapped.Top - 1e-5, mapped.Bottom + 1e-5);
        },
        iter: 1000);

    [Fact]
    public void A_map_and_its_inverse_cancel() => Gen.Select(Transforms, Gen.Double[-3000, 3000], Gen.Double[-3000, 3000]).Sample(
        (transform, x, y) =>
        {
            (double bx, double by) = transform.Then(transform.Inverse()).Apply(x, y);
            Assert.Equal(x, bx, 1e-5);
            Assert.Equal(y, by, 1e-5);
        },
        iter: 500);

    [Fact]
    public void What_lies_beyond_the_horizon_has_no_image()
    {
        PageTransform slant = PageTransform.FromMatrix(1, 0, 0, 1, 0, 0, 0, -0.001);
        Assert.True(slant.Reaches(new Box(0, 0, 500, 999)));
        Assert.False(slant.Reaches(new Box(0, 0, 500, 1000)));
        Assert.Throws<ArgumentException>(() => slant.Apply(new Box(0, 900, 10, 200)));
        Assert.Throws<ArgumentException>(() => slant.Apply(3, 1000));
        Assert.Throws<ArgumentException>(() => PageTransform.FromMatrix(1, 0, 0, 1, 0, 2000).Then(slant));
        Assert.True(PageTransform.Scale(3).Reaches(new Box(-100_000, -100_000, 1 << 29, 1 << 29)));
    }

    [Fact]
    public void A_page_whose_pixels_have_no_place_on_the_original_is_refused()
    {
        using Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 10, 2000, new Dpi(300, false));
        Assert.Throws<ArgumentException>(() => PageImage.CreatePrepared(
            DocumentId.Create(TimeProvider.System), new PageNumber(1), raster, new PageSize(10, 2000), PageTransform.FromMatrix(1, 0, 0, 1, 0, 0, 0, -0.001)));
    }

    [Fact]
    public void Then_is_one_after_the_other() => Gen.Select(Transforms, Flat, Gen.Double[-3000, 3000], Gen.Double[-3000, 3000]).Sample(
        (first, next, x, y) =>
        {
            (double ex, double ey) = next.Apply(first.Apply(x, y).X, first.Apply(x, y).Y);
            (double ax, double ay) = first.Then(next).Apply(x, y);
            Assert.Equal(ex, ax, 1e-5);
            Assert.Equal(ey, ay, 1e-5);
        },
        iter: 500);

    [Fact]
    public void A_round_trip_through_a_quarter_turn_or_doubling_is_exact() => Boxes.Sample(
        box =>
        {
            PageTransform quarter = PageTransform.FromMatrix(0, -1, 1, 0, 3300, 0);
            Assert.Equal(box, quarter.Inverse().Apply(quarter.Apply(box)));
            Assert.Equal(box, PageTransform.Scale(2).Inverse().Apply(PageTransform.Scale(2).Apply(box)));
        },
        iter: 100);

    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0)]
    [InlineData(1, 2, 2, 4, 0, 0)]
    [InlineData(1, 0, 0, 1, 1000, 0, 0.001, 0)]
    [InlineData(1, 0, 0, 1, 0, 0, double.NaN, 0)]
    [InlineData(1, 0, 0, 1, double.NaN, 0)]
    [InlineData(1, double.NaN, 0, 1, 0, 0)]
    [InlineData(1, 0, 0, 1, 0, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, 0, 0, 1, 0, 0)]
    public void A_map_without_a_way_back_is_refused(double m11, double m12, double m21, double m22, double dx, double dy, double wx = 0, double wy = 0) =>
        Assert.Throws<ArgumentException>(() => PageTransform.FromMatrix(m11, m12, m21, m22, dx, dy, wx, wy));
}

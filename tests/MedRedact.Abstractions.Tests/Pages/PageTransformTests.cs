using CsCheck;

namespace MedRedact.Tests;

public sealed class PageTransformTests
{
    private static readonly Gen<Box> Boxes = Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 3000], Gen.Int[1, 500], Gen.Int[1, 500])
        .Select((left, top, width, height) => new Box(left, top, width, height));

    // Scale, quarter turns, skew, mirror and shift: whatever preparation may do.
    private static readonly Gen<PageTransform> Transforms = Gen.Select(
        Gen.Double[0.2, 5], Gen.Double[0, 2 * Math.PI], Gen.Bool, Gen.Double[-4000, 4000], Gen.Double[-4000, 4000]).Select(
        (scale, angle, mirror, dx, dy) => PageTransform.FromMatrix(
            scale * Math.Cos(angle) * (mirror ? -1 : 1), -scale * Math.Sin(angle), scale * Math.Sin(angle) * (mirror ? -1 : 1), scale * Math.Cos(angle), dx, dy));

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
    public void A_map_and_its_inverse_cancel() => Gen.Select(Transforms, Gen.Double[-3000, 3000], Gen.Double[-3000, 3000]).Sample(
        (transform, x, y) =>
        {
            (double bx, double by) = transform.Then(transform.Inverse()).Apply(x, y);
            Assert.Equal(x, bx, 1e-6);
            Assert.Equal(y, by, 1e-6);
        },
        iter: 500);

    [Fact]
    public void Then_is_one_after_the_other() => Gen.Select(Transforms, Transforms, Gen.Double[-3000, 3000], Gen.Double[-3000, 3000]).Sample(
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
    [InlineData(1, 0, 0, 1, double.NaN, 0)]
    [InlineData(1, double.NaN, 0, 1, 0, 0)]
    [InlineData(1, 0, 0, 1, 0, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, 0, 0, 1, 0, 0)]
    public void A_map_without_a_way_back_is_refused(double m11, double m12, double m21, double m22, double dx, double dy) =>
        Assert.Throws<ArgumentException>(() => PageTransform.FromMatrix(m11, m12, m21, m22, dx, dy));
}

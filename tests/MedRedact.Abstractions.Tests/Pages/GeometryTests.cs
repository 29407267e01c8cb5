using CsCheck;

namespace MedRedact.Tests;

public sealed class GeometryTests
{
    private static readonly Gen<Box> Boxes = Gen.Select(Gen.Int[-50, 400], Gen.Int[-50, 400], Gen.Int[0, 200], Gen.Int[0, 200])
        .Select((left, top, width, height) => new Box(left, top, width, height));

    private static readonly Gen<TextSpan> Spans = Gen.Select(Gen.Int[0, 30], Gen.Int[0, 10]).Select((start, length) => new TextSpan(start, length));

    [Fact]
    public void A_union_is_commutative_and_covers_both() => Gen.Select(Boxes, Boxes).Sample(
        (a, b) =>
        {
            Box union = a.Union(b);
            Assert.True(a.IsEmpty && b.IsEmpty || union == b.Union(a));
            Assert.True(a.IsEmpty || a.Intersect(union) == a);
            Assert.True(b.IsEmpty || b.Intersect(union) == b);
        },
        iter: 500);

    [Fact]
    public void Boxes_overlap_exactly_when_they_share_a_pixel() => Gen.Select(Boxes, Boxes).Sample(
        (a, b) =>
        {
            Box common = a.Intersect(b);
            bool share = a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom && !a.IsEmpty && !b.IsEmpty;
            Assert.Equal(share, a.Overlaps(b));
            Assert.Equal(a.Overlaps(b), b.Overlaps(a));
            Assert.Equal(share, !common.IsEmpty);
        },
        iter: 500);

    [Fact]
    public void A_box_that_reaches_beyond_the_number_range_still_covers_the_page()
    {
        var page = new Box(0, 0, 2550, 3300);
        var rest = new Box(10, 20, int.MaxValue, int.MaxValue);
        Assert.Equal(Box.FromEdges(10, 20, 2550, 3300), rest.Intersect(page));
        Assert.Equal(page, new Box(0, 0, int.MaxValue, int.MaxValue).Grow(1000).Intersect(page));
        Assert.Equal(page, page.Grow(int.MaxValue).Intersect(page));
    }

    [Fact]
    public void Growing_and_shrinking_back_is_nothing() => Gen.Select(Boxes, Gen.Int[0, 100])
        .Sample((box, pixels) => Assert.Equal(box, box.Grow(pixels).Grow(-pixels)), iter: 100);

    [Fact]
    public void Spans_overlap_exactly_when_they_share_a_unit() => Gen.Select(Spans, Spans).Sample(
        (a, b) =>
        {
            bool share = Enumerable.Range(a.Start, a.Length).Intersect(Enumerable.Range(b.Start, b.Length)).Any();
            Assert.Equal(share, a.Overlaps(b));
            Assert.Equal(share, b.Overlaps(a));
            Assert.Equal(a, TextSpan.FromBounds(a.Start, a.End));
        },
        iter: 1000);

    [Fact]
    public void A_span_cannot_end_beyond_the_number_range()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextSpan(int.MaxValue, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextSpan(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextSpan(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextSpan.FromBounds(5, 4));
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_confidence_is_a_probability(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => Confidence.Of(value));

    [Fact]
    public void The_default_confidence_is_none_at_all()
    {
        Assert.Equal(0, default(Confidence).Value);
        Assert.True(default(Confidence) < Confidence.Certain);
    }

    [Fact]
    public void Pages_are_counted_from_one()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PageNumber(0));
        Assert.True(new PageNumber(1) < new PageNumber(2));
    }
}

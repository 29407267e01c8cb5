using System.Collections.Immutable;
using CsCheck;

namespace MedRedact.Redaction;

public sealed class BlockGridTests
{
    private static readonly Gen<Box> Boxes = Gen.Select(Gen.Int[0, 200], Gen.Int[0, 150], Gen.Int[1, 120], Gen.Int[1, 60], (left, top, width, height) => new Box(left, top, width, height));

    [Fact]
    public void Every_block_of_luma_that_a_box_touches_is_covered_whole_from_whichever_corner_blocks_are_counted() => Gen.Select(
        Boxes, Boxes.Array[0, 4], Gen.Int[321, 345], Gen.Int[211, 235], Gen.Int[1, 4].Select(blocks => blocks * 8)).Sample((box, kept, width, height, side) =>
    {
        Box covered = new BlockGrid(side, new PageSize(width, height), kept).Cover(box);
        Assert.All(Touched(box, width, height, 8), block => Assert.Equal(block, block.Intersect(covered)));
    });

    [Fact]
    public void Larger_blocks_are_covered_whole_where_no_word_stands_in_the_way() => Gen.Select(
        Boxes, Gen.Int[321, 345], Gen.Int[211, 235], Gen.Int[1, 4].Select(blocks => blocks * 8)).Sample((box, width, height, side) =>
    {
        Box covered = new BlockGrid(side, new PageSize(width, height), []).Cover(box);
        Assert.All(Touched(box, width, height, side), block => Assert.Equal(block, block.Intersect(covered)));
        Assert.True(covered.Width < box.Width + (4 * side) && covered.Height < box.Height + (4 * side));
    });

    [Fact]
    public void A_word_that_stays_is_never_covered_for_the_sake_of_colour_alone() => Gen.Select(Boxes, Boxes.Array[1, 4]).Sample((box, kept) =>
    {
        var page = new PageSize(336, 224);
        Box luma = new BlockGrid(8, page, kept).Cover(box), colour = new BlockGrid(16, page, kept).Cover(box);
        Assert.All(kept.Where(word => word.Overlaps(colour)), word => Assert.True(word.Overlaps(luma)));
    });

    [Fact]
    public void A_page_that_was_not_coded_in_blocks_keeps_its_boxes() =>
        Boxes.Sample(box => Assert.Equal(box, new BlockGrid(0, new PageSize(330, 220), []).Cover(box)));

    [Fact]
    public async Task All_boxes_of_a_jpeg_page_are_blocks_or_end_with_the_page_and_none_is_smaller_than_before() => await Gen.Select(
        Gen.String[Gen.Char['a', 'z'], 2, 9].Array[4, 9], Gen.Int[0, 3], Gen.Bool, Gen.Int[1, 2].Select(blocks => blocks * 8)).SampleAsync(async (words, chosen, twoLines, side) =>
    {
        string text = string.Join(' ', words[..3]) + (twoLines ? '\n' : ' ') + string.Join(' ', words[3..]);
        ImmutableArray<PaintedBox> plain = (await ApplyAsync(text, words[chosen], 0)).Painted;
        AppliedRedaction coded = await ApplyAsync(text, words[chosen], side);

        Raster raster = coded.Page.Raster;
        Assert.Equal(plain.Length, coded.Painted.Length);
        foreach ((PaintedBox before, PaintedBox after) in plain.Zip(coded.Painted))
        {
            Assert.Equal(before.Box, before.Box.Intersect(after.Box));
            Assert.All(Touched(before.Box, raster.Width, raster.Height, 8), block => Assert.Equal(block, block.Intersect(after.Box)));
        }

        Assert.True(PixelProof.Holds(coded, new DotLabels(), RasterMemory.Shared));
    }, iter: 60);

    private static ValueTask<AppliedRedaction> ApplyAsync(string text, string value, int side)
    {
        TestPage page = TestPage.Of(text);
        return new RedactionApplier(new PolicyOf(_ => Disposition.Redact), [], null, new DotLabels()).ApplyAsync(
            page.Examined(page.Find(value)), page.Raster, TestPage.Subject() with { BlockSide = side }, TestContext.Current.CancellationToken);
    }

    /// <summary>The blocks that a box touches, by either way of counting, found by looking at each block.</summary>
    private static IEnumerable<Box> Touched(Box box, int width, int height, int side) =>
        from left in Edges(width, side)
        from top in Edges(height, side)
        let block = Box.FromEdges(left.From, top.From, left.To, top.To)
        where block.Overlaps(box)
        select block;

    private static IEnumerable<(int From, int To)> Edges(int length, int side)
    {
        for (int at = 0; at < length; at += side)
        {
            int to = Math.Min(at + side, length);
            yield return (at, to);
            yield return (length - to, length - at);
        }
    }
}

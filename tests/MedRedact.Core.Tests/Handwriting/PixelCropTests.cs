using MedRedact.Handwriting;

namespace MedRedact.Core.Tests.Handwriting;

public sealed class PixelCropTests
{
    [Fact]
    public void A_piece_of_a_grey_page_holds_its_pixels()
    {
        using Raster page = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 20, 10, new Dpi(100, false));
        for (int at = 0; at < 200; at++)
            page.WritablePixels.Span[at] = (byte)at;

        (Raster piece, int left) = PixelCrop.Of(page, new Box(5, 3, 7, 4), RasterMemory.Shared);

        using (piece)
        {
            Assert.Equal((5, new PageSize(7, 4)), (left, piece.Size));
            for (int row = 0; row < 4; row++)
                Assert.Equal(Enumerable.Range(((3 + row) * 20) + 5, 7).Select(at => (byte)at), piece.Pixels.Span.Slice(row * piece.Stride, 7).ToArray());
        }
    }

    [Fact]
    public void A_piece_of_a_bilevel_page_begins_on_a_byte()
    {
        using Raster page = RasterMemory.Shared.Allocate(PixelFormat.Bilevel, 24, 2, new Dpi(100, false));
        byte[] bits = [0x01, 0x82, 0x03, 0x04, 0x85, 0x06];
        bits.CopyTo(page.WritablePixels.Span);

        (Raster piece, int left) = PixelCrop.Of(page, new Box(10, 0, 12, 2), RasterMemory.Shared);

        using (piece)
        {
            Assert.Equal((8, new PageSize(14, 2)), (left, piece.Size));
            Assert.Equal([0x82, 0x03, 0x85, 0x06], piece.Pixels.Span[..4].ToArray());
        }
    }
}

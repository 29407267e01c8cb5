namespace MedRedact.Handwriting;

/// <summary>Cuts a piece out of a page's pixels, into memory that the host owns.</summary>
internal static class PixelCrop
{
    /// <summary>Copies a piece; where eight pixels share a byte it begins up to seven pixels farther left.</summary>
    /// <param name="page">Borrowed.</param>
    /// <param name="box">Inside the page, not empty.</param>
    /// <param name="memory">Where the piece goes.</param>
    /// <returns>The piece, which the caller owns, and the column it begins at.</returns>
    public static (Raster Piece, int Left) Of(Raster page, Box box, IRasterMemory memory)
    {
        int left = page.Format == PixelFormat.Bilevel ? box.Left & ~7 : box.Left;
        int width = box.Right - left;
        Raster piece = memory.Allocate(page.Format, width, box.Height, page.Dpi);
        int from = left == 0 ? 0 : Raster.RowBytes(page.Format, left), bytes = Raster.RowBytes(page.Format, width);
        for (int row = 0; row < box.Height; row++)
            page.Pixels.Span.Slice(((box.Top + row) * page.Stride) + from, bytes).CopyTo(piece.WritablePixels.Span[(row * piece.Stride)..]);
        return (piece, left);
    }
}

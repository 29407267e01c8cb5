using MedRedact.Redaction;
using MedRedact.Synthesis;
using SkiaSharp;

namespace MedRedact.Core.Tests.Redaction;

/// <summary>A JPEG spreads the ink of a block over all of its 8 × 8 pixels. Whoever knows the rest of a page draws it with every name in question, saves it alike and
/// compares what is left around the box.</summary>
public sealed class JpegResidueTests
{
    private const int Width = 480, Height = 160, Left = 101, Baseline = 90, Candidates = 30;

    [Theory]
    [InlineData(50)]
    [InlineData(95)]
    public void What_is_left_beside_a_box_is_the_same_whatever_name_it_hides(int quality)
    {
        (byte[] Pixels, int W, int H)[] names = [.. Names().Take(Candidates)];
        byte[][] saved = [.. names.Select(name => Saved(name, quality))];
        Assert.True(DifferenceOf(saved, names, blockSide: 0) > 0, "Without whole blocks nothing is left beside a box either, so that this would not show.");
        Assert.Equal(0, DifferenceOf(saved, names, blockSide: 8));
    }

    /// <summary>How much the pages with boxes of one size differ beside these, all pairs together.</summary>
    private static long DifferenceOf(byte[][] saved, (byte[] Pixels, int W, int H)[] names, int blockSide)
    {
        Box[] boxes = [.. saved.Select((page, at) => Painted(page, names[at], blockSide))];
        Assert.Contains(boxes.GroupBy(box => box), alike => alike.Count() > 2);
        long difference = 0;
        for (int one = 0; one < saved.Length; one++)
        {
            for (int other = 0; other < one; other++)
                difference += boxes[one] == boxes[other] ? Misfit(saved[one], saved[other], boxes[one]) : 0;
        }

        return difference;
    }

    private static long Misfit(byte[] released, byte[] candidate, Box box)
    {
        long sum = 0;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                if (x >= box.Left && x < box.Right && y >= box.Top && y < box.Bottom)
                    continue;
                int difference = released[(y * Width) + x] - candidate[(y * Width) + x];
                sum += difference * difference;
            }
        }

        return sum;
    }

    private static Box Painted(byte[] page, (byte[] Pixels, int W, int H) name, int blockSide)
    {
        using Raster raster = TestPage.NewRaster(PixelFormat.Gray8, Width, Height, 200);
        page.CopyTo(raster.WritablePixels.Span);
        var word = new Box(Left, Baseline - name.H, name.W, name.H);
        return new BlockGrid(blockSide, raster.Size, []).Cover(Assert.Single(new GlyphCover(raster, []).CoverWords(word, word)));
    }

    private static byte[] Saved((byte[] Pixels, int W, int H) name, int quality)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Gray8, SKAlphaType.Opaque));
        Span<byte> pixels = bitmap.GetPixelSpan();
        pixels.Fill(255);
        for (int y = 0; y < name.H; y++)
            name.Pixels.AsSpan(y * name.W, name.W).CopyTo(pixels[(((Baseline - name.H + y) * bitmap.RowBytes) + Left)..]);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        using SKBitmap back = SKBitmap.Decode(data);
        var grey = new byte[Width * Height];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
                grey[(y * Width) + x] = back.GetPixel(x, y).Green;
        }

        return grey;
    }

    private static IEnumerable<(byte[] Pixels, int W, int H)> Names()
    {
        var seen = new HashSet<string>();
        for (int seed = 1; seed < 60; seed++)
        {
            SyntheticPage page = SyntheticRecords.Create(DocumentKind.ProgressNote, seed).DrawPages(new DrawOptions { Dpi = 200 })[0];
            foreach (TruthWord word in page.Words.Where(word => word.Text.Length >= 6 && word.Text.All(char.IsAsciiLetter) && word.Box.Width is >= 80 and < 150 && word.Box.Height == 25))
            {
                if (!seen.Add(word.Text))
                    continue;
                var pixels = new byte[word.Box.Width * word.Box.Height];
                for (int y = 0; y < word.Box.Height; y++)
                    page.Pixels.Span.Slice(((word.Box.Top + y) * page.Width) + word.Box.Left, word.Box.Width).CopyTo(pixels.AsSpan(y * word.Box.Width));
                yield return (pixels, word.Box.Width, word.Box.Height);
            }
        }
    }
}

namespace MedRedact.Synthesis;

/// <summary>Applies a <see cref="Degradation"/>. All arithmetic is our own, so the same seed gives the same pixels.</summary>
internal static class PageWear
{
    public static SyntheticPage Apply(SyntheticPage page, Degradation wear, int seed)
    {
        var random = SeededRandom.For("wear", seed);
        int dpi = wear.Dpi > 0 && wear.Dpi < page.Dpi ? wear.Dpi : page.Dpi;
        double scale = (double)dpi / page.Dpi;
        int width = (int)Math.Round(page.Width * scale), height = (int)Math.Round(page.Height * scale);
        byte[] pixels = dpi == page.Dpi ? page.Pixels.ToArray() : Geometry.Shrink(page.Pixels.Span, page.Width, page.Height, width, height);
        if (wear.RotationDegrees != 0)
            pixels = Geometry.Rotate(pixels, width, height, wear.RotationDegrees);
        CameraView? view = wear.Slant > 0 ? new CameraView(width, height, wear.Slant, seed) : null;
        if (view is not null)
            pixels = view.Take(pixels);
        if (wear.UnevenLight > 0)
            Tone.Shade(pixels, width, height, wear.UnevenLight, random.Between(0, 3));
        for (int pass = 0; pass < (wear.Blur > 0 ? 2 : 0); pass++)
            pixels = Tone.BoxBlur(pixels, width, height, wear.Blur);
        if (wear.Fade > 0 || wear.Noise > 0)
            Tone.FadeAndNoise(pixels, wear.Fade, wear.Noise, random);
        Tone.Punch(pixels, width, height, dpi, wear.PunchHoles);
        if (wear.Bilevel)
            Tone.Threshold(pixels);
        if (wear.Speckle > 0)
            Tone.Speckle(pixels, wear.Speckle, random);

        PixelBox Moved(PixelBox box) => Geometry.Move(box, scale, wear.RotationDegrees, view, width, height);
        var worn = new SyntheticPage(pixels, width, height, dpi, [.. page.Words.Select(word => word with { Box = Moved(word.Box) })],
            [.. page.Marks.Select(mark => mark with { Box = Moved(mark.Box) })]);
        return wear.JpegQuality == 0
            ? worn
            : new SyntheticPage(PageFiles.DecodeGrey(PageFiles.Jpeg(worn, wear.JpegQuality), width, height), width, height, dpi, worn.Words, worn.Marks);
    }
}

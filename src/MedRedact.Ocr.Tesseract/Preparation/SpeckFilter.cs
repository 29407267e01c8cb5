using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Takes specks of at most 2 × 2 pixels off the paper and out of the ink of a black and white page; every stroke keeps its very pixels.</summary>
internal static class SpeckFilter
{
    private const int LargestSpeck = 2;

    /// <param name="image">What to filter.</param>
    /// <param name="target">Grey, of the same size.</param>
    public static void Apply(GrayImage image, Raster target)
    {
        for (int y = 0; y < image.Height; y++)
            image.Row(y).CopyTo(target.WritablePixels.Span[(y * target.Stride)..]);

        using Pix ink = InkMap.Of(image, 128);
        Fill(target, ink, connectivity: 8, paint: 255);
        using Pix paper = LeptonicaApi.pixInvert(0, ink).OrFault();
        Fill(target, paper, connectivity: 4, paint: 0);
    }

    private static void Fill(Raster target, Pix marks, int connectivity, byte paint)
    {
        using Boxa boxes = LeptonicaApi.pixConnCompBB(marks, connectivity);
        for (int i = 0; !boxes.IsInvalid && i < boxes.Count; i++)
        {
            Box box = boxes[i];
            if (box.Width > LargestSpeck || box.Height > LargestSpeck)
                continue;

            // Whatever else lies in so small a box touches the speck by a corner at most, and is a speck itself.
            for (int y = box.Top; y < box.Bottom; y++)
                target.WritablePixels.Span.Slice((y * target.Stride) + box.Left, box.Width).Fill(paint);
        }
    }
}

using SkiaSharp;

namespace MedRedact.Documents.Images;

/// <summary>The one font of labels, embedded, so that a label looks the same on every machine: DejaVu Sans Condensed Bold, printable ASCII
/// (Bitstream Vera licence; made by eng/make-label-font.sh).</summary>
internal static class LabelFont
{
    // Lives as long as the process; Skia's typefaces may be shared between threads.
    private static readonly Lazy<SKTypeface> Typeface = new(Load);

    public static bool CanShow(string label)
    {
        foreach (char character in label)
        {
            if (character is < ' ' or > '~')
                return false;
        }

        return !string.IsNullOrWhiteSpace(label);
    }

    /// <summary>A font of a size in pixels, unhinted, so that widths grow evenly with size; the caller disposes it.</summary>
    public static SKFont OfSize(float size) => new(Typeface.Value, size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        Subpixel = true,
        LinearMetrics = true,
    };

    private static SKTypeface Load()
    {
        using Stream font = typeof(LabelFont).Assembly.GetManifestResourceStream("label-font.ttf")!;
        using SKData data = SKData.Create(font);
        return SKTypeface.FromData(data);
    }
}

using SkiaSharp;

namespace MedRedact.Synthesis;

/// <summary>The embedded fonts, so that a page looks the same on every machine.</summary>
internal static class Typefaces
{
    private static readonly SKTypeface[] s_faces =
    [
        Load("ChartSans-Regular"), Load("ChartSans-Bold"), Load("ChartSerif-Regular"), Load("ChartSerif-Bold"), Load("ChartMono-Regular"), Load("ChartMono-Bold"), Load("ChartHand-Regular"),
    ];

    // Widths are measured once, at a size where rounding does not matter, so that lines break alike at every resolution.
    private static readonly double[][] s_advances = [.. s_faces.Select(Advances)];

    public static SKFont Font(Face face, float pixels) => new(s_faces[(int)face], pixels)
    {
        Subpixel = true,
        LinearMetrics = true,
        Hinting = SKFontHinting.None,
        Edging = SKFontEdging.Antialias,
        EmbeddedBitmaps = false,
    };

    public static double Width(string text, TextStyle style)
    {
        double[] advances = s_advances[(int)style.Face];
        double sum = 0;
        foreach (char c in text)
            sum += advances[c < advances.Length ? c : '?'];
        return sum * style.Size;
    }

    private static SKTypeface Load(string name)
    {
        using Stream stream = typeof(Typefaces).Assembly.GetManifestResourceStream(name)!;
        return SKTypeface.FromStream(stream);
    }

    private static double[] Advances(SKTypeface face)
    {
        using SKFont font = new(face, 1000) { LinearMetrics = true, Hinting = SKFontHinting.None };
        var advances = new double[256];
        for (int c = 32; c < advances.Length; c++)
            advances[c] = font.MeasureText(((char)c).ToString()) / 1000.0;
        return advances;
    }
}

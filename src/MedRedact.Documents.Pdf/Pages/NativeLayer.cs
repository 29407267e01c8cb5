using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;

namespace MedRedact.Documents.Pdf;

/// <summary>A word of a page's own text layer.</summary>
/// <param name="Left">Left edge in units of the upright page.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Bottom edge.</param>
/// <param name="Start">First byte of its text.</param>
/// <param name="Length">Bytes of its text.</param>
/// <param name="Line">The number of its line on the page.</param>
/// <param name="Block">The number of its block on the page.</param>
internal readonly record struct NativeWord(double Left, double Top, double Right, double Bottom, int Start, int Length, int Line, int Block);

/// <summary>The words of a page's text layer, as <c>pdftotext -bbox-layout</c> writes them. PHI: it owns the bytes and clears them.</summary>
internal sealed class NativeLayer : IDisposable
{
    private readonly byte[] _bytes;

    private NativeLayer(byte[] bytes, ImmutableArray<NativeWord> words) => (_bytes, Words) = (bytes, words);

    public ImmutableArray<NativeWord> Words { get; }

    /// <summary>The height of the smaller text: one word in ten is lower. 0 where there are no words.</summary>
    public double TextHeight
    {
        get
        {
            double[] heights = [.. Words.Select(word => word.Bottom - word.Top).Where(height => height > 0).Order()];
            return heights.Length == 0 ? 0 : heights[heights.Length / 10];
        }
    }

    /// <summary>Parses the output; takes the bytes over.</summary>
    public static NativeLayer Parse(byte[] bytes, int length)
    {
        ReadOnlySpan<byte> all = bytes.AsSpan(0, length);
        var words = ImmutableArray.CreateBuilder<NativeWord>();
        int line = 0, block = 0;
        for (int at = 0; at < all.Length;)
        {
            int tag = all[at..].IndexOf((byte)'<');
            if (tag < 0)
                break;

            at += tag + 1;
            ReadOnlySpan<byte> rest = all[at..];
            if (rest.StartsWith("/line>"u8))
                line++;
            else if (rest.StartsWith("/block>"u8))
                block++;
            else if (rest.StartsWith("word "u8) && TryParse(all, at, line, block) is { } word)
                words.Add(word);
        }

        return new NativeLayer(bytes, words.ToImmutable());
    }

    /// <summary>The text layer in pixels of the rendered page; <see langword="null"/> where no word lies on the page.</summary>
    public PageText? ToPageText(PdfPage page, PdfRendering rendering)
    {
        (double across, double down) = page.IsTurned
            ? (rendering.PerUnitDown, rendering.PerUnitAcross)
            : (rendering.PerUnitAcross, rendering.PerUnitDown);
        var builder = new PageTextBuilder(PageTransform.Identity);
        var on = new Box(0, 0, rendering.Size.Width, rendering.Size.Height);
        (int line, int block, int count) = (0, 0, 0);
        char[] text = new char[Words.Length == 0 ? 0 : Words.Max(word => word.Length)];
        foreach (NativeWord word in Words)
        {
            // What lies beside the page is on no pixel, and a text layer is never carried over: there is nothing to take out.
            Box box = ToPixels(word, across, down).Intersect(on);
            int length = Decode(word, text);
            if (box.IsEmpty || length == 0)
                continue;

            if (word.Block != block)
                builder.BreakBlock();
            else if (word.Line != line)
                builder.BreakLine();
            (line, block) = (word.Line, word.Block);
            builder.AddWord(text.AsSpan(0, length), box, Confidence.Certain);
            count++;
        }

        Array.Clear(text);
        PageText built = builder.Build();
        if (count > 0)
            return built;

        built.Dispose();
        return null;
    }

    public void Dispose() => Array.Clear(_bytes);

    private static NativeWord? TryParse(ReadOnlySpan<byte> all, int at, int line, int block)
    {
        ReadOnlySpan<byte> tag = all[at..];
        int close = tag.IndexOf((byte)'>'), end = tag.IndexOf("</word>"u8);
        return close > 0 && end > close
            && Value(tag[..close], "xMin=\""u8) is { } left && Value(tag[..close], "yMin=\""u8) is { } top
            && Value(tag[..close], "xMax=\""u8) is { } right && Value(tag[..close], "yMax=\""u8) is { } bottom
            ? new NativeWord(left, top, right, bottom, at + close + 1, end - close - 1, line, block)
            : null;
    }

    private static double? Value(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> name)
    {
        int at = tag.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(tag[(at + name.Length)..], out double value, out _) && double.IsFinite(value) ? value : null;
    }

    /// <summary>Rounded outward; a word without extent gets a pixel.</summary>
    private static Box ToPixels(NativeWord word, double across, double down)
    {
        int left = Pixel(Math.Floor(word.Left * across)), top = Pixel(Math.Floor(word.Top * down));
        return Box.FromEdges(left, top, Math.Max(left + 1, Pixel(Math.Ceiling(word.Right * across))), Math.Max(top + 1, Pixel(Math.Ceiling(word.Bottom * down))));
    }

    private static int Pixel(double value) => (int)Math.Clamp(value, -1e6, 1e6);

    /// <summary>Decodes UTF-8 and the five entities of XML.</summary>
    private int Decode(NativeWord word, char[] text)
    {
        int length = Encoding.UTF8.GetChars(_bytes.AsSpan(word.Start, word.Length), text);
        int kept = 0;
        for (int i = 0; i < length; i++)
        {
            (char value, int used) = text[i] == '&' ? Entity(text.AsSpan(i, length - i)) : (text[i], 1);
            text[kept++] = value;
            i += used - 1;
        }

        return kept;
    }

    private static (char Value, int Used) Entity(ReadOnlySpan<char> text) => text switch
    {
        _ when text.StartsWith("&amp;") => ('&', 5),
        _ when text.StartsWith("&lt;") => ('<', 4),
        _ when text.StartsWith("&gt;") => ('>', 4),
        _ when text.StartsWith("&quot;") => ('"', 6),
        _ when text.StartsWith("&apos;") => ('\'', 6),
        _ => ('&', 1),
    };
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace MedRedact.Redaction;

/// <summary>A page drawn for tests: every letter is a block of bars in a cell, so its ink, its text and its boxes are known exactly.</summary>
internal sealed class TestPage
{
    public const int CellWidth = 12, TextHeight = 20, LineStep = 40, Left = 30, Top = 30;

    private static readonly DocumentId Document = new(new Guid("01900000-0000-7000-8000-000000000001"));

    private TestPage(string text, PixelFormat format, int width, int height, bool native)
    {
        Text = text;
        Raster = NewRaster(format, width, height);
        var builder = new PageTextBuilder(PageTransform.Identity);
        string[] lines = text.Split('\n');
        for (int line = 0; line < lines.Length; line++)
        {
            if (lines[line].Length == 0)
            {
                builder.BreakBlock();
                continue;
            }

            int column = 0;
            foreach (string word in lines[line].Split(' '))
            {
                var box = new Box(Left + (column * CellWidth), Top + (line * LineStep), (word.Length * CellWidth) - 3, TextHeight);
                Draw(Raster, word, box);
                builder.AddWord(word, box, Confidence.Of(0.9));
                column += word.Length + 1;
            }

            builder.BreakLine();
        }

        PageText recognized = builder.Build();
        Recognized = RecognizedPage.Create(Document, new PageNumber(1), Raster.Size, recognized, native ? Copy(recognized) : null);
    }

    public string Text { get; }

    public Raster Raster { get; }

    public RecognizedPage Recognized { get; }

    public static TestPage Of(string text, PixelFormat format = PixelFormat.Gray8, bool native = false)
    {
        string[] lines = text.Split('\n');
        return new TestPage(text, format, (2 * Left) + (CellWidth * (lines.Max(line => line.Length) + 10)), (2 * Top) + (LineStep * lines.Length), native);
    }

    /// <summary>The examined page; its findings are what is named, in reading order.</summary>
    public ExaminedPage Examined(params Finding[] findings) => Examined(Recognized, findings);

    /// <summary>Only the core makes examined pages; here a test stands in for it.</summary>
    public static ExaminedPage Examined(RecognizedPage page, params Finding[] findings) => NewExaminedPage(page, [.. findings]);

    /// <summary>A finding of the first, or a later, occurrence of a value.</summary>
    public Finding Find(string value, PhiCategory? category = null, int occurrence = 0, TextLayer layer = TextLayer.Recognized)
    {
        int at = -1;
        for (int i = 0; i <= occurrence; i++)
            at = Text.IndexOf(value, at + 1, StringComparison.Ordinal);

        Assert.True(at >= 0);
        return Finding(category ?? PhiCategory.PersonName, new Location.Text(new TextSpan(at, value.Length), layer));
    }

    public static Finding Finding(PhiCategory category, Location location) =>
        new(category, location, Confidence.Of(0.9), new DetectorId("test"), new RuleId("test"));

    public static RedactionSubject Subject(string subject = "subject") =>
        new(new TenantId("north"), new TokenScope("north"), Phi.Of(subject), PurposeOfUse.Treatment);

    public static Raster NewRaster(PixelFormat format, int width, int height, double dpi = 300)
    {
        Raster raster = RasterMemory.Shared.Allocate(format, width, height, new Dpi(dpi, false));
        if (format != PixelFormat.Bilevel)
            raster.WritablePixels.Span.Fill(255);
        return raster;
    }

    public static void SetInk(Raster raster, int x, int y)
    {
        Span<byte> row = raster.WritablePixels.Span[(y * raster.Stride)..];
        switch (raster.Format)
        {
            case PixelFormat.Gray8: row[x] = 20; break;
            case PixelFormat.Rgb24: row.Slice(x * 3, 3).Fill(20); break;
            case PixelFormat.Bgra32: row.Slice(x * 4, 3).Fill(20); break;
            default: row[x >> 3] |= (byte)(0x80 >> (x & 7)); break;
        }
    }

    public bool IsInk(int x, int y)
    {
        Span<byte> gray = stackalloc byte[1];
        RasterInk.ReadGray(Raster, new Box(x, y, 1, 1), gray);
        return gray[0] < 128;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern ExaminedPage NewExaminedPage(RecognizedPage page, ImmutableArray<Finding> findings);

    private static PageText Copy(PageText text)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        int block = 0;
        foreach (LayoutLine line in text.Layout.Lines)
        {
            if (line.Block != block)
                builder.BreakBlock();
            block = line.Block;
            foreach (LayoutWord word in line.Words)
                builder.AddWord(text.Text.Extract(word.Span).Reveal(), word.Box, word.Confidence);
            builder.BreakLine();
        }

        return builder.Build();
    }

    /// <summary>Draws a word.</summary>
    public static void Draw(Raster raster, string word, Box box)
    {
        for (int i = 0; i < word.Length; i++)
        {
            for (int y = box.Top; y < box.Bottom; y++)
            {
                // Two stems and one bar, at a height that depends on the letter.
                for (int x = 0; x < CellWidth - 3; x++)
                {
                    if (x < 2 || x > CellWidth - 6 || (y - box.Top) / 2 == word[i] % (TextHeight / 2))
                        SetInk(raster, box.Left + (i * CellWidth) + x, y);
                }
            }
        }
    }
}

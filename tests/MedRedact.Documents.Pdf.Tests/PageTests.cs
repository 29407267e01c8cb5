namespace MedRedact.Documents.Pdf.Tests;

/// <summary>What a page looks like, and where its own text lies on it.</summary>
public sealed class PageTests
{
    public PageTests() => Reading.NeedsPoppler();

    [Fact]
    public async Task A_page_that_is_one_image_keeps_the_pixels_of_the_image()
    {
        byte[] gray = new byte[450 * 300];
        new Random(7).NextBytes(gray);
        using PageImage page = await Reading.PageAsync(PdfFiles.Scan(450, 300, gray).ToBytes());
        Assert.Equal(new PageSize(450, 300), page.OriginalSize);
        Assert.Equal(PixelFormat.Gray8, page.Reveal().Format);
        Assert.True(page.Reveal().Pixels.Span.SequenceEqual(gray));
        Assert.Equal(108, page.Reveal().Dpi.Value);
        Assert.Null(page.NativeText);
    }

    [Fact]
    public async Task An_image_with_print_over_it_is_rendered_fine_enough_for_the_print()
    {
        byte[] gray = new byte[300 * 200];
        using PageImage page = await Reading.PageAsync(PdfFiles.Scan(300, 200, gray, extra: "BT /F 8 Tf 10 10 Td (STAMP) Tj ET").ToBytes());
        Assert.InRange(page.Reveal().Dpi.Value, 199, 301);
        Assert.Equal("STAMP", Reading.TextOf(page.NativeText));
    }

    [Fact]
    public async Task An_invisible_text_layer_leaves_a_scan_a_scan_and_is_read()
    {
        byte[] gray = new byte[450 * 300];
        gray.AsSpan().Fill(255);
        using PageImage page = await Reading.PageAsync(PdfFiles.Scan(450, 300, gray, extra: "BT 3 Tr /F 12 Tf 20 150 Td (HIDDEN) Tj ET").ToBytes());
        Assert.Equal(new PageSize(450, 300), page.OriginalSize);
        Assert.Equal("HIDDEN", Reading.TextOf(page.NativeText));
        Assert.True(Reading.InkOf(page.Reveal()).IsEmpty);
    }

    [Fact]
    public async Task An_image_that_claims_more_than_any_scanner_gives_is_rendered_coarser()
    {
        byte[] file = PdfFiles.Scan(6000, 4000, new byte[6000 * 4000]).ToBytes();
        using PageImage page = await Reading.PageAsync(file);
        Assert.Equal(new PageSize(2500, 1667), page.OriginalSize);
        Assert.Equal(600, page.Reveal().Dpi.Value);
    }

    public static TheoryData<int, string> Boxes
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (int rotation in (int[])[0, 90, 180, 270, -90, 450])
            {
                data.Add(rotation, "/MediaBox [0 0 300 200]");
                data.Add(rotation, "/MediaBox [-50 -20 350 300] /CropBox [60 40 280 190]");
                data.Add(rotation, "/MediaBox [300 200 0 0] /UserUnit 2");
                data.Add(rotation, "/MediaBox [0 0 300 200] /CropBox [20 50 400 900]");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Boxes))]
    public async Task The_box_of_a_native_word_lies_on_its_ink_however_the_page_is_turned_and_cropped(int rotation, string boxes)
    {
        byte[] file = PdfFiles.OnePage("BT /F 20 Tf 90 110 Td (HXH) Tj ET", $"{boxes} /Rotate {rotation}").ToBytes();
        using PageImage page = await Reading.PageAsync(file);
        Assert.Equal("HXH", Reading.TextOf(page.NativeText));
        Box word = Assert.Single(page.NativeText!.Words).Box;
        Box ink = Reading.InkOf(page.Reveal());
        Assert.False(ink.IsEmpty);
        Box around = word.Grow(2);
        Assert.Equal(ink, ink.Intersect(around));

        // The box of a word is as wide as its ink, and of the height of its font.
        bool isTurned = Math.Abs(rotation) % 180 == 90;
        (int along, int inkAlong) = isTurned ? (word.Height, ink.Height) : (word.Width, ink.Width);
        Assert.InRange(inkAlong, along * 0.85, along + 4);
    }

    [Fact]
    public async Task A_page_opens_with_the_same_pixels_each_time()
    {
        byte[] file = PdfFiles.OnePage("1 0 0 rg BT /F 17 Tf 33 77 Td (Same pixels) Tj ET 20 20 100 3 re f").ToBytes();
        using PageImage first = await Reading.PageAsync(file), second = await Reading.PageAsync(file);
        Assert.Equal(PixelFormat.Rgb24, first.Reveal().Format);
        Assert.True(first.Reveal().Pixels.Span.SequenceEqual(second.Reveal().Pixels.Span));
    }

    [Fact]
    public async Task Objects_in_object_streams_are_found()
    {
        using PageImage page = await Reading.PageAsync(PdfFiles.OnePage("BT /F 20 Tf 90 110 Td (PACKED) Tj ET").ToPackedBytes());
        Assert.Equal("PACKED", Reading.TextOf(page.NativeText));
    }

    [Fact]
    public async Task Markup_in_the_text_layer_is_text()
    {
        using PageImage page = await Reading.PageAsync(PdfFiles.OnePage("BT /F 20 Tf 10 110 Td (a<b>&amp;\"c') Tj ET").ToBytes());
        Assert.Equal("a<b>&amp;\"c'", Reading.TextOf(page.NativeText));
    }

    [Fact]
    public async Task A_file_with_broken_cross_references_opens_as_viewers_open_it()
    {
        string file = System.Text.Encoding.Latin1.GetString(PdfFiles.OnePage("BT /F 20 Tf 90 110 Td (FOUND) Tj ET").ToBytes());
        byte[] broken = System.Text.Encoding.Latin1.GetBytes(file.Replace("%\u00E2\u00E3\u00CF\u00D3\n", "%\u00E2\u00E3\u00CF\u00D3\n% shifted by a transfer\n", StringComparison.Ordinal));
        using PageImage page = await Reading.PageAsync(broken);
        Assert.Equal("FOUND", Reading.TextOf(page.NativeText));
    }
}

using System.Collections.Immutable;
using MedRedact.Ink;
using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.Core.Tests.Ink;

public sealed class UnreadInkTests
{
    private static readonly DocumentId Document = new(new Guid("0192f000-0000-7000-8000-000000000001"));

    public static TheoryData<DocumentKind> Kinds => [.. Enum.GetValues<DocumentKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Covers_signatures_bar_codes_and_portraits(DocumentKind kind)
    {
        foreach (SyntheticPage page in SyntheticRecords.Create(kind, 31).DrawPages())
        {
            ImmutableArray<Box> areas = await AreasAsync(page);
            foreach (TruthMark mark in page.Marks.Where(mark => mark.IsPhi))
            {
                // What is left is the rule that a signature stands on.
                double share = CoveredShare(mark.Box, areas, page);
                Assert.True(share > 0.8, $"{kind}: {share:P0} of the ink of a {mark.Kind} of {mark.Box.Width}x{mark.Box.Height} is covered");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Tells_bar_codes_portraits_and_signatures_apart(DocumentKind kind)
    {
        foreach (SyntheticPage page in SyntheticRecords.Create(kind, 36).DrawPages())
        {
            ImmutableArray<Finding> findings = await FindingsAsync(page);
            foreach (TruthMark mark in page.Marks.Where(mark => mark.IsPhi))
            {
                PhiCategory expected = mark.Kind switch
                {
                    MarkKind.Barcode => PhiCategory.Barcode,
                    MarkKind.Portrait => PhiCategory.Photo,
                    _ => PhiCategory.Signature,
                };
                Assert.Contains(findings, finding => finding.Category == expected && ((Location.Area)finding.Location).Box.Overlaps(BoxOf(mark.Box)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Leaves_words_that_were_read_and_ruled_lines_alone(DocumentKind kind)
    {
        int words = 0, touched = 0;
        foreach (SyntheticPage page in SyntheticRecords.Create(kind, 32).DrawPages())
        {
            ImmutableArray<Box> areas = await AreasAsync(page);
            foreach (TruthWord word in page.Words)
            {
                words++;
                touched += CoveredShare(word.Box, areas) > 0.3 ? 1 : 0;
            }
        }

        Assert.True(touched * 100 <= words * 2, $"{kind}: {touched} of {words} words lie under unread ink");
    }

    [Fact]
    public async Task Reports_a_word_that_no_engine_read()
    {
        SyntheticPage page = SyntheticRecords.Create(DocumentKind.ProgressNote, 33).DrawPages()[0];
        TruthWord missed = page.Words.First(word => word.Text.Length >= 8);
        var builder = new PageTextBuilder(PageTransform.Identity);
        foreach (TruthWord word in page.Words.Where(word => word != missed))
            builder.AddWord(word.Text, new Box(word.Box.Left, word.Box.Top, word.Box.Width, word.Box.Height), Confidence.Certain);

        ImmutableArray<Box> areas = await AreasAsync(page, builder.Build());

        Assert.True(CoveredShare(missed.Box, areas) > 0.5);
    }

    [Theory]
    [InlineData(110)]
    [InlineData(150)]
    [InlineData(190)]
    public async Task Sees_pencil_beside_black_print(byte luma)
    {
        SyntheticPage drawn = SyntheticRecords.Create(DocumentKind.ProgressNote, 34).DrawPages()[0];
        using PageImage image = drawn.ToPageImage(Document, new PageNumber(1));
        Span<byte> pixels = image.Reveal().WritablePixels.Span;
        int top = drawn.Height - 260, left = drawn.Width / 3;
        for (int x = 0; x < 300; x++)
        {
            // A wavy stroke of three pixels, as of a hand.
            int y = top + (int)(14 * Math.Sin(x / 9.0));
            for (int thick = 0; thick < 3; thick++)
                pixels[((y + thick) * drawn.Width) + left + x] = Math.Min(pixels[((y + thick) * drawn.Width) + left + x], luma);
        }

        using RecognizedPage page = drawn.ToRecognizedPage(Document, new PageNumber(1));
        ImmutableArray<Finding> findings = await new UnreadInk().DetectAsync(PageView.Of(page, image), null, TestContext.Current.CancellationToken);

        Assert.Contains(findings, finding => ((Location.Area)finding.Location).Box.Overlaps(new Box(left + 20, top - 14, 260, 34)));
    }

    [Theory]
    [InlineData(DocumentKind.LabReport, 0.6)]
    [InlineData(DocumentKind.LabReport, -1.1)]
    [InlineData(DocumentKind.EmergencyFaceSheet, 0.6)]
    [InlineData(DocumentKind.MedicationAdministrationRecord, -0.4)]
    public async Task Tables_that_lie_askew_are_not_unread_ink(DocumentKind kind, double degrees)
    {
        SyntheticPage page = SyntheticRecords.Create(kind, 35).DrawPages()[0].Degrade(new Degradation { RotationDegrees = degrees }, 35);

        ImmutableArray<Box> areas = await AreasAsync(page);

        long unexpected = areas.Where(area => !page.Marks.Any(mark => BoxOf(mark.Box).Grow(40).Overlaps(area))).Sum(area => (long)area.Width * area.Height);
        // A logo takes a three-hundredth of the page.
        Assert.True(unexpected * 200 < (long)page.Width * page.Height, $"{unexpected} pixels of ruled lines count as unread ink");
    }

    [Fact]
    public async Task A_word_that_nobody_read_is_unread_also_on_a_shaded_bar()
    {
        SyntheticPage page = SyntheticRecords.Create(DocumentKind.EmergencyFaceSheet, 35).DrawPages()[0];
        TruthWord missed = page.Words.First(word => word.Text == "COMPLAINT");
        var builder = new PageTextBuilder(PageTransform.Identity);
        foreach (TruthWord word in page.Words.Where(word => word != missed))
            builder.AddWord(word.Text, BoxOf(word.Box), Confidence.Certain);

        ImmutableArray<Box> areas = await AreasAsync(page, builder.Build());

        Assert.True(CoveredShare(missed.Box, areas) > 0.5);
    }

    [Fact]
    public async Task A_word_that_nobody_read_and_pale_writing_are_unread_also_on_the_grain_of_a_bar()
    {
        SyntheticPage page = SyntheticRecords.Create(DocumentKind.EmergencyFaceSheet, 35).DrawPages()[0].Degrade(Degradation.Photocopy, 35);
        TruthWord missed = page.Words.First(word => word.Text == "COMPLAINT");
        var builder = new PageTextBuilder(PageTransform.Identity);
        foreach (TruthWord word in page.Words.Where(word => word != missed))
            builder.AddWord(word.Text, BoxOf(word.Box), Confidence.Certain);
        using PageImage image = page.ToPageImage(Document, new PageNumber(1));
        int left = missed.Box.Right + 40, middle = missed.Box.Top + (missed.Box.Height / 2);
        for (int x = 0; x < 160; x++)
        {
            int y = middle + (int)(6 * Math.Sin(x / 7.0));
            image.Reveal().WritablePixels.Span.Slice(((y - 1) * page.Width) + left + x, 1).Fill(190);
            image.Reveal().WritablePixels.Span.Slice((y * page.Width) + left + x, 1).Fill(185);
            image.Reveal().WritablePixels.Span.Slice(((y + 1) * page.Width) + left + x, 1).Fill(190);
        }

        using RecognizedPage recognized = RecognizedPage.Create(Document, new PageNumber(1), new PageSize(page.Width, page.Height), builder.Build());
        ImmutableArray<Box> areas = [.. (await new UnreadInk().DetectAsync(PageView.Of(recognized, image), null, TestContext.Current.CancellationToken)).Select(finding => ((Location.Area)finding.Location).Box)];

        Assert.True(CoveredShare(missed.Box, areas) > 0.5, "the word");
        Assert.True(CoveredShare(new PixelBox(left, middle - 6, 160, 12), areas) > 0.9, "the pale writing");
    }

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.3, 0.4)]
    public async Task A_signature_of_which_an_engine_read_a_part_as_a_word_goes_whole(double from, double share)
    {
        SyntheticPage page = SyntheticRecords.Create(DocumentKind.Consent, 17).DrawPages()[0];
        PixelBox signature = page.Marks.First(mark => mark.Kind == MarkKind.Signature).Box;
        var builder = new PageTextBuilder(PageTransform.Identity);
        foreach (TruthWord word in page.Words)
            builder.AddWord(word.Text, BoxOf(word.Box), Confidence.Certain);
        builder.BreakBlock();
        builder.AddWord("Jan", new Box(signature.Left + (int)(signature.Width * from), signature.Top, (int)(signature.Width * share), signature.Height), Confidence.Of(0.7));

        ImmutableArray<Box> areas = await AreasAsync(page, builder.Build());

        Assert.True(CoveredShare(signature, areas, page) > 0.95, $"{CoveredShare(signature, areas, page):P0} of the signature goes");
        Assert.DoesNotContain(page.Words, word => word.Text.StartsWith("Sign", StringComparison.Ordinal) && CoveredShare(word.Box, areas) > 0.5);
    }

    [Fact]
    public async Task A_portrait_of_which_an_engine_read_a_part_as_a_word_is_unread_all_the_same()
    {
        SyntheticPage page = SyntheticRecords.Create(DocumentKind.EmergencyFaceSheet, 37).DrawPages()[0];
        PixelBox portrait = page.Marks.Single(mark => mark.Kind == MarkKind.Portrait).Box;
        var builder = new PageTextBuilder(PageTransform.Identity);
        builder.AddWord("LU", new Box(portrait.Left + (portrait.Width / 6), portrait.Top + (portrait.Height * 3 / 4), portrait.Width * 2 / 3, portrait.Height / 5), Confidence.Of(0.9));
        builder.BreakBlock();
        foreach (TruthWord word in page.Words)
            builder.AddWord(word.Text, BoxOf(word.Box), Confidence.Certain);

        Assert.True(CoveredShare(portrait, await AreasAsync(page, builder.Build())) > 0.95);
    }

    [Fact]
    public async Task White_writing_on_a_dark_bar_is_unread_ink()
    {
        using Raster page = BlankPage(dpi: 200);
        Span<byte> pixels = page.WritablePixels.Span;
        for (int y = 400; y < 440; y++)
        {
            for (int x = 200; x < 1500; x++)
                pixels[(y * page.Stride) + x] = x is > 300 and < 500 && y is > 410 and < 430 && (x / 7 % 2) == 0 ? (byte)250 : (byte)60;
        }

        Assert.True(CoveredShare(new PixelBox(300, 410, 200, 20), await AreasAsync(page)) > 0.9);
    }

    [Fact]
    public async Task A_row_of_small_letters_is_no_ruled_line_whatever_the_metadata_say()
    {
        using Raster page = BlankPage(dpi: 600);
        Span<byte> pixels = page.WritablePixels.Span;
        for (int x = 300; x < 900; x++)
        {
            // Stems and bars of letters 10 pixels high and 2 apart.
            for (int y = 0; y < 10; y++)
            {
                if (x % 8 < 2 || (x % 8 < 6 && y is < 2 or > 7))
                    pixels[((700 + y) * page.Stride) + x] = 20;
            }
        }

        Assert.True(CoveredShare(new PixelBox(300, 700, 600, 10), await AreasAsync(page)) > 0.9);
    }

    [Fact]
    public async Task A_lone_check_box_may_be_ticked_but_letters_in_a_row_of_boxes_are_unread()
    {
        const int Apart = 44;
        using Raster form = BlankPage(dpi: 200);
        Frame(form, 200, 200, 32);
        Cross(form, 200, 200, 32);
        Frame(form, 200, 300, 32);
        for (int letter = 0; letter < 6; letter++)
        {
            Frame(form, 600 + (32 * letter), 600, 32);
            Cross(form, 600 + (32 * letter), 600, 32);
            Frame(form, 600 + (Apart * letter), 800, 32);
            Cross(form, 600 + (Apart * letter), 800, 32);
        }

        ImmutableArray<Box> areas = await AreasAsync(form);

        Assert.DoesNotContain(areas, area => area.Overlaps(new Box(180, 180, 80, 180)));
        Assert.True(CoveredShare(new PixelBox(606, 606, 180, 20), areas) > 0.9);
        Assert.True(CoveredShare(new PixelBox(606, 806, 5 * Apart, 20), areas) > 0.9);

        static void Frame(Raster raster, int left, int top, int side)
        {
            for (int i = 0; i <= side; i++)
            {
                Dot(raster, left + i, top);
                Dot(raster, left + i, top + side);
                Dot(raster, left, top + i);
                Dot(raster, left + side, top + i);
            }
        }

        static void Cross(Raster raster, int left, int top, int side)
        {
            for (int i = 5; i <= side - 5; i++)
            {
                Dot(raster, left + i, top + i);
                Dot(raster, left + side - i, top + i);
            }
        }

        static void Dot(Raster raster, int x, int y)
        {
            Span<byte> pixels = raster.WritablePixels.Span;
            for (int thick = 0; thick < 9; thick++)
                pixels[((y + (thick / 3)) * raster.Stride) + x + (thick % 3)] = 10;
        }
    }

    [Theory]
    [InlineData(0xF02020, 0x008F00)]
    [InlineData(0x0000FF, 0x5F0000)]
    [InlineData(0x7890A0, 0xC07878)]
    public async Task Sees_writing_as_bright_as_the_coloured_field_it_stands_on(int ink, int field)
    {
        Raster page = RasterMemory.Shared.Allocate(PixelFormat.Rgb24, 1700, 2200, new Dpi(200, false));
        page.WritablePixels.Span.Fill(250);
        var writing = new Box(500, 700, 300, 40);
        for (int y = 400; y < 1000; y++)
        {
            for (int x = 300; x < 1400; x++)
            {
                bool isWritten = writing.Overlaps(new Box(x, y, 1, 1)) && Math.Abs(y - 720 - (14 * Math.Sin(x / 9.0))) < 2.5;
                for (int channel = 0; channel < 3; channel++)
                    page.WritablePixels.Span[(y * page.Stride) + (x * 3) + channel] = (byte)((isWritten ? ink : field) >> (16 - (8 * channel)));
            }
        }

        Assert.Contains(await AreasAsync(page), area => area.Overlaps(writing));
    }

    [Fact]
    public async Task A_blank_page_holds_no_ink()
    {
        using Raster blank = BlankPage(dpi: 200);

        Assert.Empty(await AreasAsync(blank));
    }

    private static Raster BlankPage(double dpi)
    {
        Raster page = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 1700, 2200, new Dpi(dpi, false));
        page.WritablePixels.Span.Fill(250);
        return page;
    }

    private static Box BoxOf(PixelBox box) => new(box.Left, box.Top, box.Width, box.Height);

    private static async Task<ImmutableArray<Box>> AreasAsync(SyntheticPage drawn, PageText? text = null) =>
        [.. (await FindingsAsync(drawn, text)).Select(finding => ((Location.Area)finding.Location).Box)];

    /// <summary>The areas on a page of which nobody read anything.</summary>
    private static async Task<ImmutableArray<Box>> AreasAsync(Raster pixels)
    {
        using PageImage image = PageImage.Create(Document, new PageNumber(1), pixels);
        using RecognizedPage page = RecognizedPage.Create(Document, new PageNumber(1), pixels.Size, new PageTextBuilder(PageTransform.Identity).Build());
        ImmutableArray<Finding> findings = await new UnreadInk().DetectAsync(PageView.Of(page, image), null, TestContext.Current.CancellationToken);
        return [.. findings.Select(finding => ((Location.Area)finding.Location).Box)];
    }

    private static async Task<ImmutableArray<Finding>> FindingsAsync(SyntheticPage drawn, PageText? text = null)
    {
        using PageImage image = drawn.ToPageImage(Document, new PageNumber(1));
        using RecognizedPage page = text is null
            ? drawn.ToRecognizedPage(Document, new PageNumber(1))
            : RecognizedPage.Create(Document, new PageNumber(1), new PageSize(drawn.Width, drawn.Height), text);
        return await new UnreadInk().DetectAsync(PageView.Of(page, image), null, TestContext.Current.CancellationToken);
    }

    /// <summary>The share of the box, or of its ink where a page is given, that lies under the areas.</summary>
    private static double CoveredShare(PixelBox box, ImmutableArray<Box> areas, SyntheticPage? inkOf = null)
    {
        int covered = 0, all = 0;
        for (int y = box.Top; y < box.Bottom; y++)
        {
            for (int x = box.Left; x < box.Right; x++)
            {
                if (inkOf is not null && inkOf.Pixels.Span[(y * inkOf.Width) + x] > 128)
                    continue;
                all++;
                covered += areas.Any(area => x >= area.Left && x < area.Right && y >= area.Top && y < area.Bottom) ? 1 : 0;
            }
        }

        return (double)covered / Math.Max(1, all);
    }
}

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

    [Fact]
    public async Task A_blank_page_holds_no_ink()
    {
        using Raster blank = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 850, 1100, new Dpi(100, false));
        blank.WritablePixels.Span.Fill(250);
        using PageImage image = PageImage.Create(Document, new PageNumber(1), blank);
        using RecognizedPage page = RecognizedPage.Create(Document, new PageNumber(1), new PageSize(850, 1100), new PageTextBuilder(PageTransform.Identity).Build());

        Assert.Empty(await new UnreadInk().DetectAsync(PageView.Of(page, image), null, TestContext.Current.CancellationToken));
    }

    private static async Task<ImmutableArray<Box>> AreasAsync(SyntheticPage drawn, PageText? text = null)
    {
        using PageImage image = drawn.ToPageImage(Document, new PageNumber(1));
        using RecognizedPage page = text is null
            ? drawn.ToRecognizedPage(Document, new PageNumber(1))
            : RecognizedPage.Create(Document, new PageNumber(1), new PageSize(drawn.Width, drawn.Height), text);
        ImmutableArray<Finding> findings = await new UnreadInk().DetectAsync(PageView.Of(page, image), null, TestContext.Current.CancellationToken);
        return [.. findings.Select(finding => ((Location.Area)finding.Location).Box)];
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

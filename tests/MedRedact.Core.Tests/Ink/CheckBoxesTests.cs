using System.Collections.Immutable;
using MedRedact.Ink;
using MedRedact.Layout;
using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.Core.Tests.Ink;

public sealed class CheckBoxesTests
{
    private static readonly DocumentId Document = new(new Guid("0192f000-0000-7000-8000-000000000001"));

    public static TheoryData<string, double> Grades => new() { { "clean", 1 }, { "scan", 1 }, { "fax", 0.9 }, { "photocopy", 0.55 }, { "phone", 0.6 } };

    [Theory]
    [MemberData(nameof(Grades))]
    public void Check_boxes_are_found_with_their_state_and_letters_are_none(string grade, double share)
    {
        int all = 0, found = 0;
        foreach (DocumentKind kind in new[] { DocumentKind.IntakeForm, DocumentKind.EmergencyFaceSheet, DocumentKind.Consent, DocumentKind.Prescription, DocumentKind.InsuranceCard })
        {
            SyntheticPage page = SyntheticRecords.Create(kind, 60).DrawPages()[0].Degrade(WearOf(grade), 60);
            List<CheckBox> left = [.. Find(page)];
            foreach (TruthMark mark in page.Marks.Where(mark => mark.Kind == MarkKind.CheckBox))
            {
                all++;
                int at = left.FindIndex(each => each.Box.Overlaps(BoxOf(mark.Box)));
                if (at < 0)
                    continue;

                found++;
                Assert.Equal(mark.IsChecked == true ? CheckBoxState.Ticked : CheckBoxState.Empty, left[at].State);
                left.RemoveAt(at);
            }

            Assert.Empty(left);
        }

        Assert.True(found >= share * all, $"{found} of {all}");
    }

    [Theory]
    [InlineData("O", CheckBoxState.Empty, false)]
    [InlineData("Bd", CheckBoxState.Empty, false)]
    [InlineData("[X]", CheckBoxState.Ticked, false)]
    [InlineData("&", CheckBoxState.Ticked, false)]
    [InlineData("M", CheckBoxState.Ticked, true)]
    [InlineData("0", CheckBoxState.Ticked, true)]
    [InlineData("10", CheckBoxState.Ticked, true)]
    [InlineData("93", CheckBoxState.Ticked, true)]
    [InlineData("JD", CheckBoxState.Unclear, true)]
    [InlineData("1951", CheckBoxState.Empty, true)]
    public void What_an_engine_made_of_a_frame_is_no_word_and_what_was_written_in_it_is_one(string read, CheckBoxState state, bool stays)
    {
        var frame = new Box(100, 100, 26, 26);
        PageText text = new PageTextBuilder(PageTransform.Identity)
            .AddWord(read, new Box(98, 99, 29, 28), Confidence.Of(0.9)).AddWord("Diabetes", new Box(150, 100, 110, 26), Confidence.Certain).Build();

        using PageText arranged = ReadingOrder.Arrange(text, [new CheckBox(frame, state)]);

        Assert.Equal(stays ? 2 : 1, arranged.Words.Length);
        Assert.Equal([new CheckBox(frame, state)], arranged.Layout.CheckBoxes);
    }

    [Fact]
    public void A_page_of_nothing_but_a_frame_has_no_word_and_one_check_box()
    {
        PageText text = new PageTextBuilder(PageTransform.Identity).AddWord("O", new Box(98, 99, 29, 28), Confidence.Of(0.5)).Build();

        using PageText arranged = ReadingOrder.Arrange(text, [new CheckBox(new Box(100, 100, 26, 26), CheckBoxState.Empty)]);

        Assert.Empty(arranged.Words);
        Assert.Single(arranged.Layout.CheckBoxes);
    }

    [Theory]
    [InlineData("86", 40)]
    [InlineData("JD", 60)]
    [InlineData("X", 40)]
    public void A_frame_that_somebody_wrote_more_than_one_sign_into_is_no_check_box(string written, int side)
    {
        InkMap map = Draw(side, written);
        using (map)
        {
            Assert.Equal(written.Length == 1, map.CheckBoxes.Length == 1);
            Assert.Equal(written.Length > 1, map.Unexplained().Any());
        }
    }

    [Fact]
    public void Two_frames_beside_each_other_are_no_check_boxes_also_where_one_of_them_holds_writing()
    {
        using InkMap map = Draw(40, "86", emptyBeside: true);

        Assert.Empty(map.CheckBoxes);
    }

    [Fact]
    public void A_word_beside_a_frame_stays()
    {
        PageText text = new PageTextBuilder(PageTransform.Identity).AddWord("O", new Box(140, 100, 26, 26), Confidence.Of(0.5)).Build();

        using PageText arranged = ReadingOrder.Arrange(text, [new CheckBox(new Box(100, 100, 26, 26), CheckBoxState.Empty)]);

        Assert.Single(arranged.Words);
    }

    private static ImmutableArray<CheckBox> Find(SyntheticPage page)
    {
        using PageImage image = page.ToPageImage(Document, new PageNumber(1));
        using RecognizedPage recognized = page.ToRecognizedPage(Document, new PageNumber(1));
        using var map = new InkMap(PageView.Of(recognized, image).Pixels!);
        return map.CheckBoxes;
    }

    /// <summary>A frame of strokes of three pixels on an empty page of 200 dpi with block letters in it.</summary>
    private static InkMap Draw(int side, string written, bool emptyBeside = false)
    {
        using PageImage image = SyntheticRecords.Create(DocumentKind.InsuranceCard, 1).DrawPages()[0].ToPageImage(Document, new PageNumber(1));
        Raster raster = image.Reveal();
        raster.WritablePixels.Span.Fill(255);
        PaintFrame(100);
        if (emptyBeside)
            PaintFrame(100 + side + (side / 2));
        for (int i = 0; i < written.Length; i++)
            Paint(108 + (i * (side - 10) / written.Length), 112, Math.Max(5, (side / written.Length) - 14), side - 24);
        using PageText text = new PageTextBuilder(PageTransform.Identity).Build();
        using RecognizedPage page = RecognizedPage.Create(Document, new PageNumber(1), raster.Size, text);
        return new InkMap(PageView.Of(page, image).Pixels!);

        void PaintFrame(int left)
        {
            Paint(left, 100, side, 3);
            Paint(left, 97 + side, side, 3);
            Paint(left, 100, 3, side);
            Paint(left + side - 3, 100, 3, side);
        }

        void Paint(int left, int top, int width, int height)
        {
            for (int y = top; y < top + height; y++)
                raster.WritablePixels.Span.Slice((y * raster.Stride) + (left * raster.Stride / raster.Width), width * raster.Stride / raster.Width).Clear();
        }
    }

    private static Degradation WearOf(string grade) => grade switch
    {
        "scan" => Degradation.Scan,
        "fax" => Degradation.Fax,
        "photocopy" => Degradation.Photocopy,
        "phone" => Degradation.Phone,
        _ => Degradation.None,
    };

    private static Box BoxOf(PixelBox box) => new(box.Left, box.Top, box.Width, box.Height);
}

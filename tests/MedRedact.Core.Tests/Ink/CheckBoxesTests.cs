using System.Collections.Immutable;
using MedRedact.Ink;
using MedRedact.Layout;
using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.Core.Tests.Ink;

public sealed class CheckBoxesTests
{
    private static readonly DocumentId Document = new(new Guid("0192f000-0000-7000-8000-000000000001"));

    public static TheoryData<string, double> Grades => new() { { "clean", 1 }, { "scan", 1 }, { "fax", 0.9 }, { "photocopy", 0.65 }, { "phone", 0.6 } };

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
    [InlineData("O", 0.9, false)]
    [InlineData("[X]", 0.9, false)]
    [InlineData("M", 0.95, true)]
    [InlineData("M", 0.4, false)]
    [InlineData("1951", 0.4, true)]
    public void What_an_engine_made_of_a_frame_is_no_word_and_what_was_written_in_it_is_one(string read, double confidence, bool stays)
    {
        var frame = new Box(100, 100, 26, 26);
        PageText text = new PageTextBuilder(PageTransform.Identity)
            .AddWord(read, new Box(98, 99, 29, 28), Confidence.Of(confidence)).AddWord("Diabetes", new Box(150, 100, 110, 26), Confidence.Certain).Build();

        using PageText arranged = ReadingOrder.Arrange(text, [new CheckBox(frame, CheckBoxState.Ticked)]);

        Assert.Equal(stays ? 2 : 1, arranged.Words.Length);
        Assert.Equal([new CheckBox(frame, CheckBoxState.Ticked)], arranged.Layout.CheckBoxes);
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

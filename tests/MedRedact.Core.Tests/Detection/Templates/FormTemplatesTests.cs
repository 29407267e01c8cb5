using System.Collections.Immutable;
using System.Text;
using CsCheck;
using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection;

public sealed class FormTemplatesTests
{
    private const string Form = """
        { "name": "forms", "version": "1.0", "templates": [ { "id": "intake", "documentTypes": ["intake-form"],
          "anchors": [ { "id": "title", "text": "Patient Intake Form", "box": [100, 40, 300, 20] },
                       { "id": "born", "text": "Date of birth", "box": [50, 200, 130, 16] },
                       { "id": "sign", "text": "Signature of patient", "box": [50, 900, 200, 16] } ],
          "zones": [ { "id": "signature", "category": "biometric", "box": [260, 880, 400, 60] } ] } ] }
        """;

    private static readonly (string Text, Box Box)[] s_printed =
        [("Patient Intake Form", new Box(100, 40, 300, 20)), ("Date of birth", new Box(50, 200, 130, 16)), ("Signature of patient", new Box(50, 900, 200, 16))];

    private static readonly Box s_zone = new(260, 880, 400, 60);

    [Fact]
    public void A_zone_is_found_wherever_the_form_lies_and_however_large_it_was_scanned() =>
        Gen.Select(Gen.Double[0.8, 4], Gen.Double[-0.08, 0.08], Gen.Int[0, 300], Gen.Int[60, 300]).Sample(static (scale, turn, dx, dy) =>
        {
            var toPage = PageTransform.FromMatrix(scale * Math.Cos(turn), -scale * Math.Sin(turn), scale * Math.Sin(turn), scale * Math.Cos(turn), dx, dy);
            Finding finding = Assert.Single(Find(s_printed, toPage, "intake-form"));
            Box found = ((Location.Area)finding.Location).Box;
            Box expected = toPage.Apply(s_zone);
            int slack = (int)Math.Ceiling(8 * scale) + 2;
            Assert.True(found.Grow(slack).Intersect(expected) == expected && expected.Grow(4 * slack).Intersect(found) == found, $"{found} is not {expected}");
            Assert.Equal((PhiCategory.Biometric, "intake.signature"), (finding.Category, finding.RuleId.Value));
        }, iter: 200, seed: "0000000000009");

    [Fact]
    public void A_form_that_lies_as_it_was_drawn_has_its_zone_to_the_pixel() =>
        Assert.Equal(new Location.Area(s_zone), Assert.Single(Find(s_printed, PageTransform.Identity, "intake-form")).Location);

    [Fact]
    public void The_grounds_are_the_anchors_and_where_they_were_seen()
    {
        Finding finding = Assert.Single(Find(s_printed, PageTransform.Identity, "intake-form"));
        Assert.Equal(["anchor.title", "anchor.born", "anchor.sign"], finding.Evidence.Select(ground => ground.Rule.Value));
        Assert.Equal(s_printed.Select(each => (Location?)new Location.Area(each.Box)), finding.Evidence.Select(ground => ground.At));
    }

    [Fact]
    public void Two_anchors_are_enough_on_a_page_of_the_type_and_too_few_on_one_of_no_type()
    {
        Assert.Single(Find(s_printed[..2], PageTransform.Scale(2), "intake-form"));
        Assert.Empty(Find(s_printed[..2], PageTransform.Scale(2), type: null));
        Assert.Single(Find(s_printed, PageTransform.Scale(2), type: null));
    }

    [Fact]
    public void A_page_of_another_type_or_without_the_anchors_has_no_zones()
    {
        Assert.Empty(Find(s_printed, PageTransform.Identity, "lab-report"));
        Assert.Empty(Find(s_printed[..1], PageTransform.Identity, "intake-form"));
        Assert.Empty(Find([], PageTransform.Identity, "intake-form"));
    }

    [Fact]
    public void Misread_and_repeated_labels_do_not_move_a_zone()
    {
        (string, Box)[] printed = [("Patlent lntake Form", s_printed[0].Box), ("Date of birth", new Box(500, 700, 130, 16)), .. s_printed[1..], ("Date of birth", new Box(400, 40, 130, 16))];
        Assert.Equal(new Location.Area(s_zone), Assert.Single(Find(printed, PageTransform.Identity, "intake-form")).Location);
    }

    [Fact]
    public void Registration_marks_place_a_form_without_a_readable_word()
    {
        const string marked = """
            { "name": "forms", "version": "1.0", "templates": [ { "id": "sheet",
              "anchors": [ { "id": "nw", "mark": "solid", "box": [20, 20, 16, 16] }, { "id": "ne", "mark": "solid", "box": [564, 20, 16, 16] }, { "id": "sw", "mark": "solid", "box": [20, 764, 16, 16] } ],
              "zones": [ { "id": "name", "category": "name", "box": [100, 300, 200, 40] } ] } ] }
            """;
        Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 1400, 1800, new Dpi(150, IsEstimated: true));
        raster.WritablePixels.Span.Fill(250);
        foreach ((int x, int y) in new[] { (20, 20), (564, 20), (20, 764), (400, 500) })
            Fill(raster, new Box((2 * x) + 70, (2 * y) + 50, 32, x == 400 ? 90 : 32));
        using PageImage image = PageImage.Create(Document, new PageNumber(1), raster);
        Finding finding = Assert.Single(Find(marked, [], PageTransform.Identity, null, image));
        Box found = ((Location.Area)finding.Location).Box;
        var expected = new Box(270, 650, 400, 80);
        Assert.True(found.Grow(3).Intersect(expected) == expected && expected.Grow(6).Intersect(found) == found, found.ToString());
    }

    [Theory]
    [InlineData("""{ "name": "f", "version": "1.0", "templates": [ { "id": "t", "anchors": [ { "id": "a", "text": "x y", "box": [0, 0, 1, 1] } ], "zones": [ { "id": "z", "category": "name", "box": [0, 0, 1, 1] } ] } ] }""", "MR-DET-105")]
    [InlineData("""{ "name": "f", "version": "1.0", "templates": [ { "id": "t", "anchors": [ { "id": "a", "text": "x", "box": [0, 0, 1, 1] }, { "id": "a", "text": "y", "box": [0, 0, 1, 1] } ], "zones": [ { "id": "z", "category": "name", "box": [0, 0, 1, 1] } ] } ] }""", "MR-DET-106")]
    [InlineData("""{ "name": "f", "version": "1.0", "templates": [ { "id": "t", "anchors": [ { "id": "a", "text": "x", "mark": "solid", "box": [0, 0, 1, 1] }, { "id": "b", "text": "y", "box": [0, 0, 1, 1] } ], "zones": [ { "id": "z", "category": "name", "box": [0, 0, 1, 1] } ] } ] }""", "MR-DET-105")]
    [InlineData("""{ "name": "f", "version": "1.0", "templates": [ { "id": "t", "anchors": [ { "id": "a", "text": "x", "box": [0, 0, 0, 1] }, { "id": "b", "text": "y", "box": [0, 0, 1, 1] } ], "zones": [ { "id": "z", "category": "name", "box": [0, 0, 1, 1] } ] } ] }""", "MR-DET-104")]
    [InlineData("""{ "name": "f", "version": "1.0", "templates": [ { "id": "t", "anchors": [ { "id": "a", "text": "--", "box": [0, 0, 1, 1] }, { "id": "b", "text": "y", "box": [0, 0, 1, 1] } ], "zones": [ { "id": "z", "category": "name", "box": [0, 0, 1, 1] } ] } ] }""", "MR-DET-110")]
    public void A_template_that_could_not_be_placed_is_refused(string file, string code) =>
        Assert.Equal(code, Assert.Throws<DetectionFileException>(() => FormTemplateFile.Parse(Encoding.UTF8.GetBytes(file))).Code.Value);

    private static DocumentId Document { get; } = new(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    private static ImmutableArray<Finding> Find((string Text, Box Box)[] printed, PageTransform toPage, string? type) => Find(Form, printed, toPage, type, null);

    private static ImmutableArray<Finding> Find(string file, (string Text, Box Box)[] printed, PageTransform toPage, string? type, PageImage? image)
    {
        var builder = new PageTextBuilder(toPage);
        foreach ((string text, Box box) in printed)
        {
            int at = 0;
            foreach (string word in text.Split(' '))
            {
                builder.AddWord(word, new Box(box.Left + (at * box.Width / text.Length), box.Top, ((at + word.Length) * box.Width / text.Length) - (at * box.Width / text.Length), box.Height), Confidence.Certain);
                at += word.Length + 1;
            }

            builder.BreakLine();
        }

        using var page = RecognizedPage.Create(Document, new PageNumber(1), new PageSize(6000, 6000), builder.Build());
        var detector = new FormTemplates([FormTemplateFile.Parse(Encoding.UTF8.GetBytes(file))]);
        return detector.Find(PageView.Of(page, image), type is null ? null : new DocumentType(type), TestContext.Current.CancellationToken);
    }

    private static void Fill(Raster raster, Box box)
    {
        for (int y = box.Top; y < box.Bottom; y++)
            raster.WritablePixels.Span.Slice((y * raster.Stride) + box.Left, box.Width).Fill(15);
    }
}

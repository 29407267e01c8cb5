using System.Collections.Immutable;
using MedRedact.Detection;

namespace MedRedact.Redaction;

public sealed class ResidueCheckTests
{
    private static readonly Func<PhiCategory, Disposition> Decide =
        category => category == PhiCategory.ClinicianName ? Disposition.Keep : category == PhiCategory.Date ? Disposition.ShiftDate : Disposition.Redact;

    [Theory]
    [InlineData("Patient John Smith. JOHN SMITH was seen", "John Smith", "MR-RED-010")]
    [InlineData("Patient Kaplan. Then kaplan left", "Kaplan", null)]
    [InlineData("Patient Kaplan. KAPLAN left", "Kaplan", "MR-RED-010")]
    [InlineData("Patient Kaplan. Kaplan's chart", "Kaplan", "MR-RED-010")]
    [InlineData("Patient Kaplan. Kaplanfield road", "Kaplan", null)]
    [InlineData("Patient White. White blood cells", "White", null)]
    [InlineData("Patient Parkinson. Parkinson disease", "Parkinson", null)]
    [InlineData("Patient Parkinson. Parkinson came", "Parkinson", "MR-RED-010")]
    [InlineData("Patient Lee. Lee again", "Lee", null)]
    [InlineData("SSN 078-05-1120 and 078 05 1120", "078-05-1120", "MR-RED-010")]
    [InlineData("SSN 078-05-1120 and X078051120Y", "078-05-1120", "MR-RED-010")]
    [InlineData("Patient JohnSmith. John Smith", "JohnSmith", "MR-RED-010")]
    public async Task Finds_a_removed_value_that_stands_elsewhere_in_the_text(string text, string value, string? code) =>
        Assert.Equal(code, (await Check(text, page => [page.Find(value)]))?.Code);

    [Theory]
    [InlineData("geo/city", "Mobile", "in Mobile. Mobile phone", null)]
    [InlineData("geo/city", "New York", "in New York. New York again", "MR-RED-010")]
    [InlineData("age", "54 years", "is 54 years. At 54 years", null)]
    [InlineData("date/birth", "3/4/1970", "born 3/4/1970, given 3-4-1970", "MR-RED-010")]
    [InlineData("date/birth", "3/4/70", "born 3/4/70 or 3 4 70", null)]
    [InlineData("date/birth", "March 1970", "born March 1970 or March 1970", null)]
    public async Task Searches_for_what_says_enough_alone(string category, string value, string text, string? code)
    {
        Assert.True(PhiCategory.TryParse(category, out PhiCategory parsed));
        Assert.Equal(code, (await Check(text, page => [page.Find(value, parsed)]))?.Code);
    }

    [Fact]
    public async Task Searches_for_what_is_certain_however_short()
    {
        ImmutableArray<RemovedValue> certain = [new RemovedValue(Phi.Of("Lee"), PhiCategory.PersonName)];
        Assert.Equal("MR-RED-010", (await Check("seen with Lee", _ => [], certain: certain))?.Code);
        Assert.Null(await Check("seen with Leeds", _ => [], certain: certain));

        ImmutableArray<RemovedValue> ordinary = [new RemovedValue(Phi.Of("White"), PhiCategory.PersonName), new RemovedValue(Phi.Of("May"), PhiCategory.PersonName)];
        Assert.Null(await Check("White cells in May", _ => [], certain: ordinary));
    }

    [Fact]
    public async Task Leaves_alone_what_the_policy_keeps_and_shifted_dates()
    {
        var shift = new RedactorOf(Disposition.ShiftDate, target => Replacement.Free(target.Value.Reveal() == "03/04/2024" ? "03/09/2024" : "03/14/2024"));
        Assert.Null(await Check(
            "Kaplan by Dr. Kaplan on 03/04/2024 and 03/09/2024",
            page =>
            [
                page.Find("Kaplan"), page.Find("Kaplan", PhiCategory.ClinicianName, 1), page.Find("03/04/2024", PhiCategory.Date), page.Find("03/09/2024", PhiCategory.Date),
            ],
            redactors: [shift]));
    }

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Rgb24)]
    [InlineData(PixelFormat.Bgra32)]
    [InlineData(PixelFormat.Bilevel)]
    public async Task Withholds_a_page_when_one_pixel_of_a_box_is_not_paint(PixelFormat format)
    {
        TestPage page = TestPage.Of("Patient: John Smith was seen", format);
        AppliedRedaction applied = await Apply(page, [page.Find("John Smith")]);
        Assert.NotNull(Assert.Single(applied.Painted).Label);
        Assert.Null(await Check(applied));

        Box box = applied.Painted[0].Box;
        applied.Page.Raster.WritablePixels.Span[(box.Top * applied.Page.Raster.Stride) + (Raster.RowBytes(format, box.Left + 8) - 1)] ^= 1;
        Assert.Equal("MR-RED-011", (await Check(applied))?.Code);
    }

    [Fact]
    public async Task Withholds_a_page_when_a_box_without_a_label_is_not_all_paint()
    {
        TestPage page = TestPage.Of("Patient: John Smith was seen");
        var applier = new RedactionApplier(new PolicyOf(Decide), [], null, new NoLabels());
        AppliedRedaction applied = await applier.ApplyAsync(
            page.Examined(page.Find("John Smith")), page.Raster, TestPage.Subject(), TestContext.Current.CancellationToken);
        Box box = applied.Painted[0].Box;
        applied.Page.Raster.WritablePixels.Span[((box.Bottom - 1) * applied.Page.Raster.Stride) + box.Right - 1] = 1;
        Assert.Equal("MR-RED-011", (await Check(applied))?.Code);
    }

    [Fact]
    public async Task Keeps_every_label_whole_where_boxes_meet()
    {
        TestPage page = TestPage.Of("John Smith 54 Elm Street");
        AppliedRedaction applied = await Apply(page, [page.Find("John"), page.Find("Smith"), page.Find("54", PhiCategory.Age), page.Find("Elm Street", PhiCategory.Street)]);
        Assert.Null(await Check(applied));
        Box[] labels = [.. applied.Painted.Where(painted => painted.Label is not null).Select(painted => painted.LabelBox)];
        Assert.All(labels, label => Assert.Equal(1, labels.Count(other => other.Overlaps(label))));
    }

    [Theory]
    [InlineData("than", "MR-RED-012")]
    [InlineData("Jona", null)]
    [InlineData("Jonathan", "MR-RED-012")]
    [InlineData("an", null)]
    [InlineData("Mary", null)]
    public async Task Withholds_a_page_that_shows_the_end_of_a_value_beside_its_box(string read, string? code)
    {
        TestPage page = TestPage.Of("Jonathan");
        AppliedRedaction applied = await Apply(page, [page.Find("Jonathan")]);
        Box box = applied.Painted[0].Box;
        TestPage.Draw(page.Raster, "than", new Box(box.Right + 1, TestPage.Top, 4 * TestPage.CellWidth, TestPage.TextHeight));

        Assert.Equal(code, (await Check(applied, new ScriptedEngine(read)))?.Code);
    }

    [Fact]
    public async Task Does_not_take_a_word_of_the_clean_page_for_a_remainder()
    {
        TestPage page = TestPage.Of("John Johnson was seen");
        AppliedRedaction applied = await Apply(page, [page.Find("Johnson")]);
        Assert.Null(await Check(applied, new ScriptedEngine("John", "was", "seen")));
    }

    [Fact]
    public async Task Finds_a_removed_value_that_a_second_reading_shows_beside_a_box()
    {
        TestPage page = TestPage.Of("Kaplan Kap1an was seen");
        AppliedRedaction applied = await Apply(page, [page.Find("Kaplan")]);
        Assert.Equal("MR-RED-012", (await Check(applied, new ScriptedEngine("Kaplan", "was", "seen")))?.Code);
    }

    [Fact]
    public async Task Reads_all_surroundings_in_one_call_and_no_painted_pixel()
    {
        TestPage page = TestPage.Of("seen John today\nand Smith again\n\nby Mary Miller");
        AppliedRedaction applied = await Apply(page, [page.Find("John"), page.Find("Smith"), page.Find("Mary Miller")]);
        var engine = new ScriptedEngine();
        Assert.Null(await Check(applied, engine));
        Assert.Equal(1, engine.Calls);
        Assert.Equal(5, engine.WordsSeen);
    }

    [Fact]
    public async Task Reads_nothing_where_a_box_stands_alone()
    {
        TestPage page = TestPage.Of("Jonathan");
        var engine = new ScriptedEngine();
        Assert.Null(await Check(await Apply(page, [page.Find("Jonathan")]), engine));
        Assert.Equal(0, engine.Calls);
    }

    [Theory]
    [InlineData("Patient Kaplan. KAPLAN left", "Kaplan", "left")]
    [InlineData("SSN 078-05-1120 and X078051120Y too", "078-05-1120", "too")]
    public async Task What_is_left_in_the_text_is_gone_once_it_is_redacted_as_well(string text, string value, string other)
    {
        TestPage page = TestPage.Of(text), again = TestPage.Of(text);
        Residue residue = (await Find(await Apply(page, [page.Find(value)])))!;

        AppliedRedaction repeated = await Apply(again, [.. FindingMerger.Merge([page.Find(value), .. residue.AsFindings(page.Recognized.Text)])]);

        Assert.Null(await Find(repeated));
        Assert.DoesNotContain(FoldedText.Fold(value), FoldedText.Fold(repeated.Page.Text.Text.Value), StringComparison.Ordinal);
        Assert.EndsWith(other, repeated.Page.Text.Text.Value, StringComparison.Ordinal);
        Assert.Equal(2, repeated.Page.Marks.Length);
    }

    [Fact]
    public async Task What_a_second_reading_shows_beside_a_box_is_painted_over()
    {
        TestPage page = TestPage.Of("Jonathan"), again = TestPage.Of("Jonathan");
        AppliedRedaction applied = await Apply(page, [page.Find("Jonathan")]);
        Box box = applied.Painted[0].Box, rest = new(box.Right + 1, TestPage.Top, 4 * TestPage.CellWidth, TestPage.TextHeight);
        TestPage.Draw(page.Raster, "than", rest);
        Residue residue = (await Find(applied, new ScriptedEngine("than")))!;

        AppliedRedaction repeated = await Apply(again, [page.Find("Jonathan"), .. residue.AsFindings(page.Recognized.Text)]);

        Assert.Contains(repeated.Painted, painted => painted.Box.Left <= rest.Left && painted.Box.Right >= rest.Right - 3);
    }

    [Fact]
    public async Task A_box_that_is_not_all_paint_leaves_nothing_that_could_be_redacted()
    {
        TestPage page = TestPage.Of("Patient Kaplan. KAPLAN left");
        AppliedRedaction applied = await Apply(page, [page.Find("Kaplan")]);
        applied.Page.Raster.WritablePixels.Span[((applied.Painted[0].Box.Bottom - 1) * applied.Page.Raster.Stride) + applied.Painted[0].Box.Right - 1] ^= 1;

        Residue residue = (await Find(applied))!;

        Assert.Equal("MR-RED-011", residue.Reason.Code);
        Assert.Empty(residue.Leftovers);
    }

    private static RedactionApplier Applier(ImmutableArray<IRedactor> redactors) => new(new PolicyOf(Decide), redactors, null, new DotLabels());

    private static ValueTask<AppliedRedaction> Apply(TestPage page, Finding[] findings, ImmutableArray<IRedactor>? redactors = null) =>
        Applier(redactors ?? []).ApplyAsync(page.Examined(findings), page.Raster, TestPage.Subject(), TestContext.Current.CancellationToken);

    private static async Task<HoldReason?> Check(
        string text, Func<TestPage, Finding[]> findings, ImmutableArray<RemovedValue>? certain = null, ImmutableArray<IRedactor>? redactors = null)
    {
        TestPage page = TestPage.Of(text);
        return await Check(await Apply(page, findings(page), redactors), certain: certain);
    }

    private static async Task<HoldReason?> Check(AppliedRedaction applied, IOcrEngine? engine = null, ImmutableArray<RemovedValue>? certain = null) =>
        (await Find(applied, engine, certain))?.Reason;

    private static async Task<Residue?> Find(AppliedRedaction applied, IOcrEngine? engine = null, ImmutableArray<RemovedValue>? certain = null) =>
        await new ResidueCheck(engine, new OcrRequest(), new DotLabels(), RasterMemory.Shared)
            .CheckAsync(applied, certain ?? [], TestContext.Current.CancellationToken);
}

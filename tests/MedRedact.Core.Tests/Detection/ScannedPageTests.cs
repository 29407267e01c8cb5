using System.Collections.Immutable;
using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection;

/// <summary>What recognized pages do to text: lines break, columns stand side by side, labels stand above their values.</summary>
public sealed class ScannedPageTests
{
    private const int CharacterWidth = 12;
    private const int LineHeight = 20;

    [Theory]
    [InlineData("She was brought by her neighbor and then admitted to the Bright Valley Community", "Hospital with pain after meals, which began on the evening before the admission.", "Bright Valley Community\nHospital")]
    [InlineData("The family received written instructions about wounds, diet and medicines on Dec", "20, 2025 and agreed to come back earlier if there was fever or any bleeding at all", "Dec\n20, 2025")]
    [InlineData("The labels of both containers were compared with the list that was sent by Dr.", "Zembrzuska before anything else was done, and nothing was found to be missing here", "Zembrzuska")]
    public async Task A_value_that_the_margin_broke_in_two_is_read_as_one(string above, string below, string expected) =>
        Assert.Contains(expected, await FindAsync(above, below));

    [Theory]
    [InlineData("The patient was seen in the clinic today for follow up of the old pain, MRN 8812", "cc were given of the solution in two doses before noon, and the rest of it later on", "8812")]
    [InlineData("She tolerated all of the procedure well and was taken to the ward again on 3/4", "tablets were given out to the family before noon, and the rest of them later on day", "3/4")]
    public async Task A_line_that_goes_on_below_hides_nothing_at_its_end(string above, string below, string expected) =>
        Assert.Contains(expected, await FindAsync(above, below));

    [Fact]
    public async Task Fields_of_a_form_below_each_other_stay_apart()
    {
        List<string> found = await FindAsync("The answers below were read back and agreed to. Patient: Halszka Zembrzuska", "Allergies: none known", "Weight: 70 kg");
        Assert.Equal(["Halszka Zembrzuska"], found);
    }

    [Fact]
    public async Task Numbers_beside_each_other_in_a_row_stay_apart()
    {
        List<string> found = await FindAsync("Home phone          Cell phone          Social security no.", "970.555.0152        (970) 555-0175      526-01-8159");
        Assert.Equal(["970.555.0152", "(970) 555-0175", "526-01-8159"], found);
    }

    [Fact]
    public async Task A_name_below_a_heading_of_its_column_is_found_with_all_its_parts()
    {
        List<string> found = await FindAsync("Patient name (last, first, middle)      Date of birth      Sex", "CASTELLANOS, KEKOA B                    07/01/1970         M");
        Assert.Equal(["CASTELLANOS, KEKOA B", "07/01/1970"], found);
    }

    [Fact]
    public async Task Values_below_the_headings_of_care_and_plan_are_found()
    {
        List<string> found = await FindAsync(
            "ED physician          Triage nurse          Group", "Ibrahim Mehta         Renata Osgood         851116");
        Assert.Equal(["Ibrahim Mehta", "Renata Osgood", "851116"], found);
    }

    [Fact]
    public async Task A_label_and_its_value_may_stand_far_apart_in_a_row()
    {
        List<string> found = await FindAsync("Patient name                    Halszka Zembrzuska", "Medical record no.              4471902", "Allergies                       none known");
        Assert.Equal(["Halszka Zembrzuska", "4471902"], found);
    }

    [Fact]
    public async Task A_date_in_the_boxes_of_a_form_is_found_below_its_heading()
    {
        List<string> found = await FindAsync("Patient name (last, first)      Birth date      Sex", "ZEMBRZUSKA, HALSZKA             03 14 1960      F");
        Assert.Equal(["ZEMBRZUSKA, HALSZKA", "03 14 1960"], found);
    }

    [Fact]
    public async Task A_time_in_the_next_column_is_no_part_of_a_date()
    {
        List<string> found = await FindAsync("azithromycin 250 mg      2024-02-22        10:18");
        Assert.Equal(["2024-02-22"], found);
    }

    [Theory]
    [InlineData("Tel: (253)", "095-5181", "(253)\n095-5181")]
    [InlineData("Surgery: 1114 Birchwood Avenue, Eureka, CA          Tel: 707-555-0120", "95501", "95501")]
    public async Task What_goes_on_in_the_next_line_is_found(string above, string below, string expected) => Assert.Contains(expected, await FindAsync(above, below));

    [Theory]
    [InlineData("Past Hospital Visits", "Date          Reason")]
    [InlineData("Performing laboratory:", "COMPLETE BLOOD COUNT")]
    [InlineData("Location:", "Current Medications")]
    [InlineData("Hemoglobin        13.2        12.0-16.0        g/dL", "Platelets        250        150-400        10^3/uL")]
    public async Task Headings_and_tables_of_results_hold_nothing(string above, string below) => Assert.Empty(await FindAsync(above, below));

    [Fact]
    public async Task An_initial_that_recognition_ran_into_the_name_is_covered_where_the_name_is_known()
    {
        List<string> found = await FindAsync("Patient: Castellanos, Kekoa B.", "cough and fever", "CASTELLANOS, KEKOAB page 1");
        Assert.Contains("CASTELLANOS, KEKOAB", found);
    }

    /// <summary>The stretches found on a page whose words stand where the characters of its lines do.</summary>
    [Fact]
    public async Task The_numbers_of_fields_do_not_hide_their_headings()
    {
        List<string> found = await FindAsync(
            "2. Patient's name (last, first)      1a. Insured's I.D. number      26. Patient's account no.",
            "ZEMBRZUSKA, HALSZKA                  XJW8844219                     991204");
        Assert.Equal(["ZEMBRZUSKA, HALSZKA", "XJW8844219", "991204"], found);
    }

    [Fact]
    public async Task A_value_over_a_caption_that_nothing_stands_below_is_found()
    {
        List<string> found = await FindAsync("4471902              851116", "Medical record no.   Group");
        Assert.Equal(["4471902", "851116"], found);
    }

    private static async Task<List<string>> FindAsync(params string[] lines)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        for (int line = 0; line < lines.Length; line++)
        {
            for (int start = 0; start < lines[line].Length; start++)
            {
                int end = start;
                while (end < lines[line].Length && lines[line][end] != ' ')
                    end++;
                if (end > start)
                    builder.AddWord(lines[line].AsSpan(start, end - start), new Box(start * CharacterWidth, line * 30, (end - start) * CharacterWidth, LineHeight), Confidence.Certain);
                start = end;
            }

            builder.BreakLine();
        }

        using var page = RecognizedPage.Create(new DocumentId(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), new PageNumber(1), new PageSize(2000, 400), builder.Build());
        PageView view = PageView.Of(page);
        CancellationToken stop = TestContext.Current.CancellationToken;
        ImmutableArray<Finding> found = await new TextRules().DetectAsync(view, null, stop);
        IDocumentExamination examination = new ValuePropagation().Begin(known: null);
        await examination.LearnAsync(view, found, stop);
        ImmutableArray<Finding> further = await examination.FindAsync(view, stop);
        string text = page.Text.Text.Read(0, static (all, _) => all.ToString());
        return [.. FindingMerger.Merge(found.Concat(further)).Select(finding => Detect.Covered(text, finding))];
    }
}

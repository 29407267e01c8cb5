namespace MedRedact.Core.Tests.Detection;

/// <summary>Text without a page: margins and columns show by counting characters.</summary>
public sealed class PlainTextGeometryTests
{
    private const string Paragraph =
        """
        The patient tolerated the procedure well and was taken to the recovery
        area in good condition. She was seen again by the surgical service on {0}
        and the drain was removed before the evening meal without difficulty. A
        second look at the wound showed no redness, warmth or tenderness at all.
        """;

    [Theory]
    [InlineData("Dec. 28,\n2024 at noon,", "date=Dec. 28,\n2024")]
    [InlineData("April\n11, 2023,", "date=April\n11, 2023")]
    [InlineData("4\nOctober 2023,", "date=4\nOctober 2023")]
    [InlineData("the order of Dr. Harold\nPemberton,", "name=Harold\nPemberton")]
    public void What_the_margin_broke_in_two_is_found_whole(string broken, string expected) =>
        Assert.Contains(Detect.In(Paragraph.Replace("{0}", broken, StringComparison.Ordinal)), found => found.StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void Lines_of_a_list_are_not_joined()
    {
        const string List = "Amoxicillin 500 mg by mouth three times a day in May\n28 tablets of lisinopril 10 mg were given out as well";
        Assert.DoesNotContain(Detect.Texts(List), found => found.Contains("May\n28", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("The patient was seen in the clinic today for follow up of the pain, MRN 8812", "cc Adam Mills", "mrn=8812")]
    [InlineData("The patient was seen in the clinic today for follow up of the pain, MRN 8812", "tablets were stopped", "mrn=8812")]
    [InlineData("She tolerated all of the procedure and was taken to the ward again on 3/4", "cc Adam Mills", "date=3/4")]
    public void A_line_that_may_go_on_below_hides_nothing_above(string above, string below, string expected) => Assert.Contains(expected, Detect.In(above + "\n" + below));

    [Theory]
    [InlineData("Insurance   Policy / member no.   Group\nHarborlight Advantage   QLJ 420 745 271   40237-81", "plan=QLJ 420 745 271")]
    [InlineData("Insurance   Policy / member no.   Group\nHarborlight Advantage   QLJ 420 745 271   40237-81", "plan=40237-81")]
    [InlineData("Date of birth   Age   Sex\n10-May-1925   96   M", "age/over-89=96")]
    [InlineData("Ward\tMRN\tDiet\n4 West\t7781204\tregular", "mrn=7781204")]
    [InlineData("Ward         MRN              Diet   Bed\n4 West       7781204          regular", "mrn=7781204")]
    public void A_value_stands_below_the_heading_of_its_column(string table, string expected) => Assert.Contains(expected, Detect.In(table));

    [Fact]
    public void Two_lines_without_columns_are_no_table() =>
        Assert.DoesNotContain(Detect.In("The group has met twice\n40237-81 is the part that was ordered"), found => found.StartsWith("plan", StringComparison.Ordinal));

    [Theory]
    [InlineData("Electronically signed by Will Foley, MD", "Will Foley")]
    [InlineData("Seen with Mr. Will Kowalski today", "Will Kowalski")]
    [InlineData("Will Weinberg, MD", "Will Weinberg")]
    public void Will_is_a_name_before_a_surname(string text, string name) => Assert.Contains(name, Detect.Texts(text));

    [Theory]
    [InlineData("Will Start heparin. Will Continue aspirin.")]
    [InlineData("Will follow up in two weeks. Will call with results.")]
    public void Will_begins_a_plan(string text) => Assert.Empty(Detect.In(text));

    [Theory]
    [InlineData("Naples, Florida, USA - 34102 Tel: 239-555-0142", "34102")]
    [InlineData("Naples, FL, 34102", "34102")]
    [InlineData("Naples FL - 34102", "34102")]
    [InlineData("Lives in Tampa, 33601", "33601")]
    [InlineData("Tampa - 33601", "33601")]
    public void A_postal_code_behind_a_dash_or_comma_is_found(string text, string code) => Assert.Contains("geo/zip=" + code, Detect.In(text));
}

using MedRedact.Policies;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Redaction;

public sealed class GeneralizerTests
{
    private static readonly FakeTimeProvider In2026 = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("03/14/2024", "2024")]
    [InlineData("14/03/2024", "2024")]
    [InlineData("3-4-24", "2024")]
    [InlineData("2024-03-14", "2024")]
    [InlineData("2024-03-14T10:20:30Z", "2024")]
    [InlineData("03/14/2024 10:20 am", "2024")]
    [InlineData("20240314", "2024")]
    [InlineData("03142024", "2024")]
    [InlineData("March 14, 2024", "2024")]
    [InlineData("Thursday, March 14th, 2024", "2024")]
    [InlineData("14 March 2024", "2024")]
    [InlineData("14th of March, 2024", "2024")]
    [InlineData("12-Mar-24", "2024")]
    [InlineData("14MAR2024", "2024")]
    [InlineData("14 de marzo de 2024", "2024")]
    [InlineData("March 2024", "2024")]
    [InlineData("03/2024", "2024")]
    [InlineData("O3/l4/2O24", "2024")]
    [InlineData("03/14/37", "1937")]
    [InlineData("03/14/27", "2027")]
    [InlineData("03/14/28", null)]
    [InlineData("03/14", null)]
    [InlineData("March 14", null)]
    [InlineData("13/14/2024", null)]
    [InlineData("02/30/2024", null)]
    [InlineData("03/14/2024 - 03/16/2024", null)]
    [InlineData("03/14/2024 10:20 by Mary", null)]
    [InlineData("2024-03-14T10:20:30Z Mary", null)]
    [InlineData("03/14/1936", null)]
    [InlineData("03/14/2124", null)]
    [InlineData("Christmas 2024", null)]
    [InlineData("", null)]
    public async Task Leaves_the_year_of_a_date_or_nothing(string date, string? year) =>
        Assert.Equal(year, await Generalize(new DateToYear(In2026), date, PhiCategory.Date));

    [Theory]
    [InlineData("03/14/1937", "1937")]
    [InlineData("03/14/1936", null)]
    [InlineData("03/14/24", null)]
    [InlineData("03/14/41", "1941")]
    [InlineData("03/14/30", null)]
    public async Task Leaves_no_year_of_birth_that_may_show_an_age_over_89(string date, string? year) =>
        Assert.Equal(year, await Generalize(new DateToYear(In2026), date, PhiCategory.BirthDate));

    [Fact]
    public async Task Pools_ages_over_89() =>
        Assert.Equal("90+", await Generalize(new AgeOver89(), "ninety-three year old", PhiCategory.AgeOver89));

    [Theory]
    [InlineData("45-year-old", "40-49")]
    [InlineData("40 y/o", "40-49")]
    [InlineData("49", "40-49")]
    [InlineData("7 yrs", "0-9")]
    [InlineData("18-month-old", "0-9")]
    [InlineData("20 meses", "0-9")]
    [InlineData("10 mo", "0-9")]
    [InlineData("12 días", "0-9")]
    [InlineData("61M", "60-69")]
    [InlineData("89 years", "80-89")]
    [InlineData("90 years", "90+")]
    [InlineData("104", "90+")]
    [InlineData("131", null)]
    [InlineData("99999999999", null)]
    [InlineData("forty-five", null)]
    [InlineData("", null)]
    [InlineData("93 white female", null)]
    [InlineData("18m", null)]
    [InlineData("5'10\" 93", null)]
    [InlineData("18 months", "0-9")]
    public async Task Leaves_ten_years_of_an_age(string age, string? band) => Assert.Equal(band, await Generalize(new AgeBand(), age, PhiCategory.Age));

    [Theory]
    [InlineData("40")]
    [InlineData("49")]
    [InlineData("9")]
    [InlineData("90")]
    public async Task The_band_stands_also_where_the_digits_of_the_age_stand_in_it(string age)
    {
        RedactionTarget target = Targets.Of(age, PhiCategory.Age);
        var chooser = new ReplacementChooser(BuiltInPolicies.SafeHarbor, [new AgeBand()], tokenizer: null);
        ChosenReplacement chosen = Assert.Single(await chooser.ChooseAsync(
            [(Disposition.Generalize, target)], [new RemovedValue(target.Value, PhiCategory.Age)], new TokenContext(target.Tenant, target.Scope), TestContext.Current.CancellationToken));
        Assert.False(chosen.FellBack);
        Assert.True(AgeBand.IsBand(chosen.Replacement.Text));
    }

    [Theory]
    [InlineData("02139", "021**")]
    [InlineData("02139-4307", "021**")]
    [InlineData("021394307", "021**")]
    [InlineData("82101", "000**")]
    [InlineData("79001", "000**")]
    [InlineData("00501", "000**")]
    [InlineData("SW1A 1AA", null)]
    [InlineData("0213", null)]
    [InlineData("02139_4307", null)]
    public async Task Leaves_three_digits_of_a_zip_code(string zip, string? prefix) =>
        Assert.Equal(prefix, await Generalize(new Zip3Redactor(), zip, PhiCategory.Zip));

    [Fact]
    public void Follows_the_census_tables()
    {
        string[] small2020 = ["036", "059", "102", "202", "203", "204", "205", "369", "556", "692", "753", "772", "821", "823", "878", "879", "884", "893"];
        string[] small2000 = ["036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878", "879", "884", "890", "893"];
        string[] both = [.. small2020.Union(small2000)];

        Assert.Equal(23, both.Length);
        Assert.All(both, prefix => Assert.Equal("000", Zip3Table.Strict.Generalize(prefix)));
        Assert.All(small2020, prefix => Assert.Equal("000", Zip3Table.Census2020.Generalize(prefix)));
        Assert.All(small2000, prefix => Assert.Equal("000", Zip3Table.Hhs2000.Generalize(prefix)));
        Assert.Equal("890", Zip3Table.Census2020.Generalize("890"));

        // 894 prefixes have a census area; 18 of them are too small in 2020, and five more were in 2000.
        Assert.Equal(894 - 18, Allowed(Zip3Table.Census2020));
        Assert.Equal(894 - 23, Allowed(Zip3Table.Strict));
    }

    [Fact]
    public async Task Uses_the_table_that_the_policy_names()
    {
        byte[] policy = """
            { "name": "x", "version": "1.0", "default": "redact", "zip3": "zip3/census-2020",
              "rules": [ { "categories": ["geo/zip"], "disposition": "generalize" } ] }
            """u8.ToArray();
        TestPage page = TestPage.Of("NV 89101");
        var applier = new RedactionApplier(Policies.PolicyFile.Parse(policy), [new Zip3Redactor()], null, new NoLabels());
        AppliedRedaction applied = await applier.ApplyAsync(
            page.Examined(page.Find("89101", PhiCategory.Zip)), page.Raster, TestPage.Subject(), TestContext.Current.CancellationToken);
        Assert.Equal("NV 891**", applied.Page.Text.Text.Value);
    }

    private static int Allowed(Zip3Table table) =>
        Enumerable.Range(1, 999).Count(prefix => table.Generalize(prefix.ToString("000", System.Globalization.CultureInfo.InvariantCulture)) != "000");

    private static async Task<string?> Generalize(IRedactor redactor, string value, PhiCategory category)
    {
        Assert.Equal(Disposition.Generalize, redactor.Serves);
        return (await redactor.ProposeAsync(Targets.Of(value, category), TestContext.Current.CancellationToken))?.Text;
    }
}

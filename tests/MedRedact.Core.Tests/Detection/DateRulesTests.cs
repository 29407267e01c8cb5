namespace MedRedact.Core.Tests.Detection;

public sealed class DateRulesTests
{
    [Theory]
    [InlineData("seen on 24/05/1977.", "24/05/1977")]
    [InlineData("on 5-3-94 he", "5-3-94")]
    [InlineData("2023-11-14 visit", "2023-11-14")]
    [InlineData("at 2006-04-07 09:00:27 sharp", "2006-04-07 09:00:27")]
    [InlineData("12-Mar-24 labs", "12-Mar-24")]
    [InlineData("in 03/2021 her BNP", "03/2021")]
    [InlineData("seen on 3/14 for", "3/14")]
    [InlineData("March 3, 2024 visit", "March 3, 2024")]
    [InlineData("December 1st, 2023", "December 1st, 2023")]
    [InlineData("Jan 20th '23", "Jan 20th '23")]
    [InlineData("the 15th of January 2022", "15th of January 2022")]
    [InlineData("the 14th of March he", "14th of March")]
    [InlineData("since March 2024 she", "March 2024")]
    [InlineData("the fourteenth of March", "fourteenth of March")]
    [InlineData("on March third, twenty twenty-four", "March third, twenty twenty-four")]
    [InlineData("el 15 de enero de 2022", "15 de enero de 2022")]
    [InlineData("en enero del 2003", "enero del 2003")]
    [InlineData("last Thursday she fell", "last Thursday")]
    [InlineData("on Christmas 2022", "Christmas 2022")]
    [InlineData("DOB: 0l/02/l960", "0l/02/l960")]
    [InlineData("DOB: 07103/1960", "07103/1960")]
    public void Finds_a_date_in_every_form(string text, string expected) => Assert.Contains(expected, Detect.Texts(text));

    [Theory]
    [InlineData("diagnosed in 2021")]
    [InlineData("2 weeks ago, for 3 days, every 6 months")]
    [InlineData("she may march on")]
    [InlineData("pain 3/10 on average, strength 4/5")]
    public void Leaves_years_durations_and_scores(string text) => Assert.Empty(Detect.In(text));

    [Fact]
    public void A_birth_date_has_a_category_of_its_own() =>
        Assert.Equal(["date/birth=04/22/1955"], Detect.In("DOB: 04/22/1955"));

    [Fact]
    public void A_year_of_birth_is_found_though_a_year_alone_is_not() =>
        Assert.Equal(["date/birth=1931"], Detect.In("born in 1931"));

    [Theory]
    [InlineData("a 50-year-old woman", "age=50-year-old")]
    [InlineData("23yo female", "age=23yo")]
    [InlineData("a 93 y.o. man", "age/over-89=93 y.o.")]
    [InlineData("94F with fever", "age/over-89=94")]
    [InlineData("ninety-three year old woman", "age/over-89=ninety-three year old")]
    [InlineData("Age: 46", "age=46")]
    [InlineData("varón de 53 años", "age=53 años")]
    public void Ages_over_89_are_told_from_others(string text, string expected) => Assert.Contains(expected, Detect.In(text));
}

using CsCheck;

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
    [InlineData("seen 0l/O2/l960 in clinic", "0l/O2/l960")]
    [InlineData("consultó en mayo de 2006 por", "mayo de 2006")]
    [InlineData("en el mes de abril ingresó", "abril")]
    [InlineData("desde marzo presenta dolor", "marzo")]
    [InlineData("En febrero y abril de 2002 acude", "febrero y abril de 2002")]
    [InlineData("el quince de enero de dos mil seis", "quince de enero de dos mil seis")]
    [InlineData("el treinta y uno de enero de 2006", "treinta y uno de enero de 2006")]
    [InlineData("12 de agosto del 98", "12 de agosto del 98")]
    [InlineData("in week 23 of 2021", "week 23 of 2021")]
    [InlineData("seen l5 March 2020 for", "l5 March 2020")]
    [InlineData("Labs 7/14: Na 138", "7/14")]
    [InlineData("el 8-XI-1963 nació", "8-XI-1963")]
    [InlineData("from 3/4-3/8/22", "3/4")]
    public void Finds_a_date_in_every_form(string text, string expected) => Assert.Contains(expected, Detect.Texts(text));

    [Theory]
    [InlineData("diagnosed in 2021")]
    [InlineData("2 weeks ago, for 3 days, every 6 months")]
    [InlineData("she may march on")]
    [InlineData("pain 3/10 on average, strength 4/5")]
    [InlineData("pain is rated 7-8/10 today")]
    [InlineData("Pain was a 7/10 in the morning and from 8/10 improved to 2/10.")]
    [InlineData("titer 1/2048")]
    [InlineData("En el año 2002 fue incluido")]
    public void Leaves_years_durations_and_scores(string text) => Assert.Empty(Detect.In(text));

    [Fact]
    public void A_birth_date_has_a_category_of_its_own() =>
        Assert.Equal(["date/birth=04/22/1955"], Detect.In("DOB: 04/22/1955"));

    [Theory]
    [InlineData("born in 1931")]
    [InlineData("year of birth: 1931")]
    [InlineData("YOB 1931")]
    [InlineData("the donor (b. 1931) agreed")]
    [InlineData("nacido en 1931")]
    public void A_year_of_birth_is_found_though_a_year_alone_is_not(string text) => Assert.Equal(["date/birth=1931"], Detect.In(text));

    [Theory]
    [InlineData("a 50-year-old woman", "age=50-year-old")]
    [InlineData("23yo female", "age=23yo")]
    [InlineData("a 93 y.o. man", "age/over-89=93 y.o.")]
    [InlineData("94F with fever", "age/over-89=94")]
    [InlineData("ninety-three year old woman", "age/over-89=ninety-three year old")]
    [InlineData("Age: 46", "age=46")]
    [InlineData("in her early nineties", "age/over-89=nineties")]
    [InlineData("in his 90s", "age/over-89=90s")]
    [InlineData("before her 95th birthday", "age/over-89=95th")]
    [InlineData("mujer de noventa y tres años", "age/over-89=noventa y tres años")]
    [InlineData("varón nonagenario", "age/over-89=nonagenario")]
    [InlineData("varón de 53 años", "age=53 años")]
    public void Ages_over_89_are_told_from_others(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    /// <summary>A law rather than examples: every day of two centuries, however it is written, is found to its last digit.</summary>
    [Fact]
    public void Any_valid_date_in_any_form_is_found_whole() =>
        Gen.Select(Gen.Int[0, 73048], Gen.Int[0, s_forms.Length - 1]).Sample((day, form) =>
        {
            DateOnly date = new DateOnly(1900, 1, 1).AddDays(day);
            string written = s_forms[form](date);
            return Detect.Texts($"She was seen on {written} in clinic.").Any(found => found.Contains(written, StringComparison.Ordinal));
        }, iter: 4000, seed: "0N0XIzNsQ0O2");

    private static readonly string[] s_months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private static readonly string[] s_meses = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];

    private static readonly Func<DateOnly, string>[] s_forms =
    [
        date => $"{date.Month}/{date.Day}/{date.Year}",
        date => $"{date.Month:00}/{date.Day:00}/{date.Year}",
        date => $"{date.Day:00}.{date.Month:00}.{date.Year}",
        date => $"{date.Day}-{date.Month}-{date.Year}",
        date => $"{date.Year}-{date.Month:00}-{date.Day:00}",
        date => $"{date.Year}/{date.Month:00}/{date.Day:00}",
        date => $"{date.Month}/{date.Day}/{date.Year % 100:00}",
        date => $"{s_months[date.Month - 1]} {date.Day}, {date.Year}",
        date => $"{s_months[date.Month - 1][..3]} {date.Day}, {date.Year}",
        date => $"{date.Day} {s_months[date.Month - 1]} {date.Year}",
        date => $"{date.Day:00}-{s_months[date.Month - 1][..3]}-{date.Year}",
        date => $"{date.Day:00}-{s_months[date.Month - 1][..3]}-{date.Year % 100:00}",
        date => $"{date.Day:00}{s_months[date.Month - 1][..3].ToUpperInvariant()}{date.Year}",
        date => $"{s_months[date.Month - 1]} {date.Year}",
        date => $"{date.Month:00}/{date.Year}",
        date => $"{date.Day} de {s_meses[date.Month - 1]} de {date.Year}",
        date => $"{s_meses[date.Month - 1]} de {date.Year}",
    ];

    [Theory]
    [InlineData("1205/2023 seen by the nurse", "1205/2023")]
    [InlineData("seen on 12/052023.", "12/052023")]
    [InlineData("|3112/2021| visit", "3112/2021")]
    public void A_date_that_lost_a_slash_is_found(string text, string date) => Assert.Contains("date=" + date, Detect.In(text));

    [Theory]
    [InlineData("the season 2023/2024 was long")]
    [InlineData("resistance 4000/1250 ohm")]
    [InlineData("lot 1205/20234")]
    [InlineData("unit 1205/8123")]
    public void Two_groups_of_four_that_are_no_date_stay(string text) => Assert.DoesNotContain(Detect.In(text), found => found.StartsWith("date=", StringComparison.Ordinal));
}

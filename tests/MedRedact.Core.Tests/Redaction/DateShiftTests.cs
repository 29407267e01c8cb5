using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Redaction;

public sealed class DateShiftTests
{
    private static readonly DateShift Redactor = new(new TestKeys(), new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)));

    private static readonly Gen<DateOnly> Days = Gen.Int[0, 20_000].Select(days => new DateOnly(1960, 1, 1).AddDays(days));

    [Fact]
    public void Keeps_intervals_and_never_stays() => Gen.Select(Days, Days, Gen.String[Gen.Char.AlphaNumeric, 1, 12]).Sample(
        (first, second, subject) =>
        {
            DateOnly shiftedFirst = Iso(Shift(Iso(first), subject)!), shiftedSecond = Iso(Shift(Iso(second), subject)!);
            int offset = shiftedFirst.DayNumber - first.DayNumber;
            Assert.InRange(Math.Abs(offset), 1, 365);
            Assert.Equal(offset, shiftedSecond.DayNumber - second.DayNumber);
        },
        iter: 500,
        seed: "0N0XIzNsQ0O2");

    [Theory]
    [InlineData("MM/dd/yyyy")]
    [InlineData("M/d/yyyy")]
    [InlineData("yyyy-MM-dd")]
    [InlineData("yyyyMMdd")]
    [InlineData("MMMM d, yyyy")]
    [InlineData("dddd, MMMM d, yyyy")]
    [InlineData("dd MMM yyyy")]
    [InlineData("ddMMMyyyy")]
    [InlineData("yyyy-MM-dd'T'14:05:00'Z'")]
    [InlineData("MM/dd/yyyy' 2:05 p.m.'")]
    public void Writes_dates_in_the_form_they_had(string format) => Days.Sample(
        day =>
        {
            string shifted = Shift(day.ToDateTime(default).ToString(format, CultureInfo.InvariantCulture), "mrn-1")!;
            DateOnly expected = Iso(Shift(Iso(day), "mrn-1")!);

            // What is one digit long in the original says how the shifted one is written; either reading is the same day.
            Assert.True(DateTime.TryParseExact(
                shifted,
                [
                    format,
                    format.Replace("MM/dd", "M/d", StringComparison.Ordinal),
                    format.Replace("M/d/", "MM/dd/", StringComparison.Ordinal),
                    format.Replace("MMMM d,", "MMMM dd,", StringComparison.Ordinal),
                    .. DayFirst(format),
                ],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out DateTime read));
            Assert.Equal(expected, DateOnly.FromDateTime(read));
        },
        iter: 200,
        seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Keeps_intervals_between_dates_of_any_two_forms() => Gen.Select(Days, Days, Gen.Int[0, 3], Gen.Int[0, 3], Gen.String[Gen.Char.AlphaNumeric, 1, 12]).Sample(
        (first, second, form, otherForm, subject) =>
        {
            string[] forms = ["yyyy-MM-dd", "MMMM d, yyyy", "MM/dd/yyyy", "dddd, MMMM d, yyyy"];
            DateOnly Shifted(DateOnly day, string written)
            {
                string shifted = Shift(day.ToString(written, CultureInfo.InvariantCulture), subject)!;
                return DateOnly.FromDateTime(DateTime.ParseExact(
                    shifted, [written, written.Replace(" d,", " dd,", StringComparison.Ordinal), written.Replace("MM/dd", "M/d", StringComparison.Ordinal)], CultureInfo.InvariantCulture, DateTimeStyles.None));
            }

            Assert.Equal(second.DayNumber - first.DayNumber, Shifted(second, forms[otherForm]).DayNumber - Shifted(first, forms[form]).DayNumber);
        },
        iter: 500,
        seed: "0N0XIzNsQ0O2");

    [Fact]
    public void The_weekday_of_a_shifted_date_says_next_to_nothing_about_the_real_one()
    {
        int[] weeks = [.. Enumerable.Range(0, 730).Select(drawn => DateShift.OffsetFrom(new Digest256((UInt128)drawn, 0))).CountBy(offset => ((offset % 7) + 7) % 7).Select(each => each.Value)];
        Assert.Equal(7, weeks.Length);
        Assert.All(weeks, count => Assert.InRange(count, 104, 106));
    }

    [Fact]
    public void Shifts_one_patient_by_one_offset_in_every_form()
    {
        int offset = Iso(Shift("2024-03-14", "mrn-1")!).DayNumber - new DateOnly(2024, 3, 14).DayNumber;
        DateOnly expected = new DateOnly(2024, 3, 14).AddDays(offset);
        Assert.Equal(expected.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture), Shift("March 14, 2024", "mrn-1"));
        Assert.Equal(expected.ToString("MM/dd/yy", CultureInfo.InvariantCulture), Shift("03/14/24", "mrn-1"));
        Assert.Equal(expected.ToString("MMMM", CultureInfo.InvariantCulture).ToUpperInvariant(), Shift("MARCH 14, 2024", "mrn-1")!.Split(' ')[0]);
    }

    [Fact]
    public void Differs_from_patient_to_patient_and_from_tenant_to_tenant()
    {
        Assert.True(Enumerable.Range(0, 50).Select(patient => Shift("2024-03-14", $"mrn-{patient}")).Distinct().Count() > 40);
        Assert.NotEqual(Shift("2024-03-14", "mrn-1", "north"), Shift("2024-03-14", "mrn-1", "south"));
    }

    [Fact]
    public void Draws_every_offset_but_zero()
    {
        int[] offsets = [.. Enumerable.Range(0, 730).Select(drawn => DateShift.OffsetFrom(new Digest256((UInt128)drawn, 0)))];
        Assert.Equal([.. Enumerable.Range(-365, 365), .. Enumerable.Range(1, 365)], offsets);
    }

    [Theory]
    [InlineData("03/14")]
    [InlineData("March 2024")]
    [InlineData("2024")]
    [InlineData("02/29/2023")]
    [InlineData("03/14/1930")]
    [InlineData("last Tuesday")]
    public void Shifts_nothing_it_cannot_shift_exactly(string date) => Assert.Null(Shift(date, "mrn-1"));

    /// <summary>The day without its zero, and the whole name of the month: of May nobody can tell whether it is cut short.</summary>
    private static string[] DayFirst(string format)
    {
        if (!format.StartsWith("dd", StringComparison.Ordinal) || format.StartsWith("dddd", StringComparison.Ordinal))
            return [];

        string whole = format.Replace("MMM", "MMMM", StringComparison.Ordinal);
        return [format[1..], whole, whole[1..]];
    }

    private static string? Shift(string date, string subject, string tenant = "north") => Redactor
        .ProposeAsync(Targets.Of(date, PhiCategory.Date, subject, tenant), TestContext.Current.CancellationToken)
        .AsTask().GetAwaiter().GetResult()?.Text;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Iso(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

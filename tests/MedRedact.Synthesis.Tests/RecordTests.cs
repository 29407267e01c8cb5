using System.Text.RegularExpressions;
using CsCheck;

namespace MedRedact.Synthesis.Tests;

public sealed class RecordTests
{
    public static TheoryData<DocumentKind> Kinds => new(Enum.GetValues<DocumentKind>());

    private static readonly Gen<(DocumentKind Kind, int Seed)> s_records = Gen.Select(Gen.Int[0, Enum.GetValues<DocumentKind>().Length - 1], Gen.Int[0, 100_000]).Select((kind, seed) => ((DocumentKind)kind, seed));

    [Fact]
    public void Spans_point_at_their_values_and_never_overlap() => s_records.Sample(
        given =>
        {
            SyntheticRecord record = SyntheticRecords.Create(given.Kind, given.Seed);
            int end = 0;
            foreach (TruthSpan span in record.Spans)
            {
                Assert.Equal(span.Value, record.Text[span.Start..span.End]);
                Assert.True(span.Start >= end && span.End > span.Start);
                end = span.End;
            }
        },
        iter: 200, seed: "0000KLr13Hy4");

    [Fact]
    public void Text_holds_only_what_the_fonts_can_draw() => s_records.Sample(
        given => Assert.DoesNotContain(SyntheticRecords.Create(given.Kind, given.Seed).Text, c => c is > 'ÿ' or (< ' ' and not '\n' and not '\f')),
        iter: 200, seed: "0000KLr13Hy4");

    [Fact]
    public void Every_mention_of_the_record_number_and_of_the_family_name_is_labelled() => s_records.Sample(
        given =>
        {
            SyntheticPatient patient = SyntheticPatient.Create(given.Seed) with { FamilyName = "Zqxwovski", Mrn = "73819046" };
            SyntheticRecord record = SyntheticRecords.Create(given.Kind, given.Seed, patient);
            foreach (string value in (string[])["Zqxwovski", "73819046"])
            {
                for (int at = record.Text.IndexOf(value, StringComparison.OrdinalIgnoreCase); at >= 0; at = record.Text.IndexOf(value, at + 1, StringComparison.OrdinalIgnoreCase))
                    Assert.Contains(record.Spans, span => span.Start <= at && span.End >= at + value.Length && span.IsPhi);
            }
        },
        iter: 100, seed: "0000KLr13Hy4");

    [Theory, MemberData(nameof(Kinds))]
    public void A_record_holds_identifiers_of_several_types_and_words_that_may_stay(DocumentKind kind)
    {
        SyntheticRecord record = SyntheticRecords.Create(kind, seed: 11);
        Assert.True(record.Spans.Count(span => span.IsPhi) >= 10);
        Assert.True(record.Spans.Select(span => span.Type).Distinct().Count() >= 4);
        Assert.Contains(record.Spans, span => span.Category == "name");
        IReadOnlyList<TruthWord> words = record.DrawPages(new DrawOptions { Dpi = 72 })[0].Words;
        Assert.True(words.Count(word => !word.IsPhi) >= 15);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_text_truth_and_pixels(DocumentKind kind)
    {
        SyntheticRecord one = SyntheticRecords.Create(kind, seed: 5), two = SyntheticRecords.Create(kind, seed: 5);
        Assert.Equal(one.Text, two.Text);
        Assert.Equal(one.Spans, two.Spans);
        Assert.True(Page(one).Pixels.Span.SequenceEqual(Page(two).Pixels.Span));
        Assert.Equal(Page(one).Words, Page(two).Words);
        Assert.NotEqual(one.Text, SyntheticRecords.Create(kind, seed: 6).Text);

        static SyntheticPage Page(SyntheticRecord record) => record.DrawPages(new DrawOptions { Dpi = 100 })[0].Degrade(Degradation.Fax, seed: 3);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Words_of_the_pages_are_the_words_of_the_text_at_every_resolution(DocumentKind kind)
    {
        SyntheticRecord record = SyntheticRecords.Create(kind, seed: 8);
        foreach (int dpi in (int[])[72, 120])
        {
            IReadOnlyList<SyntheticPage> pages = record.DrawPages(new DrawOptions { Dpi = dpi });
            Assert.Equal(record.PageCount, pages.Count);
            Assert.Equal(record.Text.Split([' ', '\n', '\f'], StringSplitOptions.RemoveEmptyEntries), pages.SelectMany(page => page.Words).Select(word => word.Text));
            for (int page = 1; page <= pages.Count; page++)
            {
                string text = record.Text[record.TextOfPage(page)];
                Assert.Equal(text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries), pages[page - 1].Words.Select(word => word.Text));
                Assert.Equal(text.Split('\n').Count(line => line.Length > 0), pages[page - 1].Words.Select(word => word.Line).Distinct().Count());
            }

            Assert.All(pages.SelectMany(page => page.Words), word =>
            {
                Assert.Equal(word.Text, record.Text[word.Start..word.End]);
                Assert.Equal(word.IsPhi, record.Spans.Any(span => span.IsPhi && span.Start < word.End && span.End > word.Start));
            });
        }
    }

    [Fact]
    public void Long_records_run_over_pages_that_repeat_the_patient_at_their_head()
    {
        SyntheticRecord record = Enumerable.Range(0, 50).Select(seed => SyntheticRecords.Create(DocumentKind.HistoryAndPhysical, seed)).First(record => record.PageCount > 1);
        string second = record.Text[record.TextOfPage(2)];
        Assert.Contains(record.Patient.Mrn, second[..second.IndexOf('\n', StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public void Clinical_truth_stands_in_the_text() => s_records.Sample(
        given =>
        {
            SyntheticRecord record = SyntheticRecords.Create(given.Kind, given.Seed);
            string text = Regex.Replace(record.Text, @"\s+", " ", RegexOptions.NonBacktracking);
            Assert.All(record.Clinical.Medications, medication => Assert.Contains($"{medication.Drug} {medication.Strength}", text, StringComparison.Ordinal));
            Assert.All(record.Clinical.Diagnoses, diagnosis => Assert.Contains(diagnosis.Text.Split(' ')[0], text, StringComparison.Ordinal));
            Assert.All(record.Clinical.Labs, lab => Assert.Contains(lab.Value, text, StringComparison.Ordinal));
            Assert.All(record.Clinical.Vitals, vital => Assert.Contains($"{vital.Key} {vital.Value}", text, StringComparison.Ordinal));
        },
        iter: 60, seed: "0000KLr13Hy4");

    [Fact]
    public void A_chart_is_about_one_person()
    {
        IReadOnlyList<SyntheticRecord> chart = SyntheticRecords.CreateChart([DocumentKind.LabReport, DocumentKind.RadiologyReport, DocumentKind.DischargeSummary], seed: 9);
        Assert.Single(chart.Select(record => record.Patient).Distinct());
        Assert.All(chart, record => Assert.Contains(record.Patient.Mrn, record.Text, StringComparison.Ordinal));
    }
}

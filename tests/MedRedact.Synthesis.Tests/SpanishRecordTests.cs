using System.Globalization;
using CsCheck;

namespace MedRedact.Synthesis.Tests;

public sealed class SpanishRecordTests
{
    private static readonly IReadOnlyList<DocumentKind> s_kinds = SyntheticRecords.KindsIn(DocumentLanguage.Spanish);

    private static readonly Gen<SyntheticRecord> s_records = Gen.Select(Gen.Int[0, s_kinds.Count - 1], Gen.Int[0, 100_000]).Select((kind, seed) => Create(s_kinds[kind], seed));

    public static TheoryData<DocumentKind> Kinds => [.. s_kinds];

    [Fact]
    public void Spans_point_at_their_values_and_never_overlap() => s_records.Sample(
        record =>
        {
            int end = 0;
            foreach (TruthSpan span in record.Spans)
            {
                Assert.Equal(span.Value, record.Text[span.Start..span.End]);
                Assert.True(span.Start >= end && span.End > span.Start);
                end = span.End;
            }
        },
        iter: 100, seed: "0000KLr13Hy4");

    [Fact]
    public void Text_holds_only_what_the_fonts_can_draw() => s_records.Sample(
        record => Assert.DoesNotContain(record.Text, c => c is > 'ÿ' or (< ' ' and not '\n' and not '\f')), iter: 100, seed: "0000KLr13Hy4");

    [Fact]
    public void Every_mention_of_what_only_the_patient_has_is_labelled() => s_records.Sample(
        record =>
        {
            foreach (string value in (string[])[record.Patient.FamilyName, record.Patient.DriverLicense, record.Patient.Ssn, record.Patient.MedicareId, record.Patient.Email, record.Patient.MobilePhone])
            {
                for (int at = record.Text.IndexOf(value, StringComparison.OrdinalIgnoreCase); at >= 0; at = record.Text.IndexOf(value, at + 1, StringComparison.OrdinalIgnoreCase))
                    Assert.Contains(record.Spans, span => span.Start <= at && span.End >= at + value.Length && span.IsPhi);
            }
        },
        iter: 100, seed: "0000KLr13Hy4");

    [Theory, MemberData(nameof(Kinds))]
    public void A_record_holds_identifiers_of_several_types_and_words_that_may_stay(DocumentKind kind)
    {
        SyntheticRecord record = Create(kind, seed: 11);
        Assert.True(record.Spans.Count(span => span.IsPhi) >= 10);
        Assert.True(record.Spans.Select(span => span.Type).Distinct().Count() >= 4);
        Assert.Contains(record.Spans, span => span.Category == "name");
        Assert.True(record.DrawPages(new DrawOptions { Dpi = 72 })[0].Words.Count(word => !word.IsPhi) >= 15);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_text_truth_and_pixels(DocumentKind kind)
    {
        SyntheticRecord one = Create(kind, seed: 5), two = Create(kind, seed: 5);
        Assert.Equal(one.Text, two.Text);
        Assert.Equal(one.Spans, two.Spans);
        Assert.True(Page(one).Pixels.Span.SequenceEqual(Page(two).Pixels.Span));
        Assert.NotEqual(one.Text, Create(kind, seed: 6).Text);

        static SyntheticPage Page(SyntheticRecord record) => record.DrawPages(new DrawOptions { Dpi = 100 })[0].Degrade(Degradation.Fax, seed: 3);
    }

    [Fact]
    public void Identity_documents_have_their_letter_and_are_of_numbers_never_issued() => s_records.Sample(
        record =>
        {
            string number = record.Patient.DriverLicense.Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
            Assert.Matches(@"^(99\d{6}|Z9\d{6})[A-Z]$", number);
            int digits = int.Parse(number[..8].Replace('Z', '2'), CultureInfo.InvariantCulture);
            Assert.Equal("TRWAGMYFPDXBNJZSQVHLCKE"[digits % 23], number[8]);
        },
        iter: 200, seed: "0000KLr13Hy4");

    [Fact]
    public void Affiliation_numbers_have_their_check_digits_and_a_province_that_there_is_not() => s_records.Sample(
        record =>
        {
            string number = record.Patient.Ssn.Replace(" ", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal);
            Assert.Matches(@"^8\d{11}$", number);
            Assert.Equal(long.Parse(number[..10], CultureInfo.InvariantCulture) % 97, long.Parse(number[10..], CultureInfo.InvariantCulture));
        },
        iter: 200, seed: "0000KLr13Hy4");

    [Fact]
    public void Telephones_are_of_no_exchange() => s_records.Sample(
        record => Assert.All((string[])[record.Patient.HomePhone, record.Patient.MobilePhone, record.Patient.RelativePhone], phone =>
            Assert.Matches(@"^(34)?(99[1-8]|79\d)\d{6}$", string.Concat(phone.Where(char.IsAsciiDigit)))),
        iter: 200, seed: "0000KLr13Hy4");

    [Fact]
    public void A_kind_that_Spanish_lacks_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(DocumentKind.FaxCoverSheet, 1));
        Assert.Equal(Enum.GetValues<DocumentKind>(), SyntheticRecords.KindsIn(DocumentLanguage.English));
        Assert.Equal(SyntheticRecords.Create(DocumentKind.Consent, 3).Text, SyntheticRecords.Create(DocumentKind.Consent, 3, DocumentLanguage.English).Text);
    }

    private static SyntheticRecord Create(DocumentKind kind, int seed) => SyntheticRecords.Create(kind, seed, DocumentLanguage.Spanish);
}

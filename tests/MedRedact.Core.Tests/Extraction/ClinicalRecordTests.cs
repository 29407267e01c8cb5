using System.Text;
using MedRedact.Extraction;
using MedRedact.Synthesis;

namespace MedRedact.Tests;

public sealed class ClinicalRecordTests
{
    private static readonly DocumentId Document = new(new Guid("018f0000-0000-7000-8000-000000000001"));

    [Fact]
    public void Says_of_every_value_where_it_stands()
    {
        CleanPageText page = CleanChart.OfLines("Patient: [NAME]   MRN: [MRN]");
        ClinicalRecord record = Build(page);

        ChartValue mrn = record.Find(ChartFieldNames.PatientMrn)!;
        ChartSource source = Assert.Single(mrn.Sources);
        Assert.Equal("[MRN]", mrn.Text);
        Assert.Equal("[MRN]", page.Text.Value.Substring(source.Span.Start, source.Span.Length));
        Assert.Equal(page.Locate(source.Span), source.Boxes);
        Assert.Equal(1, source.Page.Value);
        Assert.Equal("ChartFields 1.0", source.Extractor);
        Assert.InRange(mrn.Confidence.Value, 0.5, 1);
    }

    [Fact]
    public void Numbers_and_units_are_normalized()
    {
        ClinicalRecord record = Build(CleanChart.OfLines(
            """
            BP 138/82, Temp 98.6 F, HR 72
            Weight 11l.1 kg
            Height: 5'10"

            Troponin I      <0.01  ng/mL   <0.04
            Potassium       5,9    mmol/L  3.5 - 5.1
            Platelets       1,250  K/uL    150-400

            DISCHARGE DIAGNOSIS
            Type 2 diabetes E1l.9
            """));

        Assert.Equal(
            ["blood-pressure 138/82 mm[Hg]", "temperature 98.6/ [degF]", "heart-rate 72/ /min", "body-weight 111.1/ kg", "body-height 70/ [in_i]"],
            record.VitalSigns.Select(sign => FormattableString.Invariant($"{sign.Kind} {sign.Value}/{sign.Diastolic} {sign.Unit}")));
        Assert.Equal(
            ["<0.01 ..0.04", "5.9 3.5..5.1", "1250 150..400"],
            record.Labs.Select(lab => FormattableString.Invariant($"{lab.Comparator}{lab.Number} {lab.Low}..{lab.High}")));
        Assert.Equal(("E11.9", "E1l.9"), (record.Conditions.Single().Icd10Cm, record.Conditions.Single().Code!.Text));
    }

    [Fact]
    public void What_two_pages_say_alike_is_one_entry_with_two_places()
    {
        CleanPageText page = CleanChart.OfLines("MRN: [MRN]\nLisinopril 10 mg PO daily\nAllergies: latex (rash)");
        ClinicalRecord record = Build(page, page);

        Assert.Equal([1, 2], record.Find(ChartFieldNames.PatientMrn)!.Sources.Select(source => source.Page.Value));
        Assert.Equal(2, Assert.Single(record.Medications).Printed.Sources.Length);
        Assert.Equal(2, Assert.Single(record.Allergies).Printed.Sources.Length);
        Assert.Equal(2, record.PageCount);
    }

    [Fact]
    public void Contradictions_are_all_kept()
    {
        ClinicalRecord record = Build(CleanChart.OfLines("Sex: F   DOB: 1960"), CleanChart.OfLines("Sex: M   DOB: 1960"));
        HeaderField gender = Assert.Single(record.Header, field => field.Field == ChartFieldNames.PatientGender);
        Assert.Equal(["F", "M"], gender.Values.Select(value => value.Text).Order(StringComparer.Ordinal));
        Assert.Single(Assert.Single(record.Header, field => field.Field == ChartFieldNames.PatientBirthDate).Values);
    }

    [Fact]
    public void Pages_may_come_in_any_order()
    {
        CleanPageText first = CleanChart.OfLines("BP 138/82\nLisinopril 10 mg PO daily"),
            second = CleanChart.OfLines("BP 120/80\nMetformin 500 mg PO BID");
        byte[] forward = ClinicalRecordJson.Write(Add(Add(new(Document), 1, first), 2, second).Build());
        byte[] backward = ClinicalRecordJson.Write(Add(Add(new(Document), 2, second), 1, first).Build());
        Assert.Equal(forward, backward);
    }

    [Fact]
    public void A_field_outside_its_page_is_refused()
    {
        CleanPageText page = CleanChart.OfLines("MRN: [MRN]");
        var builder = new ClinicalRecordBuilder(Document);
        Assert.Throws<ArgumentException>(() => builder.Add(
            new PageNumber(1), page, null, "Test 1.0", [new ExtractedField(ChartFieldNames.PatientMrn, new TextSpan(5, 500), Confidence.Certain)]));
    }

    [Fact]
    public async Task JSON_reads_back_as_it_was_written_and_is_always_the_same()
    {
        foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
        {
            SyntheticRecord synthetic = SyntheticRecords.Create(kind, 4100);
            ClinicalRecord record = Build([.. Enumerable.Range(1, synthetic.PageCount).Select(page => CleanChart.OfRecord(synthetic, page))]);
            byte[] json = ClinicalRecordJson.Write(record);
            byte[] again = ClinicalRecordJson.Write(ClinicalRecordJson.Read(json));
            Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(again));
            using var streamed = new MemoryStream();
            await ClinicalRecordJson.WriteAsync(record, streamed, TestContext.Current.CancellationToken);
            Assert.Equal(json, streamed.ToArray());
            Assert.StartsWith("{\"format\":\"medredact.clinical-record\",\"version\":1,\"record\":{\"document\":\"018f0000",
                Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void JSON_is_what_the_format_page_says()
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "clinical-record.md"));
        int start = page.IndexOf("```json\n", StringComparison.Ordinal) + 8;
        string example = string.Concat(page[start..page.IndexOf("```", start, StringComparison.Ordinal)].Split('\n').Select(line => line.Trim()));
        ClinicalRecord record = ClinicalRecordJson.Read(Encoding.UTF8.GetBytes(example));
        Assert.Equal(example, Encoding.UTF8.GetString(ClinicalRecordJson.Write(record)));
        Assert.Equal(example, Encoding.UTF8.GetString(ClinicalRecordJson.Write(
            Build(CleanChart.OfLines("MRN: [MRN]\nBP 138/82\nAllergies: latex (rash)")))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"format\":\"medredact.clinical-record\",\"version\":2,\"record\":{\"document\":\"018f0000000070008000000000000001\",\"pageCount\":1}}")]
    [InlineData("{\"format\":\"other\",\"version\":1,\"record\":{\"document\":\"018f0000000070008000000000000001\",\"pageCount\":1}}")]
    [InlineData("{\"format\":\"medredact.clinical-record\",\"version\":1,\"record\":{\"pageCount\":1}}")]
    [InlineData("{\"format\":\"medredact.clinical-record\",\"version\":1,\"record\":{\"document\":\"ROE JANE\",\"pageCount\":1}}")]
    [InlineData("{\"format\":\"medredact.clinical-record\",\"version\":1,\"record\":{\"document\":\"018f0000000070008000000000000001\",\"pageCount\":1,\"other\":1}}")]
    [InlineData("{\"format\":\"medredact.clinical-record\",\"version\":1,\"record\":{\"document\":\"018f0000000070008000000000000001\",\"pageCount\":1,\"pageCount\":1}}")]
    [InlineData("{\"format\":\"medredact.clinical-record\",\"version\":1,\"record\":{\"document\":\"018f0000000070008000000000000001\",\"pageCount\":1}}x")]
    [InlineData("{\"format\":\"medredact.clinical-record\",\"version\":1,\"record\":{\"document\":\"018f0000000070008000000000000001\",\"pageCount\":1,\"header\":[{\"field\":\"a\",\"values\":[]}]}}")]
    [InlineData("{\"format\":\"medredact.clinical-record\",\"version\":1,\"record\":{\"document\":\"018f0000000070008000000000000001\",\"pageCount\":1,\"header\":[{\"field\":\"a\"}]}}")]
    public void Damaged_JSON_is_one_undetailed_fault(string json)
    {
        MedRedactException fault = Assert.Throws<MedRedactException>(() => ClinicalRecordJson.Read(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(ExtractionFaults.UnreadableRecord, fault.Code);
        Assert.Null(fault.InnerException);
        Assert.DoesNotContain("ROE", fault.ToString(), StringComparison.Ordinal);
    }

    private static ClinicalRecord Build(params CleanPageText[] pages)
    {
        var builder = new ClinicalRecordBuilder(Document);
        for (int i = 0; i < pages.Length; i++)
            Add(builder, i + 1, pages[i]);

        return builder.Build();
    }

    private static ClinicalRecordBuilder Add(ClinicalRecordBuilder builder, int number, CleanPageText page) =>
        builder.Add(new PageNumber(number), page, null, "ChartFields 1.0", ChartFields.Read(page, null));
}

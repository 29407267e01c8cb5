using MedRedact.Synthesis;

namespace MedRedact.Tests;

/// <summary>How many of the fields that synthetic records hold are found, and how many that are found are there.</summary>
public sealed class ExtractionMeasure
{
    private const int Seeds = 4;

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(60, false)]
    public void Finds_most_of_what_synthetic_records_say(int misreadEvery, bool splitAtGaps)
    {
        var labs = new Tally("lab");
        var medications = new Tally("medication");
        var conditions = new Tally("condition");
        var vitals = new Tally("vital sign");
        var allergies = new Tally("allergy");
        foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
        {
            for (int seed = 0; seed < Seeds; seed++)
            {
                SyntheticRecord record = SyntheticRecords.Create(kind, 4100 + seed);
                List<(string Field, Dictionary<string, string> Parts)> fields = [];
                for (int page = 1; page <= record.PageCount; page++)
                    fields.AddRange(CleanChart.Fields(CleanChart.OfRecord(
                        record, page, misreadEvery == 0 ? null : ChartText.Misreader(misreadEvery, seed), splitAtGaps)));

                labs.Compare(record.Clinical.Labs.Select(lab => $"{lab.Test}={lab.Value} {lab.Unit} {lab.Range} {lab.Flag}"),
                    Of("lab", p => $"{p["name"]}={p["value"]} {p.GetValueOrDefault("unit")} {p.GetValueOrDefault("range")} {p.GetValueOrDefault("flag")}"), kind);
                medications.Compare(record.Clinical.Medications.Select(m => $"{m.Drug} {m.Strength} {m.Route} {m.Frequency}"),
                    Of("medication", p => $"{p["drug"]} {p.GetValueOrDefault("strength")} {p.GetValueOrDefault("route")} {p.GetValueOrDefault("frequency")} {p.GetValueOrDefault("prn")}"), kind);
                conditions.Compare(record.Clinical.Diagnoses.Select(d => $"{d.Code} {d.Text}"),
                    Of("condition", p => $"{p.GetValueOrDefault("code")} {p.GetValueOrDefault("text")}"), kind);
                vitals.Compare(record.Clinical.Vitals.Select(v => $"{v.Key} {v.Value}"),
                    fields.Where(f => f.Field.StartsWith("vital-sign.", StringComparison.Ordinal))
                        .Select(f => $"{Short(f.Field)} {f.Parts[""]}"), kind);
                allergies.Compare(record.Clinical.Allergies, fields.Where(f => f.Field.StartsWith("allergy", StringComparison.Ordinal))
                    .Select(f => f.Parts[""]), kind);

                IEnumerable<string> Of(string field, Func<Dictionary<string, string>, string> write) => fields.Where(f => f.Field == field)
                    .Select(f => write(f.Parts));
            }
        }

        double floor = misreadEvery == 0 ? 0.9 : 0.5;
        foreach (Tally tally in (Tally[])[labs, medications, conditions, vitals, allergies])
        {
            TestContext.Current.TestOutputHelper?.WriteLine(tally.ToString());
            Assert.True(tally.Recall >= floor && tally.Precision >= floor, tally.ToString());
        }
    }

    /// <summary>A document that prints an identifier in its header gives the field that it belongs to, with what stands in its place.</summary>
    [Theory]
    [InlineData("name", "patient.name|document.subject|document.recipient|document.author", 0.9)]
    [InlineData("mrn", "patient.identifier.mrn", 0.9)]
    [InlineData("date/birth", "patient.birth-date", 0.9)]
    [InlineData("ssn", "patient.identifier.ssn", 0.9)]
    [InlineData("plan", "coverage.subscriber-id", 0.8)]
    [InlineData("account", "patient.identifier.account|encounter.identifier", 0.8)]
    [InlineData("age", "patient.age", 0.7)]
    public void Finds_the_header_fields_of_synthetic_records(string category, string fields, double floor)
    {
        int wanted = 0, found = 0;
        var missed = new List<string>();
        foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
        {
            for (int seed = 0; seed < Seeds; seed++)
            {
                SyntheticRecord record = SyntheticRecords.Create(kind, 4100 + seed);
                if (!record.Spans.Any(span => span.Category == category && IsLabelled(record.Text, span)))
                    continue;

                wanted++;
                bool has = Enumerable.Range(1, record.PageCount).Any(page =>
                    CleanChart.Fields(CleanChart.OfRecord(record, page)).Exists(field => fields.Split('|').Contains(field.Field)));
                found += has ? 1 : 0;
                if (!has)
                    missed.Add($"{kind} {4100 + seed}");
            }
        }

        string summary = $"{category}: {found} of {wanted} documents; missed {string.Join(", ", missed)}";
        TestContext.Current.TestOutputHelper?.WriteLine(summary);
        Assert.True(found >= floor * wanted, summary);
    }

    // Something with a colon, or a caption, stands before the value; a name in a sentence is no header field.
    private static bool IsLabelled(string text, TruthSpan span) =>
        text[Math.Max(0, span.Start - 3)..span.Start].Contains(':', StringComparison.Ordinal);

    private static string Short(string field) => field["vital-sign.".Length..] switch
    {
        "blood-pressure" => "BP",
        "heart-rate" => "HR",
        "respiratory-rate" => "RR",
        "temperature" => "Temp",
        "oxygen-saturation" => "SpO2",
        "body-weight" => "Weight",
        "body-height" => "Height",
        var other => other,
    };

    private sealed class Tally(string name)
    {
        private readonly List<string> _missed = [];
        private int _true, _found, _both;

        public double Recall => _true == 0 ? 1 : (double)_both / _true;

        public double Precision => _found == 0 ? 1 : (double)_both / _found;

        public void Compare(IEnumerable<string> truth, IEnumerable<string> found, DocumentKind kind)
        {
            var wanted = truth.Select(Plain).ToHashSet(StringComparer.Ordinal);
            var got = found.Select(Plain).ToHashSet(StringComparer.Ordinal);
            _true += wanted.Count;
            _found += got.Count;
            foreach (string text in wanted)
            {
                if (got.Remove(text) || (got.FirstOrDefault(other => IsLike(text, other)) is { } like && got.Remove(like)))
                    _both++;
                else
                    _missed.Add($"  - {kind}: {text}");
            }

            _missed.AddRange(got.Select(text => $"  + {kind}: {text}"));
        }

        public override string ToString() => $"{name}: {_true} true, recall {Recall:P1}, precision {Precision:P1}\n{string.Join('\n', _missed.Take(60))}";

        // A misread character or two is a matter of the engine, not of extraction.
        private static bool IsLike(string a, string b) => Math.Abs(a.Length - b.Length) <= 2
            && a.Length >= 6 && a.Zip(b).Count(pair => pair.First != pair.Second) <= a.Length / 8;

        private static string Plain(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not (',' or '(' or ')')))
            .ToUpperInvariant().Replace('–', '-');
    }
}

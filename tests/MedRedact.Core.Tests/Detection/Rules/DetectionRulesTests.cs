using System.Collections.Immutable;
using System.Text;
using CsCheck;
using MedRedact.Detection;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Core.Tests.Detection;

public sealed class DetectionRulesTests
{
    private const string Study = """{ "name": "study-id", "category": "hospital:study", "patterns": ["ST-\\d{6}"] }""";

    [Fact]
    public void A_recognizer_of_ones_own_finds_its_values_under_its_own_category_and_name()
    {
        Finding finding = Assert.Single(Find(Recognizers(Study), "Enrolled as ST-004711 today."));
        Assert.Equal("hospital:study", finding.Category.ToString());
        Assert.Equal("study-id", finding.RuleId.Value);
    }

    [Theory]
    [InlineData("Badge: 77-123", true)]
    [InlineData("Badge no. 77-123", true)]
    [InlineData("77-123 (badge)", false)]
    [InlineData("between 77-123 units", false)]
    public void A_recognizer_that_needs_a_label_before_its_value_looks_nowhere_else(string text, bool found) =>
        Assert.Equal(found, Names(Recognizers("""{ "name": "badge", "category": "hospital:badge", "patterns": ["\\d{2}-\\d{3}"], "labels": { "before": ["Badge"], "required": true } }"""), text).Contains("badge"));

    [Fact]
    public void A_label_may_follow_its_value()
    {
        string rules = Recognizers("""{ "name": "badge", "category": "hospital:badge", "patterns": ["\\d{2}-\\d{3}"], "labels": { "after": ["badge"], "required": true } }""");
        Assert.Contains("badge", Names(rules, "seen by 77-123 (badge) at noon"));
        Assert.DoesNotContain("badge", Names(rules, "badge 77-123"));
    }

    [Fact]
    public void A_label_alone_announces_whatever_code_stands_there() =>
        Assert.Contains("ward-key=K9-22", Texts(Recognizers("""{ "name": "ward-key", "category": "hospital:key", "labels": { "before": ["ward key"] } }"""), "Ward key: K9-22 returned"));

    [Fact]
    public async Task A_label_may_head_its_column()
    {
        var rules = Parse(Recognizers("""{ "name": "badge", "category": "hospital:badge", "patterns": ["\\d{2}-\\d{3}"], "labels": { "above": ["Badge"], "required": true } }"""));
        var builder = new PageTextBuilder(PageTransform.Identity);
        builder.AddWord("Shift", new Box(0, 0, 60, 20), Confidence.Certain).AddWord("Badge", new Box(300, 0, 60, 20), Confidence.Certain).BreakLine();
        builder.AddWord("late", new Box(0, 30, 60, 20), Confidence.Certain).AddWord("77-123", new Box(300, 30, 70, 20), Confidence.Certain).BreakLine();
        using var page = RecognizedPage.Create(new DocumentId(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), new PageNumber(1), new PageSize(1000, 400), builder.Build());
        ImmutableArray<Finding> found = await new TextRules([rules]).DetectAsync(PageView.Of(page), null, TestContext.Current.CancellationToken);
        Assert.Contains(found, finding => finding.RuleId.Value == "badge" && finding.Evidence.Any(ground => ground.Rule.Value == "label-above"));
    }

    [Fact]
    public void A_label_raises_the_score_and_both_grounds_are_given()
    {
        string rules = Recognizers("""{ "name": "study-id", "category": "hospital:study", "patterns": ["ST-\\d{6}"], "score": 0.5, "labelledScore": 0.95, "labels": { "before": ["study number"] } }""");
        Finding alone = Assert.Single(Find(rules, "as ST-004711 today"));
        Finding labelled = Assert.Single(Find(rules, "study number: ST-004711"));
        Assert.Equal(0.5, alone.Confidence.Value, 3);
        Assert.Equal(0.95, labelled.Confidence.Value, 3);
        Assert.Equal("study-id", labelled.RuleId.Value);
        Assert.Contains(labelled.Evidence, ground => ground.Rule.Value == "shape-match");
        Assert.Contains(labelled.Evidence, ground => ground.Rule.Value == "label-before");
    }

    [Theory]
    [InlineData("TK 79927398713", "check-proven", 0.7)]
    [InlineData("TK 79927398718", "check-after-ocr-repair", 0.55)]
    [InlineData("TK 79927398711", "check-after-ocr-repair", 0.55)]
    [InlineData("TK 22222222222", "check-disproved", 0.4)]
    public void A_check_moves_the_score_and_drops_nothing_by_itself(string text, string ground, double score)
    {
        Finding finding = Find(Recognizers("""{ "name": "token", "category": "hospital:token", "patterns": ["TK \\d{11}"], "check": "luhn" }"""), text).Single(each => each.RuleId.Value == "token");
        Assert.Contains(finding.Evidence, each => each.Rule.Value == ground);
        Assert.Equal(score, finding.Confidence.Value, 3);
    }

    [Fact]
    public void Where_a_check_must_pass_a_value_that_no_reading_saves_is_let_go()
    {
        string rules = Recognizers("""{ "name": "token", "category": "hospital:token", "patterns": ["TK \\d{11}"], "check": "luhn", "mustPass": true }""");
        Assert.Contains("token", Names(rules, "TK 79927398713"));
        Assert.DoesNotContain("token", Names(rules, "TK 22222222222"));
    }

    [Theory]
    [InlineData("luhn", "79927398713", "79927398710")]
    [InlineData("mod10", "4006381333931", "4006381333930")]
    [InlineData("mod11", "0306406152", "0306406153")]
    [InlineData("mod11", "097522980X", "0975229801")]
    [InlineData("mod97", "79444", "79445")]
    [InlineData("verhoeff", "2363", "2364")]
    [InlineData("iban", "GB82WEST12345698765432", "GB82WEST12345698765431")]
    public void The_named_checks_are_those_of_the_standards(string check, string right, string wrong)
    {
        Assert.Equal(MedRedact.Detection.Check.Proven, NamedChecks.All[check](right));
        Assert.NotEqual(MedRedact.Detection.Check.Proven, NamedChecks.All[check](wrong));
    }

    [Fact]
    public void A_labelled_value_of_ones_own_is_also_found_where_it_has_no_label() =>
        Assert.Equal(2, Texts(Recognizers("""{ "name": "study-id", "category": "hospital:study", "patterns": ["ST-\\d{6}"], "labels": { "before": ["study number"], "required": true } }"""), "study number: ST-004711. As said of ST-004711 before.").Count);

    [Fact]
    public void Extra_label_phrases_work_like_built_in_ones()
    {
        const string rules = """{ "name": "de", "version": "1.0", "labels": [ { "category": "mrn", "language": "de", "phrases": ["Patientennummer"] }, { "category": "date/birth", "phrases": ["geboren am"] }, { "category": "none", "phrases": ["Kostenstelle"] } ] }""";
        List<string> found = [.. Find(rules, "Patientennummer: 4471902 geboren am 03.04.1960").Select(finding => finding.Category.Name)];
        Assert.Equal(["mrn", "date/birth"], found);
    }

    [Fact]
    public void An_allowed_phrase_is_let_go_but_not_what_reaches_beyond_it()
    {
        const string rules = """{ "name": "a", "version": "1.0", "allow": [ { "name": "scale", "phrases": ["Halden"], "categories": ["name"] } ] }""";
        Assert.Single(TextDetection.Detect("Seen by Dr. Halden."));
        Assert.Empty(Find(rules, "Seen by Dr. Halden."));
        Assert.Contains("Voss", Detect.Covered("Seen by Dr. Halden Voss.", Assert.Single(Find(rules, "Seen by Dr. Halden Voss."))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_allowed_phrase_that_is_the_patients_name_is_found_all_the_same()
    {
        var rules = TextRuleSet.Compile([Parse("""{ "name": "a", "version": "1.0", "allow": [ { "name": "scale", "phrases": ["Halden"] } ] }""")]);
        var known = new KnownPatient([new KnownIdentifier(PhiCategory.PersonName, new Phi<string>("Ida Halden"))]);
        Assert.NotEmpty(TextDetection.Detect("The Halden scale was used.", known, rules));
    }

    [Fact]
    public void A_denied_phrase_is_found_whatever_its_case_and_overrides_what_is_allowed()
    {
        const string rules = """{ "name": "d", "version": "1.0", "allow": [ { "name": "ok", "phrases": ["blue heron"] } ], "deny": [ { "name": "projects", "category": "hospital:project", "phrases": ["Blue Heron", "X-17"] } ] }""";
        Assert.Equal(["projects=BLUE HERON", "projects=x 17"], Texts(rules, "as in BLUE HERON and also x 17 and not X-170.").Where(found => found.StartsWith("projects", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Alderbrook")]
    [InlineData("A1derbrook")]
    [InlineData("Alderbro0k")]
    [InlineData("Aiderbrock")]
    [InlineData("Alderbrok")]
    [InlineData("Alder Brook")]
    public void A_fuzzy_phrase_is_found_as_recognition_misreads_it(string read) =>
        Assert.Contains("wards", Names("""{ "name": "f", "version": "1.0", "fuzzy": [ { "name": "wards", "category": "hospital:ward", "phrases": ["Alderbrook"], "maxDistance": 1 } ] }""", $"moved to {read} at noon"));

    [Theory]
    [InlineData("Underbrush")]
    [InlineData("Alderman")]
    [InlineData("Brook")]
    public void Another_word_is_not_taken_for_a_fuzzy_phrase(string read) =>
        Assert.DoesNotContain("wards", Names("""{ "name": "f", "version": "1.0", "fuzzy": [ { "name": "wards", "category": "hospital:ward", "phrases": ["Alderbrook"], "maxDistance": 1 } ] }""", $"moved to {read} at noon"));

    [Fact]
    public void A_threshold_lets_go_of_what_is_less_sure()
    {
        const string text = "Call 212-555-0188 about MRN: 4471902.";
        Assert.Contains(TextDetection.Detect(text), finding => finding.Category == PhiCategory.Phone);
        Assert.DoesNotContain(Find("""{ "name": "t", "version": "1.0", "thresholds": { "phone": 1 } }""", text), finding => finding.Category == PhiCategory.Phone);
        Assert.Contains(Find("""{ "name": "t", "version": "1.0", "thresholds": { "phone": 1 } }""", text), finding => finding.Category == PhiCategory.Mrn);
    }

    [Theory]
    [InlineData("""{ "name": "a", "version": "1.0", }""", "MR-DET-101", 1, 34)]
    [InlineData("""{ "name": "a", "version": "1.0" } x""", "MR-DET-101", 1, 35)]
    [InlineData("{ \"name\": \"a\",\n  \"version\": \"1.0\",\n  \"recogniser\": [] }", "MR-DET-102", 3, 3)]
    [InlineData("""{ "name": "a", "version": "1.0", "recognizers": [ { "name": "r", "category": "mrnn", "patterns": ["AB"] } ] }""", "MR-DET-103", 1, 78)]
    [InlineData("""{ "name": "a", "version": "1.0", "labels": [ { "category": "hospital:x", "phrases": ["y"] } ] }""", "MR-DET-103", 1, 60)]
    [InlineData("""{ "name": "a", "name": "a", "version": "1.0" }""", "MR-DET-104", 1, 16)]
    [InlineData("""{ "name": "Not An Id", "version": "1.0" }""", "MR-DET-104", 1, 11)]
    [InlineData("""{ "name": "a", "version": "1.0", "thresholds": { "mrn": 1.5 } }""", "MR-DET-104", 1, 57)]
    [InlineData("""{ "name": "a" }""", "MR-DET-105", 1, 1)]
    [InlineData("""{ "name": "a", "version": "1.0", "recognizers": [ { "name": "r", "category": "mrn" } ] }""", "MR-DET-105", 1, 51)]
    [InlineData("""{ "name": "a", "version": "1.0", "deny": [ { "name": "r", "category": "mrn", "phrases": ["x"] }, { "name": "r", "category": "mrn", "phrases": ["y"] } ] }""", "MR-DET-106", 1, 108)]
    [InlineData("""{ "name": "a", "version": "1.0", "deny": [ { "name": "phone-shape", "category": "mrn", "phrases": ["x"] } ] }""", "MR-DET-106", 1, 54)]
    [InlineData("""{ "name": "a", "version": "1.0", "recognizers": [ { "name": "r", "category": "mrn", "patterns": ["(a+)+"] } ] }""", "MR-DET-107", 1, 98)]
    [InlineData("""{ "name": "a", "version": "1.0", "recognizers": [ { "name": "r", "category": "mrn", "patterns": ["AB"], "check": "modulo" } ] }""", "MR-DET-108", 1, 114)]
    [InlineData("""{ "name": "a", "version": "1.0", "deny": [ { "name": "r", "category": "mrn", "phrases": ["--"] } ] }""", "MR-DET-110", 1, 90)]
    [InlineData("""{ "name": "a", "version": "1.0", "fuzzy": [ { "name": "r", "category": "mrn", "phrases": ["abc"] } ] }""", "MR-DET-110", 1, 91)]
    public void A_file_that_is_not_as_it_should_be_is_refused_at_its_place(string file, string code, int line, int column)
    {
        var fault = Assert.Throws<DetectionFileException>(() => Parse(file));
        Assert.Equal((code, line, column), (fault.Code.Value, fault.Line, fault.Column));
    }

    [Fact]
    public void Too_many_patterns_are_refused()
    {
        string patterns = string.Join(',', Enumerable.Repeat("\"AB\"", 17));
        Assert.Equal("MR-DET-109", Assert.Throws<DetectionFileException>(() => Parse(Recognizers($$"""{ "name": "r", "category": "mrn", "patterns": [{{patterns}}] }"""))).Code.Value);
    }

    [Fact]
    public void Two_files_with_one_name_in_them_are_refused_together()
    {
        DetectionRules one = Parse(Recognizers(Study));
        Assert.Equal("MR-DET-106", Assert.Throws<DetectionFileException>(() => new TextRules([one, one])).Code.Value);
    }

    [Fact]
    public void A_fault_repeats_nothing_of_the_file()
    {
        string canary = "Zembrzuska";
        var fault = Assert.Throws<DetectionFileException>(() => Parse($$"""{ "name": "a", "version": "1.0", "{{canary}}": 1 }"""));
        Assert.DoesNotContain(canary, fault.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_detector_says_by_its_version_and_categories_what_rules_it_works_by()
    {
        var plain = new TextRules();
        var own = new TextRules([Parse(Recognizers(Study))]);
        Assert.NotEqual(plain.Info.Version, own.Info.Version);
        Assert.Equal(own.Info.Version, new TextRules([Parse(Recognizers(Study))]).Info.Version);
        Assert.Contains(own.Info.Categories, category => category.ToString() == "hospital:study");
    }

    [Fact]
    public void The_grounds_of_a_finding_add_up_to_its_confidence()
    {
        const string text = "MRN: 4471902, DOB: 03/14/1960. Call (212) 555-0188. Seen by Mr. Zembrzuska at Elm Street Clinic, Dayton, OH 45402. SSN 526-01-8159, as ST-004711 today, age 93.";
        RuleSet rules = RuleSet.Of([Parse(Recognizers(Study))])!;
        var found = ImmutableArray.CreateBuilder<Finding>();
        RecognizerRunner.Run(text, null, TextLayer.Recognized, TextDetection.Detector, RecognizerRunner.With(RecognizerRunner.All, rules), rules, found);
        Assert.True(found.Count >= 7);
        Assert.All(found, finding => Assert.Equal(finding.Confidence.Value, finding.Evidence.Sum(ground => ground.Contribution), 0.005));
    }

    [Fact]
    public void Registered_files_reach_every_detector_that_a_pipeline_makes()
    {
        var services = new ServiceCollection();
        services.AddMedRedact().AddDetectionRules(Parse(Recognizers(Study)));
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Contains(ActivatorUtilities.CreateInstance<TextRules>(provider).Info.Categories, category => category.ToString() == "hospital:study");
        Assert.Contains(ActivatorUtilities.CreateInstance<IdentifierRules>(provider).Info.Categories, category => category.ToString() == "hospital:study");
        Assert.Empty(ActivatorUtilities.CreateInstance<FormTemplates>(provider).Info.Categories);
    }

    /// <summary>Rules that look for nearly everything, and texts that nearly match.</summary>
    [Theory]
    [InlineData("9")]
    [InlineData("9-")]
    [InlineData("A9 ")]
    [InlineData("label: ")]
    [InlineData("Blue Heron ")]
    [InlineData("Alderbrok ")]
    public void Long_runs_are_read_through_whatever_the_rules(string piece)
    {
        var rules = TextRuleSet.Compile([Parse("""
            { "name": "all", "version": "1.0",
              "recognizers": [ { "name": "any", "category": "unique", "patterns": ["(\\w{1,8}-?){1,7}\\d", "[0-9-]{2,64}"], "misread": true, "check": "verhoeff", "labels": { "before": ["label"], "after": ["label"] } },
                               { "name": "code", "category": "unique", "labels": { "before": ["label", "blue"] } } ],
              "allow": [ { "name": "ok", "phrases": ["blue heron blue heron blue heron blue"] } ],
              "deny": [ { "name": "no", "category": "unique", "phrases": ["heron blue heron blue heron blue heron blue"] } ],
              "fuzzy": [ { "name": "near", "category": "unique", "phrases": ["Alderbrook", "Alder Brook Elm House"], "maxDistance": 2 } ] }
            """)]);
        var text = new StringBuilder();
        while (text.Length < 100_000)
            text.Append(piece);
        ImmutableArray<Finding> found = TextDetection.Detect(text.ToString(), null, rules);
        Assert.All(found, finding => Assert.True(((Location.Text)finding.Location).Span.End <= text.Length));
    }

    [Fact]
    public void Any_bytes_are_a_file_of_rules_or_refused_with_a_code() =>
        Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 8].Sample(static edits =>
        {
            byte[] file = Encoding.UTF8.GetBytes(Recognizers(Study));
            foreach ((int at, byte value) in edits)
                file[at % file.Length] = value;
            try
            {
                Assert.NotEmpty(DetectionRules.Parse(file).Name);
            }
            catch (DetectionFileException fault)
            {
                Assert.StartsWith("MR-DET-1", fault.Code.Value, StringComparison.Ordinal);
            }
        }, iter: 1500, seed: "0000000000008");

    private static string Recognizers(string recognizers) => $$"""{ "name": "own", "version": "1.0", "recognizers": [ {{recognizers}} ] }""";

    private static DetectionRules Parse(string json) => DetectionRules.Parse(Encoding.UTF8.GetBytes(json));

    private static ImmutableArray<Finding> Find(string json, string text) => TextDetection.Detect(text, null, TextRuleSet.Compile([Parse(json)]));

    private static List<string> Names(string json, string text) => [.. Find(json, text).SelectMany(finding => finding.Evidence.Select(ground => ground.Rule.Value).Append(finding.RuleId.Value))];

    private static List<string> Texts(string json, string text) => [.. Find(json, text).Select(finding => $"{finding.RuleId.Value}={Detect.Covered(text, finding)}")];
}

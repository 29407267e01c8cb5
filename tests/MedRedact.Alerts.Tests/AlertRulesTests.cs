using System.Text;

namespace MedRedact.Alerts.Tests;

public sealed class AlertRulesTests
{
    private const string Sound = """{ "format": "medredact.alert-rules", "version": 1, "rules": [ { "id": "a", "severity": "high", "count": 1 } ] }""";

    [Fact]
    public void The_rules_that_come_along_can_be_read() =>
        Assert.Equal(
            ["bulk-access", "bulk-disclosure", "unusual-hours", "detokenization-rate", "denied-burst", "denied-document", "glass-broken", "glass-broken-burst", "unwrap-failures",
                "ledger-damaged", "ledger-silent", "clock-set-back", "policy-change"],
            AlertRules.Default.Rules.Select(rule => rule.Id.Value));

    [Fact]
    public void A_rule_says_all_that_the_format_knows()
    {
        AlertRule rule = Assert.Single(Read("""
            { "id": "night", "severity": "critical", "kinds": ["access.granted"], "actions": ["read-original"], "purposes": ["HRESCH"], "decision": "permitted",
              "outside": { "days": ["mon", "sat"], "from": "22:00", "to": "06:30", "offset": "-05:00" }, "by": "document", "count": 3, "within": "P1DT1S", "countDocuments": true,
              "quiet": "PT0S", "respond": ["suspend-actor", "note"] }
            """).Rules);
        Assert.Equal((AlertSeverity.Critical, AlertSubject.Document, 3, true), (rule.Severity, rule.By, rule.Count, rule.CountsDocuments));
        Assert.Equal((TimeSpan.FromSeconds(86_401), TimeSpan.Zero), (rule.Within, rule.Quiet));
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Saturday], rule.Outside!.Days);
        Assert.Equal((1320, 390, -300), (rule.Outside.From, rule.Outside.To, rule.Outside.Offset));
        Assert.Equal(["suspend-actor", "note"], rule.Responses.Select(each => each.Value));
        Assert.Equal((AccessAction.ReadOriginal, PurposeOfUse.Research, AuditDecision.Permitted), (rule.Actions[0], rule.Purposes[0], rule.Decision));
    }

    [Theory]
    [InlineData("", "MR-ALR-001")]
    [InlineData("{", "MR-ALR-001")]
    [InlineData("null", "MR-ALR-001")]
    [InlineData("""{ "format": "medredact.alert-rules", "version": 2, "rules": [ { "id": "a", "severity": "high", "count": 1 } ] }""", "MR-ALR-002")]
    [InlineData("""{ "format": "medredact.alert-rules", "version": 1, "rules": [] }""", "MR-ALR-002")]
    [InlineData("""{ "format": "medredact.alert-rules", "version": 1, "rules": [ null ] }""", "MR-ALR-002")]
    [InlineData("""{ "format": "medredact.alert-rules", "version": 1, "rules": [ { "id": "a", "severity": "high", "count": 1 } ], "Ann Example": 1 }""", "MR-ALR-002")]
    public void A_file_that_is_none_is_refused(string file, string code) => AssertRefused(code, file);

    [Theory]
    [InlineData(""" "id": "Ann Example", "severity": "high", "count": 1 """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "dire", "count": 1 """, "MR-ALR-002")]
    [InlineData(""" "severity": "high", "count": 1 """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "conut": 2 """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "count": 2 """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 0 """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 10001, "within": "PT1S" """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 2, "within": "P1M" """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 2, "within": "P32D" """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 2, "within": "ten minutes" """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "kinds": ["alert.raised"] """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "kinds": [] """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "kinds": ["a", "a"] """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "actions": ["print"] """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "purposes": ["treat"] """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "decision": "maybe" """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "by": "tenant" """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "outside": { "from": "08:00", "to": "08:00", "offset": "Z" } """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "outside": { "from": "08:00", "to": "25:00", "offset": "Z" } """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "outside": { "from": "08:00", "to": "18:00", "offset": "+15:00" } """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "outside": { "days": ["Monday"], "from": "08:00", "to": "18:00", "offset": "Z" } """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high", "silentFor": "PT1S" """, "MR-ALR-002")]
    [InlineData(""" "id": "a", "severity": "high" """, "MR-ALR-003")]
    [InlineData(""" "id": "a", "severity": "high", "count": 2 """, "MR-ALR-003")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "within": "PT1S" """, "MR-ALR-003")]
    [InlineData(""" "id": "a", "severity": "high", "count": 1, "clockBack": "PT1S" """, "MR-ALR-003")]
    [InlineData(""" "id": "a", "severity": "high", "silentFor": "PT1H", "by": "actor" """, "MR-ALR-003")]
    [InlineData(""" "id": "a", "severity": "high", "clockBack": "PT1H", "respond": ["suspend-actor"] """, "MR-ALR-003")]
    public void A_rule_that_is_none_is_refused(string rule, string code) => AssertRefused(code, Around($"{{ {rule} }}"));

    [Fact]
    public void Two_rules_of_one_name_are_refused() =>
        AssertRefused("MR-ALR-003", Around("""{ "id": "a", "severity": "high", "count": 1 }, { "id": "a", "severity": "medium", "count": 1 }"""));

    [Fact]
    public void A_file_that_is_too_large_is_refused() => AssertRefused("MR-ALR-001", Sound + new string(' ', AlertRules.MaxBytes));

    [Fact]
    public void Whatever_bytes_a_file_holds_it_is_read_or_refused_by_a_code()
    {
        var random = new Random(20260303);
        byte[] sound = Encoding.UTF8.GetBytes(Sound);
        for (int round = 0; round < 3_000; round++)
        {
            byte[] bytes = [.. sound];
            for (int i = random.Next(1, 4); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (Record.Exception(() => AlertRules.Read(bytes)) is { } refused)
                Assert.StartsWith("MR-ALR-00", Assert.IsType<MedRedactException>(refused).Code.Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_example_of_the_format_page_is_sound()
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "alert-rules.md"));
        string example = page.Split("```json")[1].Split("```")[0];
        Assert.NotEmpty(AlertRules.Read(Encoding.UTF8.GetBytes(example)).Rules);
    }

    private static AlertRules Read(string rules) => AlertRules.Read(Encoding.UTF8.GetBytes(Around(rules)));

    private static string Around(string rules) => $$"""{ "format": "medredact.alert-rules", "version": 1, "rules": [ {{rules}} ] }""";

    private static void AssertRefused(string code, string file)
    {
        MedRedactException refused = Assert.Throws<MedRedactException>(() => AlertRules.Read(Encoding.UTF8.GetBytes(file)));
        Assert.Equal(code, refused.Code.Value);
        Assert.DoesNotContain("Ann", refused.ToString(), StringComparison.Ordinal);
    }
}

using System.Text;

namespace MedRedact.Storage.Tests;

public sealed class RetentionPolicyTests
{
    [Fact]
    public void The_rule_of_a_type_comes_before_the_rule_of_a_zone_and_what_no_rule_names_is_kept()
    {
        RetentionPolicy policy = Parse("""
            {
              "name": "county", "version": "1.2", "description": "ours",   // comments are allowed
              "rules": [
                { "zone": "quarantine", "keep": "48h", "until": "quality-assured", "note": "for the coders" },
                { "zone": "quarantine", "documentTypes": ["consent", "claim-form"], "keep": "30d" },
                { "zone": "proofs", "keep": "7y" }
              ]
            }
            """);
        Assert.Equal((KeepPeriod.OfHours(48), true), Of(policy, StorageZone.Quarantine));
        Assert.Equal((KeepPeriod.OfHours(48), true), Of(policy, StorageZone.Quarantine, "referral"));
        Assert.Equal((KeepPeriod.OfDays(30), false), Of(policy, StorageZone.Quarantine, "consent"));
        Assert.Equal((KeepPeriod.OfYears(7), false), Of(policy, StorageZone.Proofs, "consent"));
        Assert.Null(policy.RuleFor(StorageZone.Redacted, null));
        Assert.Null(policy.RuleFor(StorageZone.Tokens, null));
        Assert.Equal(KeepPeriod.OfHours(72), RetentionPolicy.Default.RuleFor(StorageZone.Quarantine, null)!.Keep);
        Assert.Single(RetentionPolicy.Default.Rules);
    }

    [Theory]
    [InlineData("{", "MR-RET-001", 1, 2)]
    [InlineData("{} x", "MR-RET-005", 1, 1)]
    [InlineData("{ \"name\": \"a\", \"version\": \"1.0\", \"rules\": [] } x", "MR-RET-001", 1, 48)]
    [InlineData("{\n  \"nam\": \"a\" }", "MR-RET-002", 2, 3)]
    [InlineData("{ \"name\": \"A\" }", "MR-RET-004", 1, 11)]
    [InlineData("{ \"name\": \"a\",\n \"name\": \"b\" }", "MR-RET-004", 2, 2)]
    [InlineData("{ \"version\": \"one\" }", "MR-RET-004", 1, 14)]
    [InlineData("{ \"rules\": [\n{ \"zone\": \"vault\" } ] }", "MR-RET-003", 2, 11)]
    [InlineData("{ \"rules\": [\n{ \"zone\": \"ledger\" } ] }", "MR-RET-003", 2, 11)]
    [InlineData("{ \"rules\": [\n{ \"zones\": [] } ] }", "MR-RET-002", 2, 3)]
    [InlineData("{ \"rules\": [\n{ \"keep\": \"72\" } ] }", "MR-RET-004", 2, 11)]
    [InlineData("{ \"rules\": [\n{ \"keep\": \"0h\" } ] }", "MR-RET-004", 2, 11)]
    [InlineData("{ \"rules\": [\n{ \"keep\": \"-1h\" } ] }", "MR-RET-004", 2, 11)]
    [InlineData("{ \"rules\": [\n{ \"keep\": \"201y\" } ] }", "MR-RET-004", 2, 11)]
    [InlineData("{ \"rules\": [\n{ \"keep\": 72 } ] }", "MR-RET-004", 2, 11)]
    [InlineData("{ \"rules\": [\n{ \"until\": \"later\" } ] }", "MR-RET-004", 2, 12)]
    [InlineData("{ \"rules\": [\n{ \"documentTypes\": [] } ] }", "MR-RET-004", 2, 21)]
    [InlineData("{ \"rules\": [\n { \"zone\": \"proofs\" } ] }", "MR-RET-005", 2, 2)]
    [InlineData("{ \"name\": \"a\", \"version\": \"1.0\", \"rules\": [\n { \"zone\": \"proofs\", \"keep\": \"5y\" } ] }", "MR-RET-007", 2, 2)]
    [InlineData("{ \"name\": \"a\", \"version\": \"1.0\", \"rules\": [\n { \"zone\": \"proofs\", \"documentTypes\": [\"claim\"], \"keep\": \"2190d\" } ] }", "MR-RET-007", 2, 2)]
    [InlineData("{ \"name\": \"a\", \"version\": \"1.0\", \"rules\": [ { \"zone\": \"redacted\", \"keep\": \"5y\" },\n { \"zone\": \"redacted\", \"keep\": \"6y\" } ] }", "MR-RET-006", 2, 2)]
    public void What_a_policy_may_not_say_is_refused_at_its_place(string text, string code, int line, int column)
    {
        var refused = Assert.Throws<RetentionPolicyException>(() => Parse(text));
        Assert.Equal((code, line, column), (refused.Code.Value, refused.Line, refused.Column));
        Assert.StartsWith($"{code}: line {line}, column {column}: ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("72h", "2024-02-29T12:00:00Z", "2024-03-03T12:00:00Z")]
    [InlineData("30d", "2024-02-29T12:00:00Z", "2024-03-30T12:00:00Z")]
    [InlineData("6y", "2024-02-29T12:00:00Z", "2030-02-28T12:00:00Z")]
    [InlineData("forever", "2024-02-29T12:00:00Z", null)]
    [InlineData("200y", "9999-01-01T00:00:00Z", null)]
    public void A_period_ends_by_the_calendar(string period, string start, string? end)
    {
        Assert.True(KeepPeriod.TryParse(period, out KeepPeriod keep));
        DateTimeOffset from = DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(end is null ? null : DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture), keep.EndOf(from));
    }

    private static (KeepPeriod, bool)? Of(RetentionPolicy policy, StorageZone zone, string? type = null) =>
        policy.RuleFor(zone, type is null ? null : new DocumentType(type)) is { } rule ? (rule.Keep, rule.UntilQualityAssured) : null;

    private static RetentionPolicy Parse(string text) => RetentionPolicy.Parse(Encoding.UTF8.GetBytes(text));
}

using System.Collections.Immutable;
using System.Text;
using MedRedact.Access;

namespace MedRedact.Core.Tests.Access;

public sealed class AccessPolicyCaseTests
{
    private const string Request = """ "request": { "actor": "nurse-7", "tenant": "county", "action": "read-redacted", "purpose": "TREAT", "roles": ["clinician"] } """;

    private const string Read = """{ "id": "read", "effect": "permit", "actions": ["read-redacted"], "roles": ["clinician"] }""";

    [Theory]
    [InlineData(""" "expect": "permit" """, true)]
    [InlineData(""" "expect": "permit", "rules": ["read"] """, true)]
    [InlineData(""" "expect": "permit", "rules": ["other"] """, false)]
    [InlineData(""" "expect": "deny" """, false)]
    [InlineData(""" "expect": "deny", "reason": "MR-ACC-001" """, false)]
    public void A_case_holds_where_verdict_and_rules_are_as_claimed(string expected, bool holds)
    {
        ImmutableArray<AccessPolicyCase> cases = AccessPolicyCases.Parse(Encoding.UTF8.GetBytes($$"""{ "cases": [{ "name": "a nurse reads", {{Request}}, {{expected}} }] }"""));
        Assert.Equal(holds, cases[0].Holds(Policy(1, Read), out _));
    }

    [Theory]
    [InlineData("""{ "cases": [] }""", "MR-ACC-103")]
    [InlineData("""{ "cases": [{ "name": "a", "request": {}, "expect": "deny" }] }""", "MR-ACC-104")]
    [InlineData("""{ "cases": [{ "name": "a", "expect": "deny" }] }""", "MR-ACC-104")]
    [InlineData("""{ "cases": [{ "name": "a", "request": { "age": 3 }, "expect": "deny" }] }""", "MR-ACC-102")]
    [InlineData("""{ "cases": [{ "name": "a", "at": "2026-01-05", "expect": "deny" }] }""", "MR-ACC-104")]
    public void Refuses_what_is_no_case(string file, string code) =>
        Assert.Equal(code, Assert.Throws<AccessPolicyException>(() => AccessPolicyCases.Parse(Encoding.UTF8.GetBytes(file))).Code.Value);

    [Fact]
    public void None_is_a_list_that_is_known_to_be_empty()
    {
        const string File = """
            { "cases": [
              { "name": "none", "request": { "actor": "a", "tenant": "t", "action": "erase", "purpose": "TREAT", "dataClasses": "none" }, "expect": "deny" },
              { "name": "unknown", "request": { "actor": "a", "tenant": "t", "action": "erase", "purpose": "TREAT" }, "expect": "deny" } ] }
            """;
        ImmutableArray<AccessPolicyCase> cases = AccessPolicyCases.Parse(Encoding.UTF8.GetBytes(File));
        Assert.Equal([0, null], cases.Select(each => each.Request.Attributes.DataClasses?.Length));
    }

    [Fact]
    public void A_difference_names_rules_and_the_requests_that_they_move()
    {
        AccessPolicy before = Policy(1, Read, """{ "id": "code", "effect": "permit", "actions": ["read-redacted"], "roles": ["coder"], "tenants": ["county"] }""");
        AccessPolicy after = Policy(
            2, Read, """{ "id": "code", "effect": "permit", "actions": ["read-redacted"], "roles": ["coder"] }""", """{ "id": "stop", "effect": "forbid", "roles": ["clinician"], "purposes": ["HRESCH"] }""");
        var difference = AccessPolicyDiff.Compare(before, after, []);

        Assert.Equal([(new RuleId("code"), RuleChange.Changed), (new RuleId("stop"), RuleChange.Added)], difference.Rules);
        Assert.False(difference.PrincipalsChanged);
        Assert.Contains(difference.Shifts, shift => shift.After.IsPermitted && shift.Request.Tenant != new TenantId("county") && shift.Request.Attributes.Roles.Contains(AccessRole.Coder));
        Assert.Contains(difference.Shifts, shift => !shift.After.IsPermitted && shift.Request.Purpose == PurposeOfUse.Research && shift.After.Rules.SequenceEqual([new RuleId("stop")]));
        Assert.DoesNotContain(difference.Shifts, shift => shift.Before.IsPermitted == shift.After.IsPermitted);
    }

    [Fact]
    public void The_order_of_rules_and_values_is_no_difference()
    {
        AccessPolicy before = Policy(1, Read, """{ "id": "x", "effect": "forbid", "tenants": ["a", "b"] }"""), after = Policy(1, """{ "id": "x", "effect": "forbid", "tenants": ["b", "a"] }""", Read);
        var difference = AccessPolicyDiff.Compare(before, after, []);
        Assert.Empty(difference.Rules);
        Assert.Empty(difference.Shifts);
        Assert.True(difference.Tried > 0);
    }

    [Fact]
    public void Who_gets_a_role_is_a_difference()
    {
        const string Assigned = """{ "name": "made", "version": 2, "assignments": [{ "actor": "dee-4", "roles": ["clinician"] }], "rules": [""";
        var difference = AccessPolicyDiff.Compare(Policy(1, Read), AccessPolicy.Parse(Encoding.UTF8.GetBytes($"{Assigned}{Read}] }}")), []);
        Assert.True(difference.PrincipalsChanged);
        Assert.Empty(difference.Rules);
        Assert.Contains(difference.Shifts, shift => shift.After.IsPermitted && shift.Request.Actor == new ActorId("dee-4"));
    }

    private static AccessPolicy Policy(int version, params string[] rules) =>
        AccessPolicy.Parse(Encoding.UTF8.GetBytes($$"""{ "name": "made", "version": {{version}}, "rules": [{{string.Join(',', rules)}}] }"""));
}

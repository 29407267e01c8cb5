using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MedRedact.Access;

namespace MedRedact.Core.Tests.Access;

/// <summary>What holds for every policy and every request.</summary>
public sealed class AccessPolicyLawTests
{
    private const int RequestsPerPolicy = 50;

    private static readonly bool s_isSoak = Environment.GetEnvironmentVariable("MEDREDACT_SOAK") == "1";

    private static readonly Gen<int> s_seeds = Gen.Int[0, int.MaxValue];

    /// <summary>5,000 pairs, a million with <c>MEDREDACT_SOAK=1</c>.</summary>
    [Fact]
    public void Two_evaluators_of_one_page_agree_in_verdict_reason_and_rules() => s_seeds.Sample(
        seed =>
        {
            var made = new MadeAccess(seed);
            JsonObject json = made.Policy();
            var policy = AccessPolicy.Parse(MadeAccess.Bytes(json));
            using var page = JsonDocument.Parse(json.ToJsonString());
            for (int i = 0; i < RequestsPerPolicy; i++)
            {
                (AccessRequest request, DateTimeOffset at) = (made.Request(), made.Moment());
                Assert.Equal(NaiveAccessPolicy.Decide(page.RootElement, request, at), Said(policy.Evaluate(request, at)));
            }
        },
        iter: s_isSoak ? 20_000 : 100);

    [Fact]
    public void The_made_up_world_reaches_every_answer()
    {
        var seen = new HashSet<string>();
        for (int seed = 0; seed < 200; seed++)
        {
            var made = new MadeAccess(seed);
            var policy = AccessPolicy.Parse(MadeAccess.Bytes(made.Policy()));
            for (int i = 0; i < RequestsPerPolicy; i++)
                seen.Add(Said(policy.Evaluate(made.Request(), made.Moment())).Split(' ')[0]);
        }

        Assert.Equal(["MR-ACC-001", "MR-ACC-002", "MR-ACC-003", "MR-ACC-004", "MR-ACC-005", "MR-ACC-006", "MR-ACC-008", "permit"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_prohibition_that_is_added_never_permits_more() => s_seeds.Sample(
        seed =>
        {
            (AccessPolicy before, AccessPolicy after, MadeAccess made) = WithOneMore(seed, "forbid");
            for (int i = 0; i < RequestsPerPolicy; i++)
            {
                (AccessRequest request, DateTimeOffset at) = (made.Request(), made.Moment());
                Assert.True(before.Evaluate(request, at).IsPermitted || !after.Evaluate(request, at).IsPermitted);
            }
        },
        iter: 100);

    [Fact]
    public void A_permission_that_is_added_never_denies_more() => s_seeds.Sample(
        seed =>
        {
            (AccessPolicy before, AccessPolicy after, MadeAccess made) = WithOneMore(seed, "permit");
            for (int i = 0; i < RequestsPerPolicy; i++)
            {
                (AccessRequest request, DateTimeOffset at) = (made.Request(), made.Moment());
                Assert.True(!before.Evaluate(request, at).IsPermitted || after.Evaluate(request, at).IsPermitted);
            }
        },
        iter: 100);

    [Fact]
    public void The_order_of_rules_decides_nothing() => s_seeds.Sample(
        seed =>
        {
            var made = new MadeAccess(seed);
            JsonObject json = made.Policy();
            var policy = AccessPolicy.Parse(MadeAccess.Bytes(json));
            if (json["rules"] is JsonArray rules)
            {
                JsonNode[] shuffled = [.. rules.Select(rule => rule!.DeepClone())];
                made.Shuffle(shuffled);
                json["rules"] = new JsonArray(shuffled);
            }

            var other = AccessPolicy.Parse(MadeAccess.Bytes(json));
            for (int i = 0; i < RequestsPerPolicy; i++)
            {
                (AccessRequest request, DateTimeOffset at) = (made.Request(), made.Moment());
                Assert.Equal(Said(policy.Evaluate(request, at)), Said(other.Evaluate(request, at)));
            }
        },
        iter: 100);

    [Fact]
    public void To_know_less_never_permits_more() => s_seeds.Sample(
        seed =>
        {
            var made = new MadeAccess(seed);
            var policy = AccessPolicy.Parse(MadeAccess.Bytes(made.Policy()));
            for (int i = 0; i < RequestsPerPolicy; i++)
            {
                (AccessRequest request, DateTimeOffset at) = (made.Request(), made.Moment());
                AccessRequest unknown = request with { Attributes = AccessAttributes.None with { Roles = request.Attributes.Roles } };
                AccessVerdict full = policy.Evaluate(request, at);
                Assert.True(full.IsPermitted || full.Reason == AccessFaults.Malformed || !policy.Evaluate(unknown, at).IsPermitted);
            }
        },
        iter: 100);

    [Fact]
    public void A_policy_without_rules_denies_all() => s_seeds.Sample(
        seed =>
        {
            var made = new MadeAccess(seed);
            Assert.False(AccessPolicy.Parse("""{ "name": "shut", "version": 1 }"""u8).Evaluate(made.Request(), made.Moment()).IsPermitted);
        },
        iter: 1_000);

    private static (AccessPolicy Before, AccessPolicy After, MadeAccess Made) WithOneMore(int seed, string effect)
    {
        var made = new MadeAccess(seed);
        JsonObject json = made.Policy();
        var before = AccessPolicy.Parse(MadeAccess.Bytes(json));
        JsonArray rules = json["rules"] as JsonArray ?? [];
        rules.Add(made.Rule(1_000, effect));
        json["rules"] = rules;
        return (before, AccessPolicy.Parse(MadeAccess.Bytes(json)), made);
    }

    private static string Said(AccessVerdict verdict) => string.Join(' ', [verdict.Reason?.Code ?? "permit", .. verdict.Rules.Select(rule => rule.Value)]);
}

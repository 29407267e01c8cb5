using System.Diagnostics;
using System.Globalization;
using System.Text;
using MedRedact.Access;

namespace MedRedact.Benchmarks;

/// <summary>What one access decision takes under 1,000 rules, beside a scan of all rules, in the same run and in turns. Single calls are timed, for the tail is what counts.</summary>
internal static class AccessDecisions
{
    private const int Rounds = 40, Requests = 2_000;

    private static readonly AccessAction[] s_actions = Enum.GetValues<AccessAction>();
    private static readonly string[] s_purposes = ["TREAT", "ETREAT", "HPAYMT", "HOPERAT", "HRESCH", "PUBHLTH"];
    private static readonly string[] s_roles = ["clinician", "coder", "auditor", "reviewer", "researcher", "service"];
    private static readonly string[] s_names = ["read-redacted", "review", "reveal-token", "read-original", "erase"];

    /// <summary>Prints a line for a policy of a house with 20 tenants, and one for a policy whose every rule must be looked at for every request.</summary>
    public static Task<int> RunAsync(string[] args)
    {
        int rules = args is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 1_000;
        Measure("20 tenants", Policy(rules, House));
        Measure("every rule is met", Policy(rules, Worst));
        return Task.FromResult(0);
    }

    private static void Measure(string name, AccessPolicy policy)
    {
        var random = new Random(20261128);
        AccessRequest[] requests = [.. Enumerable.Range(0, Requests).Select(_ => Request(random))];
        DateTimeOffset now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        int differ = requests.Count(request => policy.Evaluate(request, now).IsPermitted != Scan(policy, request, now));
        long[] indexed = new long[Rounds * Requests], scanned = new long[Rounds * Requests];
        for (int round = -2; round < Rounds; round++)
        {
            Time(indexed, round, requests, request => policy.Evaluate(request, now).IsPermitted);
            Time(scanned, round, requests, request => Scan(policy, request, now));
        }

        Array.Sort(indexed);
        Array.Sort(scanned);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-18} {policy.Rules.Length} rules, {indexed.Length} decisions: p50 {At(indexed, 0.5):F2} µs, p99 {At(indexed, 0.99):F2} µs, p99.9 {At(indexed, 0.999):F2} µs; scan p50 {At(scanned, 0.5):F2} µs, p99 {At(scanned, 0.99):F2} µs; p99 ratio {At(scanned, 0.99) / At(indexed, 0.99):F1}; {differ} differ"));
    }

    private static void Time(long[] ticks, int round, AccessRequest[] requests, Func<AccessRequest, bool> decide)
    {
        for (int i = 0; i < requests.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            decide(requests[i]);
            long took = Stopwatch.GetTimestamp() - start;
            if (round >= 0)
                ticks[(round * Requests) + i] = took;
        }
    }

    private static double At(long[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))] * 1e6 / Stopwatch.Frequency;

    /// <summary>The same decision without columns: each rule asked for each condition. Nobody is assigned a role here.</summary>
    private static bool Scan(AccessPolicy policy, AccessRequest request, DateTimeOffset now)
    {
        bool permitted = false, forbidden = false;
        foreach (AccessPolicyRule rule in policy.Rules)
        {
            if ((!rule.Actions.IsEmpty && !rule.Actions.Contains(request.Action)) || (!rule.Actors.IsEmpty && !rule.Actors.Contains(request.Actor))
                || (!rule.Tenants.IsEmpty && !rule.Tenants.Contains(request.Tenant)) || (!rule.Purposes.IsEmpty && !rule.Purposes.Contains(request.Purpose))
                || (!rule.Roles.IsEmpty && !request.Attributes.Roles.Any(rule.Roles.Contains)))
            {
                continue;
            }

            RuleMatch match = RuleRemainder.Match(rule, request, now);
            permitted |= rule.Effect == RuleEffect.Permit && match == RuleMatch.Yes;
            forbidden |= rule.Effect == RuleEffect.Forbid && match != RuleMatch.No;
        }

        return permitted && !forbidden;
    }

    private static AccessPolicy Policy(int rules, Func<Random, int, string> rule)
    {
        var random = new Random(7);
        string file = $$"""{ "name": "bench", "version": 1, "rules": [{{string.Join(",\n", Enumerable.Range(0, rules).Select(i => rule(random, i)))}}] }""";
        return AccessPolicy.Parse(Encoding.UTF8.GetBytes(file));
    }

    private static string House(Random random, int i)
    {
        string effect = i % 5 == 0 ? "forbid" : "permit";
        return string.Create(CultureInfo.InvariantCulture,
            $$"""{ "id": "r{{i}}", "effect": "{{effect}}", "actions": ["{{s_names[random.Next(5)]}}"], "roles": ["{{s_roles[random.Next(6)]}}"], "tenants": ["t{{random.Next(20)}}"], "purposes": ["{{s_purposes[random.Next(6)]}}"]{{(i % 3 == 0 ? ", \"treatment\": true, \"time\": { \"days\": [\"mon\", \"tue\"], \"from\": \"07:00\", \"to\": \"19:00\" }" : "")}} }""");
    }

    /// <summary>No condition that a column answers, and a remainder that takes its time before it fails.</summary>
    private static string Worst(Random random, int i) => string.Create(CultureInfo.InvariantCulture,
        $$"""{ "id": "r{{i}}", "effect": "forbid", "time": { "days": ["mon"], "from": "07:00", "to": "19:00" }, "dataClasses": ["c{{i}}", "d{{random.Next(9)}}"], "consent": false }""");

    private static AccessRequest Request(Random random) => new(
        new ActorId($"a{random.Next(100)}"), new PurposeOfUse(s_purposes[random.Next(6)]), s_actions[random.Next(5)], new TenantId($"t{random.Next(20)}"), null)
    {
        Attributes = new AccessAttributes
        {
            Roles = [new AccessRole(s_roles[random.Next(6)]), new AccessRole(s_roles[random.Next(6)])],
            DataClasses = [new DataClass("part2")],
            Consent = true,
            TreatmentRelationship = random.Next(2) == 0,
        },
    };
}

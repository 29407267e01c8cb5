using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MedRedact.Core.Tests.Access;

/// <summary>Made-up policies and requests over a small world, so that rules and requests meet often. A seed makes the same ones again.</summary>
internal sealed class MadeAccess(int seed)
{
    private static readonly string[] s_actors = ["ann-1", "bob-2", "svc-3", "dee-4"], s_tenants = ["county", "city", "north"];
    private static readonly string[] s_roles = ["clinician", "coder", "auditor", "service", "pharmacist"], s_purposes = ["TREAT", "ETREAT", "HPAYMT", "HRESCH", "BTG"];
    private static readonly string[] s_actions = ["read-redacted", "review", "reveal-token", "read-original", "erase", "account-disclosures", "reveal-audit-field"];
    private static readonly string[] s_zones = ["quarantine", "redacted", "structured", "tokens", "proofs"], s_classes = ["part2", "hiv", "psychotherapy-notes"];
    private static readonly string[] s_scopes = ["records.read", "records.erase"], s_days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly string[] s_offsets = ["Z", "+05:30", "-05:00", "+14:00", "-14:00"];
    private static readonly string[] s_keys = [new('a', 64), new('b', 64), new('c', 64)];
    private static readonly string[] s_documents = [new('1', 32), new('2', 32)];

    private readonly Random _random = new(seed);

    public static byte[] Bytes(JsonObject policy) => Encoding.UTF8.GetBytes(policy.ToJsonString());

    public JsonObject Policy()
    {
        var policy = new JsonObject { ["name"] = "made", ["version"] = 1, ["roles"] = new JsonArray("pharmacist") };
        if (Chance(0.6))
            policy["assignments"] = new JsonArray([.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Assignment())]);
        if (Chance(0.97))
            policy["rules"] = new JsonArray([.. Enumerable.Range(0, 1 + _random.Next(Chance(0.05) ? 150 : 10)).Select(index => Rule(index))]);
        return policy;
    }

    public JsonObject Rule(int index, string? effect = null)
    {
        effect ??= Chance(0.65) ? "permit" : "forbid";
        var rule = new JsonObject { ["id"] = string.Create(CultureInfo.InvariantCulture, $"r{_random.Next(1000)}-{index}"), ["effect"] = effect };
        bool permits = effect == "permit";
        Maybe(rule, "actions", permits ? 1 : 0.5, s_actions);
        Maybe(rule, "roles", permits ? 0.7 : 0.3, s_roles);
        Maybe(rule, "actors", permits && !rule.ContainsKey("roles") ? 1 : 0.2, s_actors);
        Maybe(rule, "tenants", 0.4, s_tenants);
        Maybe(rule, "purposes", 0.5, s_purposes);
        Maybe(rule, "zones", 0.15, s_zones);
        Maybe(rule, "dataClasses", 0.15, s_classes);
        Maybe(rule, "documents", 0.1, s_documents);
        Maybe(rule, "clientKeys", 0.1, s_keys);
        Maybe(rule, "scopes", 0.1, s_scopes);
        if (Chance(0.15))
            rule["consent"] = Chance(0.5);
        if (Chance(0.15))
            rule["treatment"] = Chance(0.5);
        if (Chance(0.2))
            rule["time"] = Window();
        return rule;
    }

    public AccessRequest Request() => new(new ActorId(Pick(s_actors)), new PurposeOfUse(Chance(0.03) ? "NOSUCH" : Pick(s_purposes)), Action(), new TenantId(Pick(s_tenants)), Document())
    {
        Attributes = new AccessAttributes
        {
            Roles = Chance(0.02) ? [default] : [.. Some(s_roles, 0.3).Select(role => new AccessRole(role))],
            Zone = Chance(0.4) ? null : Chance(0.01) ? (StorageZone)9 : (StorageZone)_random.Next(5),
            DataClasses = Chance(0.4) ? null : [.. Some(s_classes, 0.4).Select(each => new DataClass(each))],
            Consent = Chance(0.4) ? null : Chance(0.5),
            TreatmentRelationship = Chance(0.4) ? null : Chance(0.5),
            ClientKey = Chance(0.4) ? null : Digest256.TryParse(Pick(s_keys), out Digest256 key) ? key : null,
            Scopes = Chance(0.4) ? null : Chance(0.01) ? [.. Enumerable.Repeat(new ServiceScope("s"), 65)] : [.. Some(s_scopes, 0.5).Select(scope => new ServiceScope(scope))],
            Justification = Chance(0.3) ? null : BreakGlassJustification.Of(new RuleId("unconscious-patient")),
        },
    };

    /// <summary>Any second of four weeks, often on the edge of a minute that windows use.</summary>
    public DateTimeOffset Moment() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(_random.Next(28 * 1440) / 30 * (Chance(0.5) ? 30 : 1)).AddSeconds(Chance(0.5) ? 0 : _random.Next(60));

    public void Shuffle<T>(T[] values) => _random.Shuffle(values);

    private JsonObject Assignment()
    {
        var assignment = new JsonObject { ["actor"] = Pick(s_actors) };
        Maybe(assignment, "roles", 1, s_roles);
        if (Chance(0.5))
            assignment["tenant"] = Pick(s_tenants);
        Maybe(assignment, "clientKeys", 0.3, s_keys);
        return assignment;
    }

    private JsonObject Window()
    {
        var window = new JsonObject();
        Maybe(window, "days", 0.7, s_days);
        if (!window.ContainsKey("days") || Chance(0.7))
        {
            int from = _random.Next(48) * 30, to = 1 + _random.Next(1440);
            to = to == from ? 1440 : to;
            (window["from"], window["to"]) = (Clock(from), Clock(to));
        }

        if (Chance(0.6))
            window["offset"] = Pick(s_offsets);
        return window;
    }

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:d2}:{minutes % 60:d2}");

    private AccessAction Action() => Chance(0.01) ? (AccessAction)_random.Next(8, 11) : (AccessAction)_random.Next(1, 8);

    private DocumentId? Document() => Chance(0.4) ? null : Chance(0.01) ? default(DocumentId) : new DocumentId(Guid.ParseExact(Pick(s_documents), "N"));

    private void Maybe(JsonObject to, string key, double chance, string[] values)
    {
        if (Chance(chance))
            to[key] = new JsonArray([.. Some(values, 0.4).DefaultIfEmpty(Pick(values)).Select(value => (JsonNode)value!)]);
    }

    private ImmutableArray<string> Some(string[] values, double chance) => [.. values.Where(_ => Chance(chance))];

    private string Pick(string[] values) => values[_random.Next(values.Length)];

    private bool Chance(double chance) => _random.NextDouble() < chance;
}

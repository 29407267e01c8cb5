using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedRedact.Access;

namespace MedRedact.Core.Tests.Access;

public sealed class AccessPolicyFileTests
{
    private const string Head = """{ "name": "clinic", "version": 3, "rules": [""";

    [Theory]
    [InlineData("""{ "id": "a", "effect": "permit", ¦"action": ["erase"], "roles": ["coder"] }""", "MR-ACC-102")]
    [InlineData("""{ "id": "a", "effect": ¦"allow", "actions": ["erase"], "roles": ["coder"] }""", "MR-ACC-103")]
    [InlineData("""{ "id": "a", "effect": "permit", "actions": [¦"delete"], "roles": ["coder"] }""", "MR-ACC-103")]
    [InlineData("""{ "id": "a", "effect": "permit", "actions": ¦[], "roles": ["coder"] }""", "MR-ACC-103")]
    [InlineData("""{ "id": ¦"A", "effect": "forbid" }""", "MR-ACC-103")]
    [InlineData("""{ "id": "a", "effect": "forbid", "consent": ¦"yes" }""", "MR-ACC-103")]
    [InlineData("""{ "id": "a", "effect": "forbid", "documents": [¦"00000000000000000000000000000000"] }""", "MR-ACC-103")]
    [InlineData("""{ "id": "a", "effect": "forbid", "time": { "from": "09:00", "to": "17:00", "offset": ¦"+15:00" } }""", "MR-ACC-103")]
    [InlineData("""{ "id": "a", "effect": "forbid", "time": ¦{ "from": "09:00", "to": "09:00" } }""", "MR-ACC-103")]
    [InlineData("""{ "id": "a", "effect": "forbid", "time": { "from": ¦"9:00", "to": "17:00" } }""", "MR-ACC-103")]
    [InlineData("""{ "id": "a", "effect": "forbid", "time": ¦{ "from": "09:00" } }""", "MR-ACC-104")]
    [InlineData("""{ "id": "a", "effect": "forbid", "time": ¦{ } }""", "MR-ACC-104")]
    [InlineData("""¦{ "id": "a", "roles": ["coder"] }""", "MR-ACC-104")]
    [InlineData("""{ "id": "a", "effect": "forbid", "tenants": ["x", ¦"x"] }""", "MR-ACC-105")]
    [InlineData("""{ "id": "a", "effect": "forbid" }, ¦{ "id": "a", "effect": "forbid" }""", "MR-ACC-105")]
    [InlineData("""{ "id": "a", "effect": "forbid", "roles": [¦"pharmacist"] }""", "MR-ACC-106")]
    [InlineData("""{ "id": "a", "effect": "forbid", "purposes": [¦"treat"] }""", "MR-ACC-107")]
    [InlineData("""¦{ "id": "a", "effect": "permit", "actions": ["erase"], "tenants": ["county"] }""", "MR-ACC-109")]
    [InlineData("""¦{ "id": "a", "effect": "permit", "roles": ["coder"] }""", "MR-ACC-109")]
    [InlineData("""{ "id": "a" ¦"effect": "forbid" }""", "MR-ACC-101")]
    public void Names_the_place_of_a_fault(string marked, string code)
    {
        int place = marked.IndexOf('¦', StringComparison.Ordinal);
        string file = $"{Head}\n{marked.Remove(place, 1)}\n] }}";
        AccessPolicyException fault = Assert.Throws<AccessPolicyException>(() => AccessPolicy.Parse(Encoding.UTF8.GetBytes(file)));
        Assert.Equal((code, 2, place + 1), (fault.Code.Value, fault.Line, fault.Column));
        Assert.StartsWith($"{code}: line 2, column ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "MR-ACC-103")]
    [InlineData("""{ "version": 1 }""", "MR-ACC-104")]
    [InlineData("""{ "name": "a", "version": 0 }""", "MR-ACC-103")]
    [InlineData("""{ "name": "a", "version": 1.5 }""", "MR-ACC-103")]
    [InlineData("""{ "name": "a", "version": 1, "name": "b" }""", "MR-ACC-103")]
    [InlineData("""{ "name": "a", "version": 1, "roles": ["clinician"] }""", "MR-ACC-105")]
    [InlineData("""{ "name": "a", "version": 1, "assignments": [{ "actor": "x" }] }""", "MR-ACC-104")]
    [InlineData("""{ "name": "a", "version": 1, "assignments": [{ "actor": "x", "roles": ["boss"] }] }""", "MR-ACC-106")]
    [InlineData("""{ "name": "a", "version": 1 } x""", "MR-ACC-101")]
    [InlineData("", "MR-ACC-101")]
    public void Refuses_what_is_no_policy(string file, string code) =>
        Assert.Equal(code, Assert.Throws<AccessPolicyException>(() => AccessPolicy.Parse(Encoding.UTF8.GetBytes(file))).Code.Value);

    [Fact]
    public void Refuses_a_policy_that_would_make_decisions_slow()
    {
        string Rules(int count, Func<int, string> more) => string.Join(",\n", Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"id":"r{{i}}","effect":"forbid"{{more(i)}}}""")));

        // A hundred thousand rules, a list of 257, 4,097 actors, nesting of 10,000, more than 4 MiB.
        Assert.Equal("MR-ACC-108", CodeOf(Head + Rules(100_000, _ => "") + "] }"));
        Assert.Equal("MR-ACC-108", CodeOf(Head + Rules(1, _ => $",\"tenants\":[{string.Join(',', Enumerable.Range(0, 257).Select(i => $"\"t{i}\""))}]") + "] }"));
        Assert.Equal("MR-ACC-108", CodeOf(Head + Rules(4_097, i => $",\"actors\":[\"a{i}\"]") + "] }"));
        Assert.Equal("MR-ACC-101", CodeOf(Head + new string('[', 10_000)));
        Assert.Equal("MR-ACC-101", CodeOf(Head + new string(' ', 4 << 20) + "] }"));
        Assert.Equal(4_096, AccessPolicy.Parse(Encoding.UTF8.GetBytes(Head + Rules(4_096, i => $",\"actors\":[\"a{i}\"]") + "] }")).Rules.Length);
    }

    [Fact]
    public void Hashes_the_bytes_as_they_are()
    {
        byte[] bytes = """{ "name": "a", "version": 1 } // the end"""u8.ToArray();
        Assert.Equal(Digest256.From(SHA256.HashData(bytes)), AccessPolicy.Parse(bytes).Hash.Value);
    }

    [Fact]
    public void No_message_repeats_the_file()
    {
        AccessPolicyException fault = Assert.Throws<AccessPolicyException>(() => AccessPolicy.Parse("""{ "name": "a", "Ellen Fairbanks": 1 }"""u8));
        Assert.DoesNotContain("Ellen", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_names_the_keys_and_purposes_that_the_reader_knows()
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "access-policy.schema.json")));
        JsonElement root = schema.RootElement, rule = Item(root, "rules");
        Assert.Equal(AccessPolicyReader.FileKeys.Order(), Keys(root));
        Assert.Equal(AccessPolicyReader.AssignmentKeys.Order(), Keys(Item(root, "assignments")));
        Assert.Equal(AccessPolicyReader.RuleKeys.Order(), Keys(rule));
        Assert.Equal(AccessPolicyReader.TimeKeys.Order(), Keys(rule.GetProperty("properties").GetProperty("time")));
        Assert.Equal(PurposeCodes.All.Order(), Item(rule, "purposes").GetProperty("enum").EnumerateArray().Select(code => code.GetString()!).Order());
    }

    [Theory]
    [InlineData("\"days\": [\"fri\"], \"from\": \"22:00\", \"to\": \"06:00\"", "2026-01-02T22:00:00Z", true)]
    [InlineData("\"days\": [\"fri\"], \"from\": \"22:00\", \"to\": \"06:00\"", "2026-01-03T05:59:59Z", true)]
    [InlineData("\"days\": [\"fri\"], \"from\": \"22:00\", \"to\": \"06:00\"", "2026-01-03T06:00:00Z", false)]
    [InlineData("\"days\": [\"fri\"], \"from\": \"22:00\", \"to\": \"06:00\"", "2026-01-02T05:59:59Z", false)]
    [InlineData("\"from\": \"08:00\", \"to\": \"18:00\", \"offset\": \"-05:00\"", "2026-01-02T12:59:59Z", false)]
    [InlineData("\"from\": \"08:00\", \"to\": \"18:00\", \"offset\": \"-05:00\"", "2026-01-02T13:00:00Z", true)]
    [InlineData("\"days\": [\"sun\"]", "2026-01-04T23:59:59Z", true)]
    [InlineData("\"days\": [\"sun\"]", "2026-01-05T00:00:00Z", false)]
    [InlineData("\"days\": [\"mon\"]", "0001-01-01T00:00:00Z", true)]
    [InlineData("\"days\": [\"sun\"], \"offset\": \"-14:00\"", "0001-01-01T00:00:00Z", true)]
    [InlineData("\"days\": [\"sat\"], \"offset\": \"+14:00\"", "9999-12-31T23:59:59Z", true)]
    public void A_window_holds_by_the_minute_at_its_offset(string window, string at, bool holds)
    {
        var policy = AccessPolicy.Parse(Encoding.UTF8.GetBytes($$"""{{Head}} { "id": "w", "effect": "permit", "actions": ["erase"], "roles": ["coder"], "time": { {{window}} } } ] }"""));
        Assert.Equal(holds, policy.Rules[0].Time!.Holds(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)));
    }

    private static string CodeOf(string file) => Assert.Throws<AccessPolicyException>(() => AccessPolicy.Parse(Encoding.UTF8.GetBytes(file))).Code.Value;

    private static JsonElement Item(JsonElement schema, string array) => schema.GetProperty("properties").GetProperty(array).GetProperty("items");

    private static IEnumerable<string> Keys(JsonElement schema)
    {
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        return schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order();
    }
}

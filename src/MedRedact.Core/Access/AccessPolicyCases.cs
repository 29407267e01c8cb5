using System.Collections.Immutable;
using System.Globalization;
using MedRedact.Detection;

namespace MedRedact.Access;

/// <summary>A request with what a policy must say to it: a claim about the policy that lies beside it.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="Request">The request.</param>
/// <param name="At">The moment of the request.</param>
/// <param name="IsPermitted">Whether it must be permitted.</param>
/// <param name="Reason">The reason a refusal must have; <see langword="null"/> for any.</param>
/// <param name="Rules">The rules that must have decided, in ordinal order; empty for any.</param>
public sealed record AccessPolicyCase(
    string Name, AccessRequest Request, DateTimeOffset At, bool IsPermitted, HoldReason? Reason, ImmutableArray<RuleId> Rules)
{
    /// <summary>Says whether a policy does what the case claims.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="verdict">What the policy says.</param>
    /// <returns>Whether it does.</returns>
    public bool Holds(AccessPolicy policy, out AccessVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(policy);
        verdict = policy.Evaluate(Request, At);
        return verdict.IsPermitted == IsPermitted && (Reason is null || verdict.Reason == Reason) && (Rules.IsEmpty || verdict.Rules.SequenceEqual(Rules));
    }
}

/// <summary>The cases of a policy: a JSON file beside it (docs/formats/access-policy.md).</summary>
public static class AccessPolicyCases
{
    private const int Most = 10_000;

    private static readonly string[] s_fileKeys = ["$schema", "cases"];
    private static readonly string[] s_caseKeys = ["name", "note", "at", "request", "expect", "reason", "rules"];
    private static readonly string[] s_requestKeys =
        ["actor", "tenant", "action", "purpose", "document", "roles", "zone", "dataClasses", "consent", "treatment", "clientKey", "scopes", "breakGlass"];

    /// <summary>Where the cases of a policy lie: <c>county.json</c> has them in <c>county.cases.json</c>.</summary>
    /// <param name="policy">The path of the policy.</param>
    /// <returns>The path of its cases.</returns>
    public static string PathFor(string policy) => Path.ChangeExtension(policy, ".cases.json");

    /// <summary>Reads a file of cases.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The cases.</returns>
    /// <exception cref="AccessPolicyException">The file was refused.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImmutableArray<AccessPolicyCase> Load(string path) => Parse(BoundedFile.Read(path));

    /// <summary>Reads cases.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <returns>The cases.</returns>
    /// <exception cref="AccessPolicyException">The file was refused.</exception>
    public static ImmutableArray<AccessPolicyCase> Parse(ReadOnlySpan<byte> utf8) => AccessJson.Read(utf8, Read);

    private static ImmutableArray<AccessPolicyCase> Read(JsonAt root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<AccessPolicyCase>.Builder cases = ImmutableArray.CreateBuilder<AccessPolicyCase>();
        foreach (JsonAt at in root.Object(s_fileKeys).Required("cases").Items(Most))
        {
            AccessPolicyCase read = ReadCase(at.Object(s_caseKeys));
            cases.Add(names.Add(read.Name) ? read : throw at.Refused(AccessFileFaults.Duplicate));
        }

        return cases.ToImmutable();
    }

    private static AccessPolicyCase ReadCase(JsonAt at)
    {
        at.Optional("note")?.Text();
        JsonAt expect = at.Required("expect");
        bool permitted = expect.Text() switch
        {
            "permit" => true,
            "deny" => false,
            _ => throw expect.Refused(AccessFileFaults.Value),
        };
        JsonAt? reason = at.Optional("reason");
        if (permitted && reason is not null)
            throw reason.Refused(AccessFileFaults.Value);

        return new(
            at.Required("name").Text(),
            ReadRequest(at.Required("request").Object(s_requestKeys)),
            at.Optional("at") is { } moment ? AccessJson.Moment(moment) : new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero),
            permitted,
            reason is null ? null : ReadReason(reason),
            [.. AccessJson.Values(at, "rules", static each => each.Id(64)).Order(StringComparer.Ordinal).Select(id => new RuleId(id))]);
    }

    private static AccessRequest ReadRequest(JsonAt at)
    {
        var request = new AccessRequest(
            AccessJson.Actor(at.Required("actor")),
            new PurposeOfUse(CodeOf(at.Required("purpose"))),
            AccessJson.Action(at.Required("action")),
            AccessJson.Tenant(at.Required("tenant")),
            at.Optional("document") is { } document ? AccessJson.Document(document) : null);
        return request with
        {
            Attributes = new AccessAttributes
            {
                Roles = AccessJson.Values(at, "roles", AccessJson.Role, RequestForm.MostValues),
                Zone = at.Optional("zone") is { } zone ? AccessJson.Zone(zone) : null,
                DataClasses = Known(at, "dataClasses", AccessJson.DataClass),
                Consent = at.Optional("consent")?.Boolean(),
                TreatmentRelationship = at.Optional("treatment")?.Boolean(),
                ClientKey = at.Optional("clientKey") is { } key ? AccessJson.Digest(key) : null,
                Scopes = Known(at, "scopes", AccessJson.Scope),
                Justification = at.Optional("breakGlass") is { } why ? BreakGlassJustification.Of(new RuleId(why.Id(64))) : null,
            },
        };
    }

    /// <summary>A list that is known: <c>"none"</c> says that it is empty, a missing key that nobody knows.</summary>
    private static ImmutableArray<T>? Known<T>(JsonAt at, string key, Func<JsonAt, T> read) => at.Optional(key) switch
    {
        null => null,
        { IsText: true } text => text.Text() == "none" ? ImmutableArray<T>.Empty : throw text.Refused(AccessFileFaults.Value),
        _ => AccessJson.Values(at, key, read, RequestForm.MostValues),
    };

    /// <summary>A purpose that does not exist may be asked for: it must be refused.</summary>
    private static string CodeOf(JsonAt at)
    {
        string code = at.Text();
        return code.Length <= 16 && code.All(static c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)) ? code : throw at.Refused(AccessFileFaults.Value);
    }

    private static HoldReason ReadReason(JsonAt at) =>
        at.Text() is ['M', 'R', '-', 'A', 'C', 'C', '-', '0', _, _] code && int.TryParse(code.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? new HoldReason(code)
            : throw at.Refused(AccessFileFaults.Value);
}

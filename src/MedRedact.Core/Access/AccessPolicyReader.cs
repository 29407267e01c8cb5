using System.Collections.Immutable;
using MedRedact.Detection;

namespace MedRedact.Access;

/// <summary>What an access policy file says.</summary>
internal sealed record AccessPolicyDraft(
    string Name, int Version, string Description, ImmutableArray<AccessRole> Roles, ImmutableArray<RoleAssignment> Assignments, ImmutableArray<AccessPolicyRule> Rules);

/// <summary>Reads an access policy strictly: every key and value is known, or the file is refused at that place (docs/formats/access-policy.md).</summary>
internal static class AccessPolicyReader
{
    public const int MostRules = 10_000, MostAssignments = 10_000, MostRoles = 256, MostDistinct = 4_096;

    public static readonly string[] FileKeys = ["$schema", "name", "version", "description", "roles", "assignments", "rules"];
    public static readonly string[] AssignmentKeys = ["actor", "tenant", "roles", "clientKeys", "note"];
    public static readonly string[] TimeKeys = ["days", "from", "to", "offset"];
    public static readonly string[] RuleKeys =
    [
        "id", "effect", "note", "actions", "actors", "roles", "tenants", "purposes", "zones", "dataClasses", "documents", "clientKeys", "scopes", "time", "consent", "treatment",
    ];

    public static AccessPolicyDraft Read(JsonAt root)
    {
        root.Object(FileKeys);
        ImmutableArray<AccessRole> own = AccessJson.Values(root, "roles", AccessJson.Role, MostRoles);
        var known = new HashSet<AccessRole>(AccessNames.WellKnownRoles);
        if (own.Any(role => !known.Add(role)))
            throw root.Optional("roles")!.Refused(AccessFileFaults.Duplicate);

        return new(
            root.Required("name").Id(64),
            AccessJson.Whole(root.Required("version"), 1, int.MaxValue),
            root.Optional("description")?.Text() ?? "",
            own,
            [.. Entries(root, "assignments", MostAssignments).Select(each => ReadAssignment(each, known))],
            ReadRules(root, known));
    }

    private static IReadOnlyList<JsonAt> Entries(JsonAt root, string key, int most) => root.Optional(key)?.Items(most) ?? [];

    private static RoleAssignment ReadAssignment(JsonAt at, HashSet<AccessRole> known)
    {
        at.Object(AssignmentKeys);
        at.Optional("note")?.Text();
        at.Required("roles");
        return new(
            AccessJson.Actor(at.Required("actor")),
            at.Optional("tenant") is { } tenant ? AccessJson.Tenant(tenant) : null,
            AccessJson.Values(at, "roles", each => Known(each, known)),
            AccessJson.Values(at, "clientKeys", AccessJson.Digest));
    }

    /// <summary>An empty policy denies all, and is one: it is how a house shuts everything.</summary>
    private static ImmutableArray<AccessPolicyRule> ReadRules(JsonAt root, HashSet<AccessRole> known)
    {
        var names = new HashSet<RuleId>();
        var distinct = new DistinctValues();
        ImmutableArray<AccessPolicyRule>.Builder rules = ImmutableArray.CreateBuilder<AccessPolicyRule>();
        foreach (JsonAt at in Entries(root, "rules", MostRules))
        {
            AccessPolicyRule rule = ReadRule(at, known);
            if (!names.Add(rule.Id))
                throw at.Refused(AccessFileFaults.Duplicate);
            if (!distinct.Admits(rule))
                throw at.Refused(AccessFileFaults.TooMany);
            rules.Add(rule);
        }

        return rules.ToImmutable();
    }

    private static AccessPolicyRule ReadRule(JsonAt at, HashSet<AccessRole> known)
    {
        at.Object(RuleKeys);
        at.Optional("note")?.Text();
        var rule = new AccessPolicyRule(new RuleId(at.Required("id").Id(64)), AccessJson.Named(at.Required("effect"), AccessNames.Effects))
        {
            Actions = AccessJson.Values(at, "actions", AccessJson.Action),
            Actors = AccessJson.Values(at, "actors", AccessJson.Actor),
            Roles = AccessJson.Values(at, "roles", each => Known(each, known)),
            Tenants = AccessJson.Values(at, "tenants", AccessJson.Tenant),
            Purposes = AccessJson.Values(at, "purposes", AccessJson.Purpose),
            Zones = AccessJson.Values(at, "zones", AccessJson.Zone),
            DataClasses = AccessJson.Values(at, "dataClasses", AccessJson.DataClass),
            Documents = AccessJson.Values(at, "documents", AccessJson.Document),
            ClientKeys = AccessJson.Values(at, "clientKeys", AccessJson.Digest),
            Scopes = AccessJson.Values(at, "scopes", AccessJson.Scope),
            Time = at.Optional("time") is { } time ? ReadTime(time) : null,
            Consent = at.Optional("consent")?.Boolean(),
            TreatmentRelationship = at.Optional("treatment")?.Boolean(),
        };
        bool isForSomebody = !(rule.Roles.IsEmpty && rule.Actors.IsEmpty && rule.Scopes.IsEmpty && rule.ClientKeys.IsEmpty);
        return rule.Effect == RuleEffect.Forbid || (isForSomebody && !rule.Actions.IsEmpty) ? rule : throw at.Refused(AccessFileFaults.Unbounded);
    }

    private static TimeWindow ReadTime(JsonAt at)
    {
        at.Object(TimeKeys);
        ImmutableArray<DayOfWeek> days = AccessJson.Values(at, "days", each => AccessJson.Named(each, AccessNames.Days));
        (int from, int to) = at.Optional("from") is null && at.Optional("to") is null && !days.IsEmpty
            ? (0, TimeWindow.MinutesOfDay)
            : (AccessJson.Minutes(at.Required("from")), AccessJson.Minutes(at.Required("to")));
        return from != to && from < TimeWindow.MinutesOfDay && to > 0
            ? new(days, from, to, at.Optional("offset") is { } offset ? AccessJson.Offset(offset) : 0)
            : throw at.Refused(AccessFileFaults.Value);
    }

    private static AccessRole Known(JsonAt at, HashSet<AccessRole> known)
    {
        AccessRole role = AccessJson.Role(at);
        return known.Contains(role) ? role : throw at.Refused(AccessFileFaults.Role);
    }

    /// <summary>Bounds what the columns of a policy's index may take.</summary>
    private sealed class DistinctValues
    {
        private readonly HashSet<ActorId> _actors = [];
        private readonly HashSet<TenantId> _tenants = [];

        public bool Admits(AccessPolicyRule rule)
        {
            _actors.UnionWith(rule.Actors);
            _tenants.UnionWith(rule.Tenants);
            return _actors.Count <= MostDistinct && _tenants.Count <= MostDistinct;
        }
    }
}

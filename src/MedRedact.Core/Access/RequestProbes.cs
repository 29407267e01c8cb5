using System.Collections.Immutable;

namespace MedRedact.Access;

/// <summary>Requests made from the rules of two policies: for each rule, requests in which it holds. Where the rule has no condition, the values that rules of either name
/// are tried, and one that none names.</summary>
internal static class RequestProbes
{
    /// <summary>How many a rule is worth; the combinations after that are left out.</summary>
    private const int MostPerRule = 512;

    private static readonly ActorId s_somebody = new("somebody");
    private static readonly AccessRole s_someRole = new("somebody");
    private static readonly TenantId s_somewhere = new("somewhere");
    private static readonly DocumentId s_something = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly DateTimeOffset s_monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<(string Source, AccessRequest Request, DateTimeOffset At)> Of(AccessPolicy before, AccessPolicy after)
    {
        ImmutableArray<AccessPolicyRule> all = [.. before.Rules.Concat(after.Rules).DistinctBy(rule => (rule.Id, RuleText.Of(rule)))];
        ImmutableArray<TenantId> tenants = [.. all.SelectMany(rule => rule.Tenants).Distinct().Take(4), s_somewhere];
        ImmutableArray<AccessRole> roles = [.. all.SelectMany(rule => rule.Roles).Distinct().Take(8), s_someRole];
        ImmutableArray<RoleAssignment> assigned = [.. before.Assignments.Concat(after.Assignments)];
        return all.SelectMany(rule => ForRule(rule, tenants, roles, assigned).Take(MostPerRule));
    }

    private static IEnumerable<(string, AccessRequest, DateTimeOffset)> ForRule(
        AccessPolicyRule rule, ImmutableArray<TenantId> tenants, ImmutableArray<AccessRole> roles, ImmutableArray<RoleAssignment> assigned) =>
        from tenant in OrElse(rule.Tenants, tenants)
        from role in OrElse(rule.Roles, roles)
        from purpose in OrElse(rule.Purposes, [PurposeOfUse.Treatment, PurposeOfUse.Operations, PurposeOfUse.Research])
        from action in OrElse(rule.Actions, [AccessAction.ReadRedacted, AccessAction.RevealToken, AccessAction.ReadOriginal])
        from actor in OrElse(rule.Actors, [s_somebody, .. assigned.Where(each => each.Roles.Contains(role)).Select(each => each.Actor).Take(16)])
        select (
            $"rule {rule.Id}",
            new AccessRequest(actor, purpose, action, tenant, rule.Documents.IsEmpty ? s_something : rule.Documents[0])
            {
                Attributes = new AccessAttributes
                {
                    Roles = actor == s_somebody || !rule.Actors.IsEmpty ? [role] : [],
                    Zone = rule.Zones.IsEmpty ? StorageZone.Redacted : rule.Zones[0],
                    DataClasses = rule.DataClasses.IsEmpty ? [] : [rule.DataClasses[0]],
                    Consent = rule.Consent ?? true,
                    TreatmentRelationship = rule.TreatmentRelationship ?? true,
                    ClientKey = rule.ClientKeys.IsEmpty ? KeyOf(actor, assigned) : rule.ClientKeys[0],
                    Scopes = rule.Scopes.IsEmpty ? [] : [rule.Scopes[0]],
                    Justification = BreakGlassJustification.Of(rule.Id),
                },
            },
            MomentIn(rule.Time));

    private static Digest256 KeyOf(ActorId actor, ImmutableArray<RoleAssignment> assigned) =>
        assigned.FirstOrDefault(each => each.Actor == actor && !each.ClientKeys.IsEmpty)?.ClientKeys[0] ?? default;

    private static ImmutableArray<T> OrElse<T>(ImmutableArray<T> named, ImmutableArray<T> others) => named.IsEmpty ? others : named;

    private static DateTimeOffset MomentIn(TimeWindow? window)
    {
        if (window is null)
            return s_monday.AddHours(12);

        DayOfWeek day = window.Days.IsEmpty ? DayOfWeek.Monday : window.Days[0];
        return s_monday.AddDays(((int)day + 6) % 7).AddMinutes(window.From - window.Offset);
    }
}

using System.Collections.Immutable;

namespace MedRedact.Access;

/// <summary>How a rule differs between two policies.</summary>
public enum RuleChange
{
    /// <summary>The new policy has it.</summary>
    Added = 0,

    /// <summary>The old policy had it.</summary>
    Removed,

    /// <summary>Both have a rule of that name, and they are not the same.</summary>
    Changed,
}

/// <summary>A request that two policies decide differently.</summary>
/// <param name="Source">The case, or the rule, that the request comes from.</param>
/// <param name="Request">The request.</param>
/// <param name="Before">What the old policy says.</param>
/// <param name="After">What the new one says.</param>
public sealed record AccessShift(string Source, AccessRequest Request, AccessVerdict Before, AccessVerdict After);

/// <summary>What a new policy changes: rules by name, and requests that become permitted or denied.</summary>
/// <param name="Rules">The rules that differ, by name in ordinal order.</param>
/// <param name="PrincipalsChanged">Whether declared roles or assignments differ.</param>
/// <param name="Shifts">The requests that are decided differently: made from every rule of both policies, then those of the cases. No proof that there is no other.</param>
/// <param name="Tried">How many requests were tried.</param>
public sealed record AccessPolicyDiff(ImmutableArray<(RuleId Rule, RuleChange Change)> Rules, bool PrincipalsChanged, ImmutableArray<AccessShift> Shifts, int Tried)
{
    /// <summary>Compares two policies.</summary>
    /// <param name="before">The old policy.</param>
    /// <param name="after">The new one.</param>
    /// <param name="cases">The cases of either.</param>
    /// <returns>The difference.</returns>
    public static AccessPolicyDiff Compare(AccessPolicy before, AccessPolicy after, IEnumerable<AccessPolicyCase> cases)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(cases);
        ImmutableArray<AccessShift>.Builder shifts = ImmutableArray.CreateBuilder<AccessShift>();
        int tried = 0;
        foreach ((string source, AccessRequest request, DateTimeOffset at) in RequestProbes.Of(before, after).Concat(cases.Select(each => (each.Name, each.Request, each.At))))
        {
            tried++;
            (AccessVerdict was, AccessVerdict will) = (before.Evaluate(request, at), after.Evaluate(request, at));
            if (was.IsPermitted != will.IsPermitted)
                shifts.Add(new(source, request, was, will));
        }

        bool principals = RuleText.Of(before.Roles) != RuleText.Of(after.Roles)
            || !before.Assignments.Select(each => RuleText.Of(each)).Order(StringComparer.Ordinal).SequenceEqual(after.Assignments.Select(each => RuleText.Of(each)).Order(StringComparer.Ordinal));
        return new(RulesOf(before, after), principals, shifts.ToImmutable(), tried);
    }

    private static ImmutableArray<(RuleId, RuleChange)> RulesOf(AccessPolicy before, AccessPolicy after)
    {
        var old = before.Rules.ToDictionary(rule => rule.Id, rule => RuleText.Of(rule));
        var fresh = after.Rules.ToDictionary(rule => rule.Id, rule => RuleText.Of(rule));
        return
        [
            .. from id in old.Keys.Union(fresh.Keys).OrderBy(id => id.Value, StringComparer.Ordinal)
               where old.GetValueOrDefault(id) != fresh.GetValueOrDefault(id)
               select (id, !old.ContainsKey(id) ? RuleChange.Added : !fresh.ContainsKey(id) ? RuleChange.Removed : RuleChange.Changed),
        ];
    }
}

/// <summary>A canonical text of what a rule says: the order of its values says nothing.</summary>
internal static class RuleText
{
    public static string Of(AccessPolicyRule rule) => string.Join(
        '|', rule.Effect, Of(rule.Actions), Of(rule.Actors), Of(rule.Roles), Of(rule.Tenants), Of(rule.Purposes), Of(rule.Zones), Of(rule.DataClasses), Of(rule.Documents),
        Of(rule.ClientKeys), Of(rule.Scopes), rule.Consent, rule.TreatmentRelationship,
        rule.Time is { } time ? $"{Of(time.Days)} {time.From} {time.To} {time.Offset}" : "");

    public static string Of(RoleAssignment assignment) => $"{assignment.Actor}|{assignment.Tenant}|{Of(assignment.Roles)}|{Of(assignment.ClientKeys)}";

    public static string Of<T>(ImmutableArray<T> values) => string.Join(',', values.Select(value => value!.ToString()).Order(StringComparer.Ordinal));
}

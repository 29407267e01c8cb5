using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Access;

/// <summary>Who may do what for which purpose. Empty by default: everything is denied.</summary>
public sealed class AccessOptions
{
    /// <summary>What is permitted where no <see cref="AccessPolicy"/> is registered; whatever no rule permits is denied.</summary>
    public IList<AccessRule> Rules { get; } = [];

    /// <summary>How long a grant lasts. Default: 15 minutes.</summary>
    public TimeSpan GrantLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a grant in an emergency lasts. Default: 15 minutes.</summary>
    public TimeSpan BreakGlassLifetime { get; set; } = TimeSpan.FromMinutes(15);
}

/// <summary>One permission.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Tenant">Whose records.</param>
/// <param name="Actions">What.</param>
/// <param name="Purposes">Why; an unknown purpose matches no rule.</param>
public sealed record AccessRule(ActorId Actor, TenantId Tenant, ImmutableArray<AccessAction> Actions, ImmutableArray<PurposeOfUse> Purposes);

/// <summary>The rules of <see cref="AccessOptions"/> as a policy, so that one evaluator decides all.</summary>
internal static class ConfiguredPolicy
{
    private const string Name = "configured";

    public static AccessPolicy Of(IEnumerable<AccessRule> rules)
    {
        var compiled = rules.Where(IsWhole).Select((rule, index) => new AccessPolicyRule(IdOf(index), RuleEffect.Permit)
        {
            Actors = [rule.Actor],
            Tenants = [rule.Tenant],
            Actions = rule.Actions,
            Purposes = rule.Purposes,
        }).ToImmutableArray();
        return new(new AccessPolicyDraft(Name, 1, "", [], [], compiled), HashOf(compiled));
    }

    /// <summary>A rule without an action or a purpose permits nothing; in a policy, a missing condition would be none.</summary>
    private static bool IsWhole(AccessRule rule) =>
        rule is { Actor.Value: not null, Tenant.Value: not null, Actions.IsDefaultOrEmpty: false, Purposes.IsDefaultOrEmpty: false }
        && rule.Purposes.All(purpose => purpose.Code is not null);

    private static RuleId IdOf(int index) => new(string.Create(CultureInfo.InvariantCulture, $"configured-{index + 1:d5}"));

    private static PolicyHash HashOf(IEnumerable<AccessPolicyRule> rules)
    {
        var text = new StringBuilder(Name).Append('\n');
        foreach (AccessPolicyRule rule in rules)
            text.Append(CultureInfo.InvariantCulture, $"{rule.Actors[0]} {rule.Tenants[0]} {string.Join(',', rule.Actions)} {string.Join(',', rule.Purposes)}\n");

        return new(Digest256.From(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }
}

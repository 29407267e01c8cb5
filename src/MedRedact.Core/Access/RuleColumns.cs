using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MedRedact.Access;

/// <summary>One condition of all rules of a policy: for each value that any rule names, a bit a rule that admits it. Rules without the condition admit every value.</summary>
internal sealed class RuleColumn<T>
    where T : notnull
{
    private readonly ulong[] _always;
    private readonly FrozenDictionary<T, ulong[]> _admitting;

    public RuleColumn(ImmutableArray<AccessPolicyRule> rules, Func<AccessPolicyRule, ImmutableArray<T>> condition)
    {
        _always = new ulong[RuleColumns.Words(rules.Length)];
        var admitting = new Dictionary<T, ulong[]>();
        for (int i = 0; i < rules.Length; i++)
        {
            ImmutableArray<T> values = condition(rules[i]);
            if (values.IsEmpty)
                _always[i / 64] |= 1UL << (i % 64);
            foreach (T value in values)
            {
                if (!admitting.TryGetValue(value, out ulong[]? bits))
                    admitting[value] = bits = new ulong[_always.Length];
                bits[i / 64] |= 1UL << (i % 64);
            }
        }

        foreach (ulong[] bits in admitting.Values)
            Or(bits, _always);
        _admitting = admitting.ToFrozenDictionary();
    }

    public IEnumerable<T> Values => _admitting.Keys;

    public ReadOnlySpan<ulong> Admitting(T value) => _admitting.TryGetValue(value, out ulong[]? bits) ? bits : _always;

    /// <summary>Adds the rules that admit any of some values.</summary>
    public void AddAdmitting(ReadOnlySpan<T> values, Span<ulong> bits)
    {
        Or(bits, _always);
        foreach (T value in values)
        {
            if (_admitting.TryGetValue(value, out ulong[]? more))
                Or(bits, more);
        }
    }

    private static void Or(Span<ulong> bits, ReadOnlySpan<ulong> more)
    {
        for (int i = 0; i < bits.Length; i++)
            bits[i] |= more[i];
    }
}

/// <summary>The conditions that every request answers, as columns: five words are combined for every 64 rules, and only the rules that are left are looked at.</summary>
internal sealed class RuleColumns(ImmutableArray<AccessPolicyRule> rules)
{
    private readonly RuleColumn<AccessAction> _actions = new(rules, static rule => rule.Actions);
    private readonly RuleColumn<ActorId> _actors = new(rules, static rule => rule.Actors);
    private readonly RuleColumn<TenantId> _tenants = new(rules, static rule => rule.Tenants);
    private readonly RuleColumn<PurposeOfUse> _purposes = new(rules, static rule => rule.Purposes);
    private readonly RuleColumn<AccessRole> _roles = new(rules, static rule => rule.Roles);

    public static int Words(int rules) => (rules + 63) / 64;

    /// <summary>The purposes that rules name.</summary>
    public IEnumerable<PurposeOfUse> Purposes => _purposes.Values;

    /// <summary>Marks the rules whose action, actor, tenant, purpose and role are those of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="roles">The actor's roles.</param>
    /// <param name="candidates">All zero; one bit a rule.</param>
    public void Find(AccessRequest request, ReadOnlySpan<AccessRole> roles, Span<ulong> candidates)
    {
        _roles.AddAdmitting(roles, candidates);
        ReadOnlySpan<ulong> actions = _actions.Admitting(request.Action), actors = _actors.Admitting(request.Actor);
        ReadOnlySpan<ulong> tenants = _tenants.Admitting(request.Tenant), purposes = _purposes.Admitting(request.Purpose);
        for (int i = 0; i < candidates.Length; i++)
            candidates[i] &= actions[i] & actors[i] & tenants[i] & purposes[i];
    }
}

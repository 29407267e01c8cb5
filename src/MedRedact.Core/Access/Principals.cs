using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MedRedact.Access;

/// <summary>The roles that a policy assigns, by actor.</summary>
internal sealed class Principals(ImmutableArray<RoleAssignment> assignments)
{
    private readonly FrozenDictionary<ActorId, RoleAssignment[]> _assignments =
        assignments.GroupBy(each => each.Actor).ToFrozenDictionary(same => same.Key, same => same.ToArray());

    /// <summary>Finds all roles of whoever makes a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="roles">Those of the request and those assigned; one may come twice.</param>
    /// <returns>Whether the request came over a key that the policy binds the actor to, or the policy binds the actor to none.</returns>
    public bool TryFind(AccessRequest request, out ImmutableArray<AccessRole> roles)
    {
        roles = request.Attributes.Roles;
        if (!_assignments.TryGetValue(request.Actor, out RoleAssignment[]? assigned))
            return true;

        bool isBound = false, isProved = false;
        foreach (RoleAssignment each in assigned)
        {
            if (each.Tenant is { } tenant && tenant != request.Tenant)
                continue;

            bool holds = each.ClientKeys.IsEmpty;
            if (!holds)
            {
                isBound = true;
                holds = request.Attributes.ClientKey is { } key && each.ClientKeys.Contains(key);
                isProved |= holds;
            }

            if (holds)
                roles = roles.IsEmpty ? each.Roles : roles.AddRange(each.Roles);
        }

        return isProved || !isBound;
    }
}

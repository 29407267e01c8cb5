using System.Collections.Immutable;

namespace MedRedact.Access;

/// <summary>Whether a request is one at all. What is malformed is denied before any rule is asked.</summary>
internal static class RequestForm
{
    /// <summary>How many roles, classes or scopes a request may have.</summary>
    public const int MostValues = 64;

    public static bool IsGood(AccessRequest request) =>
        request is { Actor.Value: not null, Tenant.Value: not null, Purpose.Code: not null, Action: >= AccessAction.ReadRedacted and <= AccessAction.RevealAuditField, Attributes: not null }
        && request.Document?.Value != Guid.Empty
        && request.Attributes.Zone is null or (>= StorageZone.Quarantine and <= StorageZone.Proofs)
        && IsList(request.Attributes.Roles, static role => role.Value)
        && (request.Attributes.DataClasses is not { } classes || IsList(classes, static each => each.Value))
        && (request.Attributes.Scopes is not { } scopes || IsList(scopes, static each => each.Value));

    private static bool IsList<T>(ImmutableArray<T> values, Func<T, string?> name)
    {
        if (values.IsDefault || values.Length > MostValues)
            return false;

        foreach (T value in values)
        {
            if (name(value) is null)
                return false;
        }

        return true;
    }
}

namespace MedRedact.Access;

/// <summary>The codes of the access decision.</summary>
internal static class AccessFaults
{
    /// <summary><c>MR-ACC-001</c>: no rule permits the access. What to do: add an <see cref="AccessRule"/> for this actor, tenant, action and purpose,
    /// if the access is right.</summary>
    public static readonly HoldReason NoRule = new("MR-ACC-001");
}

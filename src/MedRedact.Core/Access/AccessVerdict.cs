using System.Collections.Immutable;

namespace MedRedact.Access;

/// <summary>What a policy says to a request. The zero value of everything in it denies.</summary>
/// <param name="IsPermitted">Whether it may be.</param>
/// <param name="Reason">Why not; <see langword="null"/> where it may.</param>
/// <param name="Rules">The rules that decided, by name in ordinal order: those that permit, those that forbid, or those that could not be decided. Empty where none did.</param>
public sealed record AccessVerdict(bool IsPermitted, HoldReason? Reason, ImmutableArray<RuleId> Rules)
{
    internal static AccessVerdict Permit(ImmutableArray<RuleId> rules) => new(true, null, rules);

    internal static AccessVerdict Deny(HoldReason reason) => new(false, reason, []);

    internal static AccessVerdict Deny(HoldReason reason, ImmutableArray<RuleId> rules) => new(false, reason, rules);
}

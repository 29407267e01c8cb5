using System.Collections.Frozen;

namespace MedRedact.Access;

/// <summary>How access files write actions, zones and days.</summary>
internal static class AccessNames
{
    public static FrozenDictionary<string, AccessAction> Actions => AccessActionNames.All;

    public static FrozenDictionary<string, StorageZone> Zones { get; } =
        Enum.GetValues<StorageZone>().ToFrozenDictionary(zone => zone.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static FrozenDictionary<string, DayOfWeek> Days { get; } =
        Enum.GetValues<DayOfWeek>().ToFrozenDictionary(day => day.ToString()[..3].ToLowerInvariant(), StringComparer.Ordinal);

    public static FrozenDictionary<string, RuleEffect> Effects { get; } = new Dictionary<string, RuleEffect>
    {
        ["forbid"] = RuleEffect.Forbid,
        ["permit"] = RuleEffect.Permit,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenSet<AccessRole> WellKnownRoles { get; } =
        new[] { AccessRole.Clinician, AccessRole.Coder, AccessRole.Auditor, AccessRole.Reviewer, AccessRole.Researcher, AccessRole.Service }.ToFrozenSet();

    /// <summary>The name of an action, as files and the tool write it.</summary>
    public static string Of(AccessAction action) => Actions.First(each => each.Value == action).Key;
}

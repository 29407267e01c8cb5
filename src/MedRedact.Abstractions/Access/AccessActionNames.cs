using System.Collections.Frozen;

namespace MedRedact;

/// <summary>How files write actions.</summary>
public static class AccessActionNames
{
    /// <summary>The actions by their names, such as <c>read-original</c>.</summary>
    public static FrozenDictionary<string, AccessAction> All { get; } = new Dictionary<string, AccessAction>
    {
        ["read-redacted"] = AccessAction.ReadRedacted,
        ["review"] = AccessAction.Review,
        ["reveal-token"] = AccessAction.RevealToken,
        ["read-original"] = AccessAction.ReadOriginal,
        ["erase"] = AccessAction.Erase,
        ["account-disclosures"] = AccessAction.AccountDisclosures,
        ["reveal-audit-field"] = AccessAction.RevealAuditField,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}

using System.Collections.Frozen;

namespace MedRedact.Audit.Forwarding;

/// <summary>What a kind of event is in the words of the standards.</summary>
/// <param name="Action">FHIR audit-event-action: C, R, U, D or E.</param>
/// <param name="Dicom">A code of DICOM's audit event ids (DCM, CID 400).</param>
/// <param name="Display">Its meaning.</param>
/// <param name="Lifecycle">A code of ISO 21089 lifecycle events, where one says it.</param>
/// <param name="IsRefusal">Whether it says that something did not happen.</param>
/// <param name="IsNotable">Whether somebody should look at it some day.</param>
internal sealed record KindMeaning(char Action, string Dicom, string Display, string? Lifecycle, bool IsRefusal = false, bool IsNotable = false)
{
    private const string Import = "110107", Export = "110106", Used = "110100", Alert = "110113", Record = "110110";

    private static readonly KindMeaning s_other = new('E', Used, "Application Activity", null);

    private static readonly FrozenDictionary<string, KindMeaning> s_kinds = new Dictionary<string, KindMeaning>
    {
        ["document.received"] = new('C', Import, "Import", "receive"),
        ["document.rejected"] = new('C', Import, "Import", null, IsRefusal: true),
        ["document.released"] = new('C', Record, "Patient Record", "deidentify"),
        ["document.withheld"] = new('C', Record, "Patient Record", null, IsRefusal: true),
        ["document.held"] = new('C', Record, "Patient Record", "hold", IsNotable: true),
        ["page.released"] = new('C', Record, "Patient Record", "deidentify"),
        ["page.withheld"] = new('C', Record, "Patient Record", null, IsRefusal: true),
        ["page.held"] = new('C', Record, "Patient Record", "hold", IsNotable: true),
        ["egress.authorized"] = new('R', Export, "Export", "disclose", IsNotable: true),
        ["egress.denied"] = new('R', Export, "Export", null, IsRefusal: true),
        ["access.granted"] = new('R', Record, "Patient Record", "access"),
        ["access.denied"] = new('R', Record, "Patient Record", null, IsRefusal: true),
        ["access.glass-broken"] = new('R', Alert, "Security Alert", "access"),
        ["access.glass-reviewed"] = new('U', Alert, "Security Alert", "verify", IsNotable: true),
        ["access.suspended"] = new('U', Alert, "Security Alert", null, IsNotable: true),
        ["access.restored"] = new('U', Alert, "Security Alert", null, IsNotable: true),
        ["alert.raised"] = new('E', Alert, "Security Alert", null),
        ["alert.answered"] = new('E', Alert, "Security Alert", null, IsNotable: true),
        ["disclosure.made"] = new('R', Export, "Export", "disclose", IsNotable: true),
        ["disclosure.accounted"] = new('R', Record, "Patient Record", "access", IsNotable: true),
        ["field.revealed"] = new('R', Record, "Patient Record", "access", IsNotable: true),
        ["field.erasing"] = new('D', Record, "Patient Record", "destroy", IsNotable: true),
        ["field.erased"] = new('D', Record, "Patient Record", "destroy", IsNotable: true),
        ["token.revealed"] = new('R', Record, "Patient Record", "reidentify", IsNotable: true),
        ["token.held"] = new('U', Used, "Application Activity", "hold", IsNotable: true),
        ["token.unheld"] = new('U', Used, "Application Activity", "unhold", IsNotable: true),
        ["token.purge"] = new('D', Used, "Application Activity", "destroy", IsNotable: true),
        ["token.purged"] = new('D', Used, "Application Activity", "destroy", IsNotable: true),
        ["key.used"] = new('E', Used, "Application Activity", null),
        ["key.refused"] = new('E', Alert, "Security Alert", null, IsRefusal: true),
        ["key.split"] = new('C', Alert, "Security Alert", null, IsNotable: true),
        ["key.share-opened"] = new('R', Alert, "Security Alert", null, IsNotable: true),
        ["key.recovered"] = new('C', Alert, "Security Alert", null, IsNotable: true),
        ["policy.changed"] = new('U', Alert, "Security Alert", null, IsNotable: true),
        ["ledger.verified"] = new('E', Used, "Application Activity", null),
        ["ledger.damaged"] = new('E', Alert, "Security Alert", null),
        ["object.erased"] = new('D', Record, "Patient Record", "destroy", IsNotable: true),
        ["retention.hold-placed"] = new('U', Record, "Patient Record", "hold", IsNotable: true),
        ["retention.hold-released"] = new('U', Record, "Patient Record", "unhold", IsNotable: true),
        ["retention.deletion-begun"] = new('D', Record, "Patient Record", "destroy", IsNotable: true),
        ["retention.deleted"] = new('D', Record, "Patient Record", "destroy", IsNotable: true),
        ["retention.shred-begun"] = new('D', Record, "Patient Record", "destroy", IsNotable: true),
        ["retention.shredded"] = new('D', Record, "Patient Record", "destroy", IsNotable: true),
        [ForwardingEvents.StalledName] = new('E', Alert, "Security Alert", null, IsNotable: true),
        [ForwardingEvents.ResumedName] = new('E', Alert, "Security Alert", null, IsNotable: true),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a kind is one of these.</summary>
    public static bool Knows(string kind) => s_kinds.ContainsKey(kind);

    /// <summary>The meaning of a kind; one that is not known here is an activity of an application.</summary>
    public static KindMeaning Of(string kind) => s_kinds.GetValueOrDefault(kind, s_other);
}

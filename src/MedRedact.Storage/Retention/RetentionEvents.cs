namespace MedRedact.Storage;

/// <summary>The kinds of event that retention records.</summary>
public static class RetentionEvents
{
    /// <summary>A legal hold stands.</summary>
    public static AuditKind HoldPlaced { get; } = AuditKind.Register("retention.hold-placed", "reason", "subject");

    /// <summary>A legal hold is about to go.</summary>
    public static AuditKind HoldReleased { get; } = AuditKind.Register("retention.hold-released", "reason", "subject");

    /// <summary>A document was marked as quality-assured.</summary>
    public static AuditKind QualityAssured { get; } = AuditKind.Register("retention.quality-assured");

    /// <summary>A person said that the machine's time is right.</summary>
    public static AuditKind ClockConfirmed { get; } = AuditKind.Register("retention.clock-confirmed", "trusted", "wall");

    /// <summary>Objects of a document are about to be deleted; <c>plan</c> is the digest of their list.</summary>
    public static AuditKind DeletionBegun { get; } = AuditKind.Register("retention.deletion-begun", "plan", "objects", "due");

    /// <summary>Objects of a document are deleted; <c>certificate</c> is the digest of the certificate that names them.</summary>
    public static AuditKind Deleted { get; } = AuditKind.Register("retention.deleted", "certificate", "objects");

    /// <summary>All that is one subject's is about to be shredded; <c>plan</c> is the digest of the list of its documents and their objects.</summary>
    public static AuditKind ShredBegun { get; } = AuditKind.Register("retention.shred-begun", "subject", "plan", "documents", "objects");

    /// <summary>All that was one subject's is shredded; <c>certificate</c> is the digest of the certificate that names it.</summary>
    public static AuditKind Shredded { get; } = AuditKind.Register("retention.shredded", "subject", "certificate", "documents", "objects");

    /// <summary>A run has ended.</summary>
    public static AuditKind Ran { get; } = AuditKind.Register("retention.ran", "trusted", "deleted", "held", "failed");

    internal static AuditField SubjectField(SubjectId subject) => new("subject", AuditValue.Of(subject.Value));

    internal static AuditField ReasonField(LegalHoldReason reason) => new("reason", AuditValue.Of(new ObjectName(reason.Value)));
}

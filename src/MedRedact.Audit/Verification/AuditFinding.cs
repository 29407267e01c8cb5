namespace MedRedact.Audit;

/// <summary>One thing that is wrong with a ledger on disk. Numbers only: it may be logged.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Segment">The segment, by the sequence in its name; <see langword="null"/> where the finding is about none.</param>
/// <param name="Offset">Where in the segment's file, in bytes from its start.</param>
/// <param name="Sequence">The event concerned, or the one that was expected there.</param>
public sealed record AuditFinding(AuditFindingKind Kind, long? Segment = null, long? Offset = null, long? Sequence = null)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Kind}{At("segment", Segment)}{At("offset", Offset)}{At("event", Sequence)}");

    private static string At(string name, long? value) => value is null ? "" : FormattableString.Invariant($", {name} {value}");
}

/// <summary>What can be wrong with a ledger on disk.</summary>
public enum AuditFindingKind
{
    /// <summary>There is no checkpoint, though there are events.</summary>
    CheckpointMissing = 1,

    /// <summary>The checkpoint is not a C2SP checkpoint in a signed note.</summary>
    CheckpointMalformed,

    /// <summary>The checkpoint bears no valid signature of the expected key.</summary>
    CheckpointSignatureInvalid,

    /// <summary>The checkpoint, or a segment, belongs to a ledger of another origin.</summary>
    OriginMismatch,

    /// <summary>The events are not those the checkpoint was signed for: some were changed, though sums and numbers agree.
    /// Where a segment is named, it is the first that begins with the wrong root: the change is in the one before it.</summary>
    RootMismatch,

    /// <summary>There are fewer events than the checkpoint was signed for, or a stretch of them is missing: deleted or cut off.</summary>
    EventsMissing,

    /// <summary>Events stand after the last one that a checkpoint was signed for: written since, or inserted.</summary>
    EventsUnsigned,

    /// <summary>A segment's header is damaged, or its name is not that of its first event.</summary>
    SegmentHeaderDamaged,

    /// <summary>A segment does not continue where the one before it ended: moved, doubled, or one is missing between them.</summary>
    SegmentOutOfOrder,

    /// <summary>A frame's length, checksum or bytes are damaged.</summary>
    FrameDamaged,

    /// <summary>The last segment ends in the middle of a batch that was never acknowledged; opening the ledger cuts it off.</summary>
    TornTail,

    /// <summary>A frame is whole but does not hold an event in canonical form.</summary>
    EventMalformed,

    /// <summary>An event's number is not the next one: moved, inserted, doubled, or one is missing before it.</summary>
    EventOutOfOrder,

    /// <summary>An event does not name the true event before it of the same document.</summary>
    ChainBroken,

    /// <summary>The ledger is smaller than a checkpoint the auditor kept, or does not extend it: rolled back or forked.</summary>
    HistoryRewritten,

    /// <summary>Fewer witnesses cosigned the checkpoint than were asked for.</summary>
    CheckpointUnwitnessed,
}

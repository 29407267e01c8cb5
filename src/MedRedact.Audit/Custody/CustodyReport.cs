using System.Collections.Immutable;

namespace MedRedact.Audit;

/// <summary>The chain of custody of one document.</summary>
/// <param name="Document">The document.</param>
/// <param name="Checkpoint">The signed checkpoint over the ledger.</param>
/// <param name="Links">Its events, in order.</param>
/// <param name="Findings">What is wrong with the ledger as a whole, whichever document it touches.</param>
public sealed record CustodyReport(DocumentId Document, AuditCheckpoint Checkpoint, ImmutableArray<CustodyLink> Links, ImmutableArray<AuditFinding> Findings)
{
    /// <summary>Whether every event names the one before it, and the ledger is what was signed.</summary>
    public bool IsWhole => Findings.IsEmpty && Links.All(link => link.Holds);
}

/// <summary>One event of a document, and how it hangs on the one before.</summary>
/// <param name="Record">The event.</param>
/// <param name="Leaf">The event as the ledger holds it, one line of JSON.</param>
/// <param name="State">What became of the link.</param>
public sealed record CustodyLink(AuditRecord Record, ReadOnlyMemory<byte> Leaf, CustodyLinkState State)
{
    /// <summary>Whether the link is as it must be.</summary>
    public bool Holds => State is CustodyLinkState.First or CustodyLinkState.Linked;
}

/// <summary>How an event of a document hangs on the one before.</summary>
public enum CustodyLinkState
{
    /// <summary>It names an event that is not there: one or more events before it are missing, or were moved.</summary>
    Missing = 0,

    /// <summary>It names the event before it by its number, and that event has another hash: it was changed.</summary>
    Changed,

    /// <summary>It names none, though the document has events before it.</summary>
    Unlinked,

    /// <summary>It is the document's first event, and names none.</summary>
    First,

    /// <summary>It names the event before it, by number and hash.</summary>
    Linked,
}

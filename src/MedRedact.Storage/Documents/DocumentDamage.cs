using MedRedact.Envelope;

namespace MedRedact.Storage;

/// <summary>One thing that is wrong with a stored document.</summary>
/// <param name="Document">The document.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Zone">In which zone.</param>
/// <param name="Name">With which object.</param>
/// <param name="Envelope">Where its envelope is damaged, for <see cref="DamageKind.EnvelopeDamaged"/>.</param>
public sealed record DocumentDamage(
    DocumentId Document, DamageKind Kind, StorageZone Zone, ObjectName Name, EnvelopeInspection? Envelope = null);

/// <summary>What is wrong with a stored document.</summary>
public enum DamageKind
{
    /// <summary>Objects lie there, but no commit record: the document was never committed, or its record was taken away.</summary>
    NoCommitRecord = 0,

    /// <summary>The commit record opens, but this key ring has not signed it for this document.</summary>
    NotSigned,

    /// <summary>An envelope does not open to its end.</summary>
    EnvelopeDamaged,

    /// <summary>A committed object is not there.</summary>
    ObjectMissing,

    /// <summary>An envelope opens, but it is not the committed one: it was exchanged for another of this document or for an older one.</summary>
    ObjectReplaced,

    /// <summary>An object lies there that was not committed.</summary>
    ObjectNotCommitted,
}

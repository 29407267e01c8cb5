using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>What a retention run came to. Ids, counts and codes only.</summary>
/// <param name="Trusted">The time that was trusted.</param>
/// <param name="Due">What became of each document of which something was due.</param>
/// <param name="Documents">How many documents were looked at.</param>
public sealed record RetentionReport(DateTimeOffset Trusted, ImmutableArray<RetentionDecision> Due, int Documents)
{
    /// <summary>How many decisions came out a certain way.</summary>
    /// <param name="outcome">The way.</param>
    /// <returns>The number.</returns>
    public int Count(RetentionOutcome outcome) => Due.Count(decision => decision.Outcome == outcome);
}

/// <summary>What became of a document of which something was due.</summary>
/// <param name="Document">The document.</param>
/// <param name="Zones">The zones that were due.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Code">Why it failed.</param>
public sealed record RetentionDecision(DocumentId Document, ImmutableArray<StorageZone> Zones, RetentionOutcome Outcome, FaultCode? Code = null);

/// <summary>What became of something that was due. The zero value deleted nothing.</summary>
public enum RetentionOutcome
{
    /// <summary>It could not be deleted; the code says why, and the next run tries again.</summary>
    Failed = 0,

    /// <summary>A legal hold covers it, or may cover it.</summary>
    Held,

    /// <summary>It would be deleted: this was a dry run.</summary>
    WouldBeDeleted,

    /// <summary>It was deleted, and a certificate says so.</summary>
    Deleted,
}

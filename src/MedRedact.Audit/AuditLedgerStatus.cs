using System.Collections.Immutable;

namespace MedRedact.Audit;

/// <summary>How an open ledger stands. Numbers, names and codes only: it may be logged.</summary>
/// <param name="Size">The events that are durable and in the tree.</param>
/// <param name="SignedSize">How many of them are under a signed and published checkpoint.</param>
/// <param name="WitnessedSize">How many are under one that enough witnesses cosigned; <see langword="null"/> without witnesses.</param>
/// <param name="Witnesses">What each witness answered when it was last asked.</param>
/// <param name="ReadAgain">How many events the pass of verification that is under way has read again.</param>
/// <param name="Damage">What reading again found, if it did: the ledger is then closed to appends.</param>
/// <param name="CheckpointFailure">Why the newest checkpoint could not be published, if it could not.</param>
public sealed record AuditLedgerStatus(
    long Size,
    long SignedSize,
    long? WitnessedSize,
    ImmutableArray<WitnessReport> Witnesses,
    long ReadAgain,
    AuditFinding? Damage,
    FaultCode? CheckpointFailure);

/// <summary>What a witness answered when it was last asked.</summary>
/// <param name="Name">The witness.</param>
/// <param name="Outcome">Its answer.</param>
public readonly record struct WitnessReport(string Name, WitnessOutcome Outcome);

using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Checks a ledger's folder with nothing but its public key. Reads only, takes no lock, and needs no part of the writer's state.</summary>
/// <remarks>What it cannot see by itself: a folder put back, whole, to an earlier state that was signed then, and a history rewritten by
/// someone who holds the signing key. Against both, keep a checkpoint elsewhere (an <see cref="ICheckpointStore"/> does) and give it as
/// <see cref="AuditVerificationOptions.KnownCheckpoint"/>; against the second, ask for the cosignatures of <see cref="AuditVerificationOptions.Witnesses"/>.</remarks>
public static class AuditLedgerVerifier
{
    /// <summary>Reads all of a ledger and reports everything that is wrong with it.</summary>
    /// <param name="folder">The ledger's folder.</param>
    /// <param name="publicKey">The ledger's public key, SubjectPublicKeyInfo of ECDSA P-256.</param>
    /// <param name="options">What else is expected.</param>
    /// <param name="cancellationToken">Stops between segments.</param>
    /// <returns>The report. A ledger that is being written to may show events that its next checkpoint will cover
    /// (<see cref="AuditFindingKind.EventsUnsigned"/>) and a batch that is being written (<see cref="AuditFindingKind.TornTail"/>).</returns>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: the folder cannot be read; <c>MR-AUD-007</c>: the key is not one of ECDSA P-256.</exception>
    public static Task<AuditVerificationReport> VerifyAsync(
        string folder,
        ReadOnlyMemory<byte> publicKey,
        AuditVerificationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Task.Run(() => Verify(new(folder, PhysicalFileOperations.Instance), publicKey, options ?? new(), cancellationToken), cancellationToken);
    }

    internal static AuditVerificationReport Verify(
        LedgerFolder folder, ReadOnlyMemory<byte> publicKey, AuditVerificationOptions options, CancellationToken cancellationToken)
    {
        try
        {
            CheckpointFile file = CheckpointFile.Read(folder, options.Origin, publicKey, options.FormerPublicKeys);
            AuditCheckpoint? trusted = file.Finding is null ? file.Checkpoint : null;
            var scan = new LedgerScan(folder, trusted, options.KnownCheckpoint, wholeEvents: true);
            if (file.Finding is { } finding)
                scan.Report(finding);
            if (options.KnownCheckpoint is { } known && file.Checkpoint is { } published && known.Origin != published.Origin)
                scan.Report(AuditFindingKind.OriginMismatch);
            if (options.Witnesses is { } witnesses && trusted is not null && !witnesses.IsMetBy(trusted))
                scan.Report(AuditFindingKind.CheckpointUnwitnessed);
            scan.Run(cancellationToken);
            return new(scan.Events, trusted, [.. scan.Findings], scan.HasMore);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
    }
}

/// <summary>What a verification expects besides the signature.</summary>
public sealed record AuditVerificationOptions
{
    /// <summary>The origin the ledger must bear; <see langword="null"/> accepts any.</summary>
    public string? Origin { get; init; }

    /// <summary>A checkpoint kept from an earlier visit (<see cref="AuditCheckpoint.Open(ReadOnlyMemory{byte}, ReadOnlyMemory{byte})"/>): the ledger must extend it.</summary>
    public AuditCheckpoint? KnownCheckpoint { get; init; }

    /// <summary>How many of which witnesses must have cosigned the checkpoint; <see langword="null"/> asks for none.</summary>
    public WitnessPolicy? Witnesses { get; init; }

    /// <summary>Public keys that were in use before the present one; a checkpoint signed with one of them is accepted.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> FormerPublicKeys { get; init; } = [];
}

/// <summary>What a verification found.</summary>
/// <param name="Events">How many events were read.</param>
/// <param name="Checkpoint">The checkpoint, where it could be trusted.</param>
/// <param name="Findings">Everything that is wrong, in the order of the files; at most a thousand.</param>
/// <param name="HasMore">Whether there was more to report than that.</param>
public sealed record AuditVerificationReport(long Events, AuditCheckpoint? Checkpoint, ImmutableArray<AuditFinding> Findings, bool HasMore)
{
    /// <summary>Whether every event is the one that was acknowledged, and all are under the checkpoint's signature.</summary>
    public bool IsIntact => Findings.IsEmpty && Checkpoint is not null;
}

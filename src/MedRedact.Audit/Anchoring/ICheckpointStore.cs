namespace MedRedact.Audit;

/// <summary>Keeps the newest checkpoint of each ledger outside the ledger's folder, and lets it only move on: what was put back or forked shows against it.</summary>
/// <remarks>Its worth is that who can write the ledger's folder cannot put this back as well: another disk, another machine, another account.
/// A ledger moves the store on before it publishes a checkpoint, so whatever was published is in the store. Implementations are thread-safe.</remarks>
public interface ICheckpointStore
{
    /// <summary>Finds the checkpoint of a ledger.</summary>
    /// <param name="origin">The ledger's name.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The signed note as it was put there, or <see langword="null"/> where none ever was.</returns>
    /// <exception cref="MedRedactException"><c>MR-AUD-010</c>: the store does not answer, or holds something else.</exception>
    ValueTask<ReadOnlyMemory<byte>?> FindAsync(string origin, CancellationToken cancellationToken = default);

    /// <summary>Puts a checkpoint in the place of another in one step, durably, if that other one, by size and root, is what the store holds now.</summary>
    /// <param name="origin">The ledger's name.</param>
    /// <param name="expected">What the store should hold; <see langword="null"/> for nothing.</param>
    /// <param name="replacement">What it shall hold; never smaller than <paramref name="expected"/>, and with the same root where it is of the same size.</param>
    /// <param name="cancellationToken">Honoured until the swap begins.</param>
    /// <returns>Whether <paramref name="replacement"/> is in the store; <see langword="false"/>: it holds another checkpoint than expected, and was left alone.</returns>
    /// <exception cref="MedRedactException"><c>MR-AUD-010</c>: the store does not answer; either checkpoint may be found there afterwards.</exception>
    ValueTask<bool> CompareAndSwapAsync(string origin, AuditCheckpoint? expected, AuditCheckpoint replacement, CancellationToken cancellationToken = default);
}

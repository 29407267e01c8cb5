using System.Collections.Immutable;

namespace MedRedact.Audit;

/// <summary>An outside party that cosigns checkpoints: it remembers the newest one of each ledger and signs the next only where that extends it. What it signed, the ledger's
/// keepers cannot take back, not even with the ledger's key.</summary>
/// <remarks>The contract is that of C2SP <a href="https://c2sp.org/tlog-witness">tlog-witness</a>. Implementations are thread-safe.</remarks>
public interface IWitness
{
    /// <summary>The key that its cosignatures are verified with.</summary>
    WitnessKey Key { get; }

    /// <summary>Asks for a cosignature.</summary>
    /// <param name="oldSize">The size of the newest checkpoint that the witness cosigned for this ledger, as far as the asker knows; 0 for none.</param>
    /// <param name="proof">The consistency proof (RFC 6962, 2.1.2) from there; empty where there is nothing to prove.</param>
    /// <param name="checkpoint">The signed note.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <returns>Cosignatures, or why there are none.</returns>
    /// <exception cref="MedRedactException"><c>MR-AUD-013</c>: the witness cannot be asked.</exception>
    ValueTask<WitnessAnswer> AddCheckpointAsync(
        long oldSize, ImmutableArray<Digest256> proof, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken = default);
}

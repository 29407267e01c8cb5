using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>What a ledger works with besides its folder and its key.</summary>
/// <param name="Operations">The file system.</param>
/// <param name="Time">The clock.</param>
/// <param name="Checkpoints">The checkpoint store, if there is one.</param>
/// <param name="Witnesses">The witnesses.</param>
/// <param name="EvidenceFolder">Where evidence of forks goes.</param>
internal sealed record LedgerSurroundings(
    IFileOperations Operations, TimeProvider Time, ICheckpointStore? Checkpoints, ImmutableArray<IWitness> Witnesses, string EvidenceFolder)
{
    public CheckpointAnchor? AnchorFor(NoteKey key, ISigner signer, ImmutableArray<ReadOnlyMemory<byte>> formerKeys) => Checkpoints is null
        ? null
        : new(Checkpoints, [signer.PublicKey, .. formerKeys], signer, key, new(EvidenceFolder, Operations), Time);

    public WitnessPanel? PanelFor(ProofBuilder proofs, AuditLedgerOptions options) => Witnesses.IsEmpty
        ? null
        : new(Witnesses, new(options.RequiredWitnesses ?? Witnesses.Length, Witnesses.Select(witness => witness.Key)), proofs, options.WitnessPatience, Time);
}

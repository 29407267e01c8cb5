namespace MedRedact.Audit;

/// <summary>What a ledger came to beside the checkpoint that the store holds.</summary>
/// <param name="Check"><see cref="EvidenceCheck.Verified"/>, <see cref="EvidenceCheck.RolledBack"/> or <see cref="EvidenceCheck.Forked"/>.</param>
/// <param name="Size">The ledger's size.</param>
/// <param name="Root">Its root.</param>
/// <param name="RootAtStored">Its root at the size of the stored checkpoint, where it is that large.</param>
internal readonly record struct ForkVerdict(EvidenceCheck Check, long Size, Digest256 Root, Digest256? RootAtStored)
{
    public static ForkVerdict Of(AuditCheckpoint stored, LedgerState state, ProofBuilder proofs)
    {
        (long size, Digest256 root) = state.Snapshot();
        if (stored.Size > size)
            return new(EvidenceCheck.RolledBack, size, root, null);

        Digest256 then = proofs.Root(stored.Size);
        return new(then == stored.Root ? EvidenceCheck.Verified : EvidenceCheck.Forked, size, root, then);
    }
}

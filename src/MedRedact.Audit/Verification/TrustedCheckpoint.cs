namespace MedRedact.Audit;

/// <summary>The published checkpoint of a folder, with the trusted key that signed it: where all reading with proofs begins.</summary>
internal readonly record struct TrustedCheckpoint(AuditCheckpoint Checkpoint, VerifierKey Signer)
{
    /// <exception cref="AuditLedgerException">There is none that one of the keys signed.</exception>
    public static TrustedCheckpoint Read(LedgerFolder folder, IEnumerable<VerifierKey> keys)
    {
        if (!folder.Operations.Exists(folder.Checkpoint))
            throw new AuditLedgerException(new(AuditFindingKind.CheckpointMissing));

        byte[]? note = folder.ReadAll(folder.Checkpoint, CheckpointFile.MaxSize);
        AuditCheckpoint? checkpoint = null;
        VerifierKey? signer = null;
        EvidenceCheck check = note is null ? EvidenceCheck.Malformed : AuditCheckpoint.Open(note, keys, out checkpoint, out signer);
        return checkpoint is not null && signer is not null
            ? new(checkpoint, signer)
            : throw new AuditLedgerException(new(check == EvidenceCheck.Malformed ? AuditFindingKind.CheckpointMalformed : AuditFindingKind.CheckpointSignatureInvalid));
    }
}

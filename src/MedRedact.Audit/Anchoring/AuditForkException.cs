namespace MedRedact.Audit;

/// <summary>The ledger is not the one whose checkpoint the store holds: put back, or continued from an earlier state by another writer. The message holds numbers only.</summary>
public sealed class AuditForkException : MedRedactException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="verdict"><see cref="EvidenceCheck.RolledBack"/> (<c>MR-AUD-008</c>) or <see cref="EvidenceCheck.Forked"/> (<c>MR-AUD-009</c>).</param>
    /// <param name="stored">The signed checkpoint that the store holds.</param>
    /// <param name="size">How many events the ledger has.</param>
    /// <param name="evidenceFile">The name of the file of evidence in the evidence folder, or <see langword="null"/> where none could be written.</param>
    public AuditForkException(EvidenceCheck verdict, AuditCheckpoint stored, long size, string? evidenceFile)
        : base(CodeOf(verdict), FormattableString.Invariant($"{Faults.Remedy(CodeOf(verdict))} The store speaks of {stored?.Size} events, the ledger has {size}."))
    {
        ArgumentNullException.ThrowIfNull(stored);
        (Verdict, Stored, Size, EvidenceFile) = (verdict, stored, size, evidenceFile);
    }

    /// <summary>What the ledger came to.</summary>
    public EvidenceCheck Verdict { get; }

    /// <summary>The signed checkpoint that the store holds.</summary>
    public AuditCheckpoint Stored { get; }

    /// <summary>How many events the ledger has.</summary>
    public long Size { get; }

    /// <summary>The name of the file of evidence (<see cref="ForkEvidence"/>) in the evidence folder, or <see langword="null"/> where none could be written.</summary>
    public string? EvidenceFile { get; }

    private static FaultCode CodeOf(EvidenceCheck verdict) => verdict == EvidenceCheck.RolledBack ? Faults.RolledBack : Faults.Forked;
}

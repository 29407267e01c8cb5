namespace MedRedact.Audit;

/// <summary>The ledger on disk is not what was acknowledged. The message names kind and place; it holds numbers only.</summary>
public sealed class AuditLedgerException : MedRedactException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="finding">What was found, and where.</param>
    public AuditLedgerException(AuditFinding finding)
        : base(Faults.Tampered, $"{Faults.Remedy(Faults.Tampered)} First finding: {finding}.") => Finding = finding;

    /// <summary>What was found first, and where.</summary>
    public AuditFinding Finding { get; }
}

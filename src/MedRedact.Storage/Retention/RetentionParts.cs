namespace MedRedact.Storage;

/// <summary>What retention works with; the owner of each disposes it.</summary>
/// <param name="Home">Where retention keeps its own files.</param>
/// <param name="Documents">The documents.</param>
/// <param name="Zones">Where their objects lie.</param>
/// <param name="Keys">Signs certificates.</param>
/// <param name="Audit">Records every step.</param>
/// <param name="LedgerTime">The time of the ledger.</param>
/// <param name="Holds">The legal holds.</param>
public sealed record RetentionParts(
    StorageHome Home, EncryptedFileStore Documents, IZoneStore Zones, IKeyProvider Keys, IAuditSink Audit, ILedgerTime LedgerTime, ILegalHolds Holds)
{
    /// <summary>The keys of documents. Without them bytes are erased and nothing is shredded, and certificates say so: copies of the files still open.</summary>
    public IObjectKeys? ObjectKeys { get; init; }

    /// <summary>The values behind tokens: those of a subject go with it. Where a host has tokens and names no vault here, values stay in it, closed.</summary>
    public ITokenVault? Vault { get; init; }

    /// <summary>Whose data a document is. Without it, a hold on any subject covers every document of the tenant.</summary>
    public IDocumentSubjects? Subjects { get; init; }
}

namespace MedRedact.Audit;

/// <summary>The last event of each document, so that the next one can name it. About 90 bytes a document. Not thread-safe.</summary>
internal sealed class DocumentChains
{
    private readonly Dictionary<DocumentId, AuditReceipt> _last = [];

    public AuditReceipt? Last(DocumentId document) => _last.TryGetValue(document, out AuditReceipt last) ? last : null;

    public void Extend(DocumentId document, AuditReceipt receipt) => _last[document] = receipt;
}

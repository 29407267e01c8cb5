namespace MedRedact.Audit;

/// <summary>The last event of each document in one segment, while it is being written or read. Not thread-safe.</summary>
internal sealed class DocumentTally
{
    private readonly Dictionary<DocumentId, AuditReceipt> _last = [];

    public int Count => _last.Count;

    public void Add(DocumentId document, AuditReceipt receipt) => _last[document] = receipt;

    /// <summary>The documents in the order of their identities, so that the same events always give the same bytes.</summary>
    public IEnumerable<KeyValuePair<DocumentId, AuditReceipt>> InOrder() => _last.OrderBy(each => each.Key.Value);

    public void Clear() => _last.Clear();
}

namespace MedRedact.Audit;

/// <summary>The last event of each document, so that the next one can name it: of the segments that have a seal from there, of the others in memory, about 90 bytes a document. Not thread-safe.</summary>
/// <param name="settled">The documents of sealed segments, if there are seals.</param>
internal sealed class DocumentChains(SealedDocuments? settled = null)
{
    private readonly Dictionary<DocumentId, AuditReceipt> _last = [];

    /// <exception cref="Durability.DurabilityException">A seal cannot be read.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: a seal is not what it was when the ledger opened.</exception>
    public AuditReceipt? Last(DocumentId document) => _last.TryGetValue(document, out AuditReceipt last) ? last : settled?.Last(document);

    public void Extend(DocumentId document, AuditReceipt receipt) => _last[document] = receipt;

    /// <summary>Lets go what a seal that is on disk says as well, or says later.</summary>
    public void Settle(SegmentSeal seal)
    {
        // Of a segment before one that was settled, whose seal was missing: its documents are in memory, or named by a later seal, and a later event must not be chained to an earlier one.
        if (seal.First <= settled?.LastSegment)
            return;

        bool isKept = settled?.TryAdd(seal) == true;
        for (int row = 0; row < seal.Documents; row++)
        {
            (DocumentId document, AuditReceipt last) = seal.Row(row);
            if (!isKept)
                _last[document] = _last.TryGetValue(document, out AuditReceipt known) && known.Sequence > last.Sequence ? known : last;
            else if (_last.TryGetValue(document, out AuditReceipt known) && known.Sequence <= last.Sequence)
                _last.Remove(document);
        }
    }
}

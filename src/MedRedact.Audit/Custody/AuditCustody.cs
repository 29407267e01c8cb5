using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Follows a document through a ledger. Every event of a document names the one before it by number and hash; here each link is checked by itself,
/// and the ledger as a whole under its signature. Takes no lock and no private key.</summary>
public static class AuditCustody
{
    /// <summary>Reads all of a ledger and follows one document.</summary>
    /// <param name="folder">The ledger's folder.</param>
    /// <param name="document">The document.</param>
    /// <param name="keys">The keys that the caller trusts.</param>
    /// <param name="cancellationToken">Stops between segments.</param>
    /// <returns>Its events and their links; also where the ledger is damaged, as far as it can be read. Events that no checkpoint covers yet are left out.</returns>
    /// <exception cref="AuditLedgerException"><c>MR-AUD-005</c>: no trusted key signed the checkpoint.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: the folder cannot be read.</exception>
    public static Task<CustodyReport> TraceAsync(string folder, DocumentId document, IEnumerable<VerifierKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Task.Run(() => Trace(new(folder, PhysicalFileOperations.Instance), document, keys, cancellationToken), cancellationToken);
    }

    internal static CustodyReport Trace(LedgerFolder folder, DocumentId document, IEnumerable<VerifierKey> keys, CancellationToken cancellationToken)
    {
        try
        {
            AuditCheckpoint checkpoint = TrustedCheckpoint.Read(folder, keys).Checkpoint;
            ImmutableArray<CustodyLink>.Builder links = ImmutableArray.CreateBuilder<CustodyLink>();
            var scan = new LedgerScan(folder, checkpoint, known: null, wholeEvents: true, (record, leaf) =>
            {
                if (record.Document == document && record.Sequence < checkpoint.Size)
                    links.Add(new(record, leaf.ToArray(), Judge(record, links.Count == 0 ? null : links[^1].Record)));
            });
            scan.Run(cancellationToken);
            return new(document, checkpoint, links.ToImmutable(), [.. scan.Findings.Where(found => found.Kind is not (AuditFindingKind.TornTail or AuditFindingKind.EventsUnsigned))]);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
    }

    private static CustodyLinkState Judge(AuditRecord record, AuditRecord? before) => (record.Previous, before) switch
    {
        (null, null) => CustodyLinkState.First,
        (null, _) => CustodyLinkState.Unlinked,
        ({ } named, { } found) when named.Sequence == found.Sequence => named.LeafHash == found.LeafHash ? CustodyLinkState.Linked : CustodyLinkState.Changed,
        _ => CustodyLinkState.Missing,
    };
}

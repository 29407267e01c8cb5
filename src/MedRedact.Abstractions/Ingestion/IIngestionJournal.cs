namespace MedRedact;

/// <summary>Makes a repeated request one request. Thread-safe; durable when a call returns.</summary>
public interface IIngestionJournal
{
    /// <summary>Begins a request, or finds what became of it. An unfinished request of a crashed process may be begun again.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="key">The caller's key.</param>
    /// <param name="body">A keyed digest of the bytes.</param>
    /// <param name="attempt">The identity that the document gets in this attempt, so that the next one can find what this one committed.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What to do.</returns>
    ValueTask<JournalEntry> BeginAsync(TenantId tenant, IdempotencyKey key, Digest256 body, DocumentId attempt, CancellationToken cancellationToken = default);

    /// <summary>Records what became of a request.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="key">The caller's key.</param>
    /// <param name="report">The report that a repetition gets.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    ValueTask CompleteAsync(TenantId tenant, IdempotencyKey key, IngestionReport report, CancellationToken cancellationToken = default);

    /// <summary>Gives a request up, so that the key can be used again.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="key">The caller's key.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    ValueTask AbandonAsync(TenantId tenant, IdempotencyKey key, CancellationToken cancellationToken = default);
}

/// <summary>What the journal knows of a request. A <c>switch</c> over it treats an unknown case as a conflict.</summary>
public abstract record JournalEntry
{
    private JournalEntry()
    {
    }

    /// <summary>The request is new, or its first attempt died: go on.</summary>
    /// <param name="Interrupted">The document of the attempt that died, which may have got as far as being committed.</param>
    public sealed record Fresh(DocumentId? Interrupted = null) : JournalEntry;

    /// <summary>The request was answered.</summary>
    /// <param name="Report">The first answer.</param>
    public sealed record Completed(IngestionReport Report) : JournalEntry;

    /// <summary>The key was used with other bytes, or is being used at this moment.</summary>
    public sealed record Conflict : JournalEntry;
}

using System.Collections.Immutable;

namespace MedRedact;

/// <summary>The keys between a zone's wrapping key and the data keys of objects: one for each document and zone. Destroying one closes everything that was sealed under
/// it, wherever copies of it lie. Thread-safe; durable when a call returns.</summary>
public interface IObjectKeys
{
    /// <summary>Puts a document's keys under the key of its subject, so that destroying that one closes the document too. Keys that are made for the document later are
    /// put under it as well; those of zone proofs never are, since evidence outlives the data it is about (45 CFR 164.316(b)(2)(i)). Binding again to the same subject
    /// changes nothing; a document whose subject's key was destroyed stays closed.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="document">The document.</param>
    /// <param name="subject">Whose data it is.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="MedRedactException">The keys cannot be read or written.</exception>
    ValueTask BindAsync(TenantId tenant, DocumentId document, SubjectId subject, CancellationToken cancellationToken = default);

    /// <summary>Finds the documents that are under the key of a subject: what its destruction would close.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The documents, in no particular order, or <see langword="null"/> where the subject has no key: once it is destroyed nothing tells whose they were.</returns>
    /// <exception cref="MedRedactException">The keys cannot be read.</exception>
    ValueTask<ImmutableArray<DocumentId>?> FindDocumentsAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default);

    /// <summary>Destroys the keys of a document, in one zone or in all. What is sealed for it afterwards gets new keys, which open nothing old.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="document">The document.</param>
    /// <param name="zone">The zone, or <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many keys there were.</returns>
    /// <exception cref="MedRedactException">The keys cannot be written; none counts as destroyed then.</exception>
    ValueTask<int> ShredDocumentAsync(TenantId tenant, DocumentId document, StorageZone? zone, CancellationToken cancellationToken = default);

    /// <summary>Destroys the key of a subject, and with it every key that was put under it, however many documents there are; nothing brings those back, not even the
    /// subject's return. Asks nobody: holds, the ledger and the vault's rows are the caller's to look after.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="subject">The subject. A document of it that comes later gets a new key.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="MedRedactException">The keys cannot be written; none counts as destroyed then.</exception>
    ValueTask<bool> ShredSubjectAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default);

    /// <summary>Makes earlier copies of the keys worthless: puts every key that is left under a new secret and destroys the one before. To be called after a round of
    /// destructions; a call that was interrupted is finished by the next.</summary>
    /// <param name="cancellationToken">Stops the call; what was done stays done.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="MedRedactException">The keys cannot be read or written; they open as before then.</exception>
    ValueTask<KeyTurn> TurnAsync(CancellationToken cancellationToken = default);
}

/// <summary>What a turn did.</summary>
/// <param name="Moved">How many keys were put under a new secret.</param>
/// <param name="ClosesCopies">Whether copies of the keys from before open nothing from now on. Not so where whatever wraps the secrets was not replaced this time.</param>
public sealed record KeyTurn(int Moved, bool ClosesCopies);

namespace MedRedact;

/// <summary>Zones apart, each under its own wrapping key.</summary>
public enum StorageZone
{
    /// <summary>What arrived, sealed; nothing else has opened it.</summary>
    Quarantine = 0,

    /// <summary>Clean pages and text.</summary>
    Redacted,

    /// <summary>Extracted records.</summary>
    Structured,

    /// <summary>Sealed values behind tokens.</summary>
    Tokens,

    /// <summary>Manifests and salts.</summary>
    Proofs,
}

/// <summary>The address of an object.</summary>
/// <param name="Zone">Its zone.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Document">The document it belongs to.</param>
/// <param name="Name">Its name within the document.</param>
public sealed record ZoneObject(StorageZone Zone, TenantId Tenant, DocumentId Document, ObjectName Name);

/// <summary>Keeps envelopes in zones. Thread-safe.</summary>
public interface IZoneStore
{
    /// <summary>Stores an envelope: durable on return, atomic, replacing one of the same address.</summary>
    /// <param name="target">Its address.</param>
    /// <param name="envelope">Read to its end and left open.</param>
    /// <param name="cancellationToken">Stops the call; nothing is visible then.</param>
    /// <returns>A task that ends when it is durable.</returns>
    ValueTask PutAsync(ZoneObject target, Stream envelope, CancellationToken cancellationToken = default);

    /// <summary>Opens an envelope.</summary>
    /// <param name="target">Its address.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A seekable stream, or <see langword="null"/> where there is none; the caller disposes it.</returns>
    ValueTask<Stream?> OpenAsync(ZoneObject target, CancellationToken cancellationToken = default);

    /// <summary>Erases an envelope.</summary>
    /// <param name="target">Its address.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether there was one.</returns>
    ValueTask<bool> EraseAsync(ZoneObject target, CancellationToken cancellationToken = default);

    /// <summary>Lists what a zone holds.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="document">Of one document only.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Addresses in no particular order.</returns>
    IAsyncEnumerable<ZoneObject> ListAsync(StorageZone zone, TenantId tenant, DocumentId? document, CancellationToken cancellationToken = default);
}

/// <summary>Keeps redacted documents. A document becomes visible only when it is committed. Thread-safe.</summary>
public interface IRedactedDocumentStore
{
    /// <summary>Starts a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A writer; disposing it without a commit leaves nothing behind.</returns>
    ValueTask<IRedactedDocumentWriter> BeginAsync(DocumentId document, TenantId tenant, CancellationToken cancellationToken = default);

    /// <summary>Finds the report that a document was committed with.</summary>
    /// <param name="document">The document.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The report, or <see langword="null"/> where the document was not committed.</returns>
    ValueTask<IngestionReport?> FindReportAsync(DocumentId document, TenantId tenant, CancellationToken cancellationToken = default);
}

/// <summary>Writes one document. Not thread-safe.</summary>
public interface IRedactedDocumentWriter : IAsyncDisposable
{
    /// <summary>Writes a clean page: its pixels and its text.</summary>
    /// <param name="page">Borrowed for the call; nothing earlier than a redacted page fits.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The SHA-256 of the encoded image, for the manifest.</returns>
    ValueTask<Digest256> WriteAsync(RedactedPage page, CancellationToken cancellationToken = default);

    /// <summary>Writes a further artefact, such as the clinical record or the manifest.</summary>
    /// <param name="zone">Where it goes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes its bytes, clean, or sealed in <see cref="StorageZone.Proofs"/>, to a stream that lives during the call and stays
    /// open; called once. What is written of a long document is never in memory as a whole.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The SHA-256 of the bytes, when they are staged.</returns>
    ValueTask<Digest256> WriteArtifactAsync(StorageZone zone, ObjectName name, Func<Stream, ValueTask> write, CancellationToken cancellationToken = default);

    /// <summary>Writes a further artefact that is in memory.</summary>
    /// <param name="zone">Where it goes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its bytes: clean, or sealed in <see cref="StorageZone.Proofs"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The SHA-256 of the bytes, when they are staged.</returns>
    ValueTask<Digest256> WriteArtifactAsync(StorageZone zone, ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        WriteArtifactAsync(zone, name, stream => stream.WriteAsync(content, cancellationToken), cancellationToken);

    /// <summary>Makes the document visible: durable and atomic over all zones.</summary>
    /// <param name="report">The report, stored with it.</param>
    /// <param name="cancellationToken">Not observed once the commit has begun.</param>
    /// <returns>A task that ends when it is durable.</returns>
    ValueTask CommitAsync(IngestionReport report, CancellationToken cancellationToken = default);
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.Testing;

/// <summary>A redacted document as it was committed.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Pages">Clean text and clean pixels of each page.</param>
/// <param name="Artifacts">Further artefacts by zone and name.</param>
/// <param name="Report">The report it was committed with.</param>
public sealed record CommittedDocument(
    TenantId Tenant, ImmutableArray<CommittedPage> Pages, ImmutableDictionary<(StorageZone Zone, ObjectName Name), byte[]> Artifacts, IngestionReport Report);

/// <summary>A clean page as it was written.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Text">Its clean text.</param>
/// <param name="Size">Its size.</param>
/// <param name="Pixels">A copy of its clean pixels, as its raster held them.</param>
/// <param name="Marks">What was done where.</param>
public sealed record CommittedPage(PageNumber Number, string Text, PageSize Size, byte[] Pixels, ImmutableArray<RedactionMark> Marks);

/// <summary>Keeps committed documents in memory; what was not committed is not there. Thread-safe.</summary>
public sealed class InMemoryDocumentStore : IRedactedDocumentStore
{
    private readonly ConcurrentDictionary<DocumentId, CommittedDocument> _documents = new();

    /// <summary>What was committed.</summary>
    public IReadOnlyDictionary<DocumentId, CommittedDocument> Documents => _documents;

    /// <inheritdoc/>
    public ValueTask<IRedactedDocumentWriter> BeginAsync(DocumentId document, TenantId tenant, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IRedactedDocumentWriter>(new Writer(_documents, document, tenant));
    }

    /// <inheritdoc/>
    public ValueTask<IngestionReport?> FindReportAsync(DocumentId document, TenantId tenant, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_documents.TryGetValue(document, out CommittedDocument? found) && found.Tenant == tenant ? found.Report : null);

    private sealed class Writer(ConcurrentDictionary<DocumentId, CommittedDocument> documents, DocumentId document, TenantId tenant) : IRedactedDocumentWriter
    {
        private readonly ImmutableArray<CommittedPage>.Builder _pages = ImmutableArray.CreateBuilder<CommittedPage>();
        private readonly ImmutableDictionary<(StorageZone, ObjectName), byte[]>.Builder _artifacts = ImmutableDictionary.CreateBuilder<(StorageZone, ObjectName), byte[]>();
        private bool _ended;

        public ValueTask<Digest256> WriteAsync(RedactedPage page, CancellationToken cancellationToken = default)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            cancellationToken.ThrowIfCancellationRequested();
            byte[] pixels = page.Raster.Pixels.ToArray();
            _pages.Add(new CommittedPage(page.Number, page.Text.Text.Value, page.OriginalSize, pixels, page.Marks));
            return ValueTask.FromResult(Digest256.From(SHA256.HashData(pixels)));
        }

        public async ValueTask<Digest256> WriteArtifactAsync(
            StorageZone zone, ObjectName name, Func<Stream, ValueTask> write, CancellationToken cancellationToken = default)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            cancellationToken.ThrowIfCancellationRequested();
            using var content = new MemoryStream();
            await write(content);
            byte[] bytes = content.ToArray();
            _artifacts[(zone, name)] = bytes;
            return Digest256.From(SHA256.HashData(bytes));
        }

        public ValueTask CommitAsync(IngestionReport report, CancellationToken cancellationToken = default)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            cancellationToken.ThrowIfCancellationRequested();
            _ended = true;
            documents[document] = new CommittedDocument(tenant, _pages.ToImmutable(), _artifacts.ToImmutable(), report);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            _ended = true;
            return ValueTask.CompletedTask;
        }
    }
}

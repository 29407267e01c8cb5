using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MedRedact.Storage;

/// <summary>Writes one document. Objects go to their zones at once, sealed; nothing shows them before the commit record does.</summary>
internal sealed class EncryptedDocumentWriter(EncryptedFileStore store, DocumentInFlight document) : IRedactedDocumentWriter
{
    private readonly List<CommittedObject> _written = [];
    private readonly HashSet<(StorageZone Zone, ObjectName Name)> _names = [(StorageZone.Proofs, CommitRecord.Name)];
    private bool _failed;
    private bool _committed;
    private bool _disposed;

    public async ValueTask<Digest256> WriteAsync(RedactedPage page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (page.DocumentId != document.Document)
            throw new ArgumentException("The page belongs to another document.", nameof(page));

        string name = string.Create(CultureInfo.InvariantCulture, $"page-{page.Number.Value:0000}");
        Digest256 image = await PutAsync(
            StorageZone.Redacted, new ObjectName($"{name}.{Extension}"), stream => store.Encoder.EncodeAsync(page.Raster, stream, cancellationToken), cancellationToken);

        byte[] text = Encoding.UTF8.GetBytes(page.Text.Text.Value);
        await PutAsync(StorageZone.Redacted, new ObjectName($"{name}.txt"), stream => stream.WriteAsync(text, cancellationToken), cancellationToken);

        byte[] layout = JsonSerializer.SerializeToUtf8Bytes(PageFields.Of(page), StorageJson.Default.PageFields);
        await PutAsync(StorageZone.Redacted, new ObjectName($"{name}.json"), stream => stream.WriteAsync(layout, cancellationToken), cancellationToken);
        return image;
    }

    public async ValueTask<Digest256> WriteArtifactAsync(
        StorageZone zone, ObjectName name, Func<Stream, ValueTask> write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (zone is not (StorageZone.Redacted or StorageZone.Structured or StorageZone.Proofs))
            throw new ArgumentOutOfRangeException(nameof(zone), "A document lies in the zones redacted, structured and proofs.");

        return await PutAsync(zone, name, write, cancellationToken);
    }

    public async ValueTask CommitAsync(IngestionReport report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        Demand();
        cancellationToken.ThrowIfCancellationRequested();
        if (report.Document != document.Document)
            throw new ArgumentException("The report belongs to another document.", nameof(report));

        _failed = true;
        await store.CommitAsync(document, new CommitRecord(document.Document, document.Tenant, store.Now, [.. _written], report));
        _failed = false;
        _committed = true;
        ForgetIfPossible();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed || _committed)
            return;

        _disposed = true;
        try
        {
            await store.EraseObjectsAsync(document);
            store.Forget(document);
        }
        catch (MedRedactException)
        {
            // The note stays, and the next process that uses the store finishes this. The caller has its own fault to report.
        }
    }

    private string Extension => store.Encoder.MediaType.Value switch
    {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/tiff" => "tif",
        _ => "img",
    };

    private async ValueTask<Digest256> PutAsync(StorageZone zone, ObjectName name, Func<Stream, ValueTask> write, CancellationToken cancellationToken)
    {
        Demand();
        if (!_names.Add((zone, name)))
            throw Faults.Refuse(Faults.NameTaken);

        // A document of which an object is missing must not be committed, whatever its writer makes of the fault.
        _failed = true;
        (CommittedObject put, Digest256 plaintext) =
            await store.Objects.PutAsync(new ZoneObject(zone, document.Tenant, document.Document, name), write, cancellationToken);
        _written.Add(put);
        _failed = false;
        return plaintext;
    }

    private void Demand()
    {
        if (_failed || _committed || _disposed)
            throw Faults.Refuse(Faults.WriterEnded);
    }

    private void ForgetIfPossible()
    {
        try
        {
            store.Forget(document);
        }
        catch (MedRedactException)
        {
            // Committed is committed: a note that stays behind is settled by the next sweep.
        }
    }
}

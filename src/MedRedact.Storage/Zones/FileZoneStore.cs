using System.Runtime.CompilerServices;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>Keeps envelopes as files, in a folder a zone, a folder a tenant in it, and a folder a document in that.</summary>
/// <remarks>A file appears whole under its name, or not at all; when <see cref="PutAsync"/> returns, it and the names of its folders are on disk.
/// Nothing but envelopes is written, and no name says more than the ids do. Thread-safe; several processes may share a home.</remarks>
/// <param name="home">Where the zones lie.</param>
public sealed class FileZoneStore(StorageHome home) : IZoneStore
{
    private readonly ZonePaths _paths = new(home.Folder);
    private readonly DurableFolders _folders = new(home.Operations);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.StorageFailed"/>; nothing is visible then, unless the disk failed after the file
    /// had got its name.</exception>
    public async ValueTask PutAsync(ZoneObject target, Stream envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        string path = _paths.FileOf(target);
        try
        {
            _folders.Ensure(Path.GetDirectoryName(path)!, _paths.Root);
            using AtomicFile file = AtomicFile.Create(path, home.Operations, home.Staging);
            await envelope.CopyToAsync(file.Content, cancellationToken);
            await file.CommitAsync(replace: true, cancellationToken);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.StorageFailed, fault);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenAsync(ZoneObject target, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = _paths.FileOf(target);
        try
        {
            return new(new FileHandleStream(home.Operations.Open(path, FileOpening.Read)));
        }
        catch (DurabilityException fault) when (fault.Fault == DurabilityFault.NotFound)
        {
            return new((Stream?)null);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.StorageFailed, fault);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> EraseAsync(ZoneObject target, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = _paths.FileOf(target);
        return new(StorageHome.Guard(() =>
        {
            if (!home.Operations.Exists(path))
                return false;

            home.Operations.Delete(path);
            home.Operations.SyncDirectory(Path.GetDirectoryName(path)!);
            return true;
        }));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ZoneObject> ListAsync(
        StorageZone zone, TenantId tenant, DocumentId? document, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask;
        foreach (DocumentId each in document is { } one ? [one] : Documents(zone, tenant))
        {
            foreach (FileEntry entry in List(_paths.FolderOf(zone, tenant, each)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!entry.IsDirectory && ZonePaths.TryObject(entry.Name, out ObjectName name))
                    yield return new ZoneObject(zone, tenant, each, name);
            }
        }
    }

    private IEnumerable<DocumentId> Documents(StorageZone zone, TenantId tenant)
    {
        foreach (FileEntry entry in List(_paths.FolderOf(zone, tenant)))
        {
            if (entry.IsDirectory && ZonePaths.TryDocument(entry.Name, out DocumentId document))
                yield return document;
        }
    }

    private IReadOnlyList<FileEntry> List(string folder) =>
        StorageHome.Guard(() => home.Operations.Exists(folder) ? home.Operations.List(folder) : []);
}

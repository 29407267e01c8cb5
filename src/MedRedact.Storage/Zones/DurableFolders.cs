using System.Collections.Concurrent;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>Folders whose names are known to be on disk.</summary>
/// <remarks>That a folder exists says nothing: another thread may just have made it, or a process that died before it synced the name. So each
/// folder's name is synced once by this process, and callers that come meanwhile wait for it.</remarks>
internal sealed class DurableFolders(IFileOperations operations)
{
    private const int Remembered = 4096;
    private readonly ConcurrentDictionary<string, Lazy<bool>> _known = new(StringComparer.Ordinal);

    public void Ensure(string folder, string root)
    {
        if (_known.Count > Remembered)
            _known.Clear();

        var ensuring = _known.GetOrAdd(folder, path => new Lazy<bool>(() => Make(path, root)));
        try
        {
            _ = ensuring.Value;
        }
        catch
        {
            // A failure is not remembered: the next caller tries again.
            _known.TryRemove(new(folder, ensuring));
            throw;
        }
    }

    private bool Make(string folder, string root)
    {
        string parent = Path.GetDirectoryName(folder)!;
        if (folder == root)
            DurableDirectory.Create(parent, operations);
        else
            Ensure(parent, root);

        operations.CreateDirectory(folder);
        operations.SyncDirectory(parent);
        return true;
    }
}

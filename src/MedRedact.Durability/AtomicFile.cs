using System.Security.Cryptography;

namespace MedRedact.Durability;

/// <summary>Writes a file beside its final name and moves it there once it is on disk: readers, and the next start after a power cut,
/// find the old file or the whole new one.</summary>
/// <remarks>Disposing without <see cref="Commit"/> leaves nothing behind. After a crash a temporary file may remain; its name is random
/// and says nothing, its mode is 0600, and <see cref="SweepTemporaries"/> removes it. Not thread-safe.</remarks>
public sealed class AtomicFile : IDisposable
{
    private const string Prefix = ".tmp-";

    private readonly IFileOperations _operations;
    private readonly IFileHandle _file;
    private readonly AtomicFileStream _content;
    private readonly string _target;
    private readonly string _temporary;
    private bool _closed;
    private bool _settled;

    private AtomicFile(string target, string temporary, IFileHandle file, IFileOperations operations)
    {
        _target = target;
        _temporary = temporary;
        _file = file;
        _operations = operations;
        _content = new AtomicFileStream(file);
    }

    /// <summary>Where the content is written, from first byte to last. Buffered, write-only; it belongs to this object.</summary>
    public Stream Content => _content;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its final name, in a folder that exists.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <param name="stagingFolder">Where the temporary file lies, on the same volume; by default the folder of the final name. One folder
    /// for many targets makes what a crash leaves easy to find.</param>
    /// <returns>The file; commit it, then dispose it.</returns>
    /// <exception cref="DurabilityException">The temporary file cannot be created.</exception>
    public static AtomicFile Create(string path, IFileOperations? operations = null, string? stagingFolder = null)
    {
        operations ??= PhysicalFileOperations.Instance;
        path = Path.GetFullPath(path);
        stagingFolder = stagingFolder is null ? DurableDirectory.ParentOf(path) : Path.GetFullPath(stagingFolder);
        string temporary = Path.Combine(stagingFolder, Prefix + RandomNumberGenerator.GetHexString(32, lowercase: true));
        return new AtomicFile(path, temporary, operations.Open(temporary, FileOpening.CreateNew), operations);
    }

    /// <summary>Writes a whole file durably, replacing one of that name.</summary>
    /// <param name="path">Its final name, in a folder that exists.</param>
    /// <param name="content">All of its bytes.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <exception cref="DurabilityException">A step failed; see <see cref="Commit"/>.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, IFileOperations? operations = null)
    {
        using AtomicFile file = Create(path, operations);
        file.Content.Write(content);
        file.Commit();
    }

    /// <summary>Puts the file on disk, then under its final name, then waits until the name is on disk. Called once.</summary>
    /// <param name="replace">Whether a file of that name is replaced; otherwise it is <see cref="DurabilityFault.AlreadyExists"/>.</param>
    /// <exception cref="DurabilityException">A step failed. Unless that was <see cref="FileOperation.SyncDirectory"/> the file is not visible;
    /// after that step either state may be found on the next start.</exception>
    public void Commit(bool replace = true)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        try
        {
            _content.Flush();
            _file.Sync();
            Close();
            _operations.Rename(_temporary, _target, replace);
            _settled = true;
            _operations.SyncDirectory(DurableDirectory.ParentOf(_target));
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary><see cref="Commit"/> off the caller's thread, because the disk may take its time.</summary>
    /// <param name="replace">Whether a file of that name is replaced.</param>
    /// <param name="cancellationToken">Honoured until the commit begins.</param>
    /// <returns>Completes when the file is durable under its final name.</returns>
    public Task CommitAsync(bool replace = true, CancellationToken cancellationToken = default) =>
        Task.Run(() => Commit(replace), cancellationToken);

    /// <summary>Removes what crashed writers left in a folder. Call it while holding the folder's lock and no writer is at work.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <exception cref="DurabilityException">The folder cannot be listed or a file not deleted.</exception>
    public static void SweepTemporaries(string directory, IFileOperations? operations = null)
    {
        operations ??= PhysicalFileOperations.Instance;
        foreach (FileEntry entry in operations.List(directory))
        {
            if (!entry.IsDirectory && IsTemporary(entry.Name))
                operations.Delete(Path.Combine(directory, entry.Name));
        }
    }

    /// <summary>Says whether a name is one of a file that was never committed.</summary>
    /// <param name="name">The name, without its folder.</param>
    /// <returns>Whether it is; listings skip such names.</returns>
    public static bool IsTemporary(ReadOnlySpan<char> name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Drops what was not committed. Never throws because of the disk: a file that cannot be deleted is swept later.</summary>
    public void Dispose()
    {
        Close();
        if (_settled)
            return;

        _settled = true;
        try
        {
            _operations.Delete(_temporary);
        }
        catch (DurabilityException)
        {
            // The commit did not happen either way, and its own fault is the one to report.
        }
    }

    private void Close()
    {
        if (_closed)
            return;
        _closed = true;
        _content.Dispose();
        _file.Dispose();
    }
}

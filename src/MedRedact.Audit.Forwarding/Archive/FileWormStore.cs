using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MedRedact.Durability;

namespace MedRedact.Audit.Forwarding;

/// <summary>Keeps write-once objects in a folder: each a read-only file that no call of this store replaces, with its retention in a small file beside it.</summary>
/// <remarks>One store a folder at a time. It keeps objects from mistakes of programs, not from who owns the files. For more, mount a volume that locks them, or use a bucket with object lock.</remarks>
public sealed class FileWormStore : IWormStore
{
    private readonly string _objects;
    private readonly string _retentions;
    private readonly IFileOperations _operations;
    private readonly Lock _gate = new();
    private bool _isPrepared;

    /// <summary>Names a folder.</summary>
    /// <param name="folder">The folder; made when it is missing, for its owner alone.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    public FileWormStore(string folder, IFileOperations? operations = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        folder = Path.GetFullPath(folder);
        (_objects, _retentions, _operations) = (Path.Combine(folder, "objects"), Path.Combine(folder, "retention"), operations ?? PhysicalFileOperations.Instance);
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><c>MR-FWD-007</c>: the disk failed.</exception>
    public ValueTask<WormOutcome> PutAsync(ObjectName name, ReadOnlyMemory<byte> content, DateTimeOffset until, CancellationToken cancellationToken = default) => RunAsync(
        () =>
        {
            Prepare();
            string path = ObjectPath(name);
            if (!_operations.Exists(path))
            {
                // The retention first: an object is never there without one. Left behind by a crash, it is of no object.
                Lengthen(name, until);
                try
                {
                    using AtomicFile file = AtomicFile.Create(path, _operations);
                    file.Content.Write(content.Span);
                    file.Commit(replace: false);
                    Protect(path);
                    return WormOutcome.Written;
                }
                catch (DurabilityException taken) when (taken.Fault == DurabilityFault.AlreadyExists)
                {
                    // Another writer was faster.
                }
            }

            // Who wrote it may have gone before the name was on disk.
            _operations.SyncDirectory(_objects);
            if (Retention(name) is null)
                Lengthen(name, until);
            return Read(path).AsSpan().SequenceEqual(content.Span) ? WormOutcome.AlreadyThere : WormOutcome.Differs;
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><c>MR-FWD-007</c>: the disk failed.</exception>
    public ValueTask<Stream?> OpenAsync(ObjectName name, CancellationToken cancellationToken = default) => RunAsync<Stream?>(
        () => _operations.Exists(ObjectPath(name)) ? new MemoryStream(Read(ObjectPath(name)), writable: false) : null, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><c>MR-FWD-007</c>: the disk failed.</exception>
    public ValueTask<DateTimeOffset?> FindRetentionAsync(ObjectName name, CancellationToken cancellationToken = default) =>
        RunAsync(() => _operations.Exists(ObjectPath(name)) ? Retention(name) : null, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><c>MR-FWD-007</c>: the disk failed.</exception>
    public ValueTask<bool> ExtendAsync(ObjectName name, DateTimeOffset until, CancellationToken cancellationToken = default) => RunAsync(
        () =>
        {
            if (!_operations.Exists(ObjectPath(name)))
                return false;
            Lengthen(name, until);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><c>MR-FWD-007</c>: the disk failed.</exception>
    public async IAsyncEnumerable<ObjectName> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<FileEntry> entries = await RunAsync(() => _operations.Exists(_objects) ? _operations.List(_objects) : [], cancellationToken);
        foreach (string name in entries.Where(entry => !entry.IsDirectory && !AtomicFile.IsTemporary(entry.Name)).Select(entry => entry.Name).Order(StringComparer.Ordinal))
        {
            // What somebody else put there under a name that this store gives to none is not one of its objects.
            if (TryName(name) is { } known)
                yield return known;
        }
    }

    private static ObjectName? TryName(string name)
    {
        try
        {
            return new ObjectName(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private async ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(
                () =>
                {
                    lock (_gate)
                        return work();
                },
                cancellationToken);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.Storage, fault);
        }
    }

    private void Prepare()
    {
        if (_isPrepared)
            return;

        DurableDirectory.Create(_objects, _operations);
        DurableDirectory.Create(_retentions, _operations);
        _isPrepared = true;
    }

    private static void Protect(string path)
    {
        // A simulated disk has no such file; on a real one this can only fail where modes mean nothing.
        if (!OperatingSystem.IsWindows() && File.Exists(path))
            File.SetUnixFileMode(path, UnixFileMode.UserRead);
    }

    private string ObjectPath(ObjectName name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name.Value, nameof(name));
        return Path.Combine(_objects, name.Value[0] == '.' ? throw new ArgumentException("A name that begins with a full stop is one of a folder's own.", nameof(name)) : name.Value);
    }

    private void Lengthen(ObjectName name, DateTimeOffset until)
    {
        if (Retention(name) is not { } present || present < until)
            AtomicFile.Write(Path.Combine(_retentions, name.Value), Encoding.ASCII.GetBytes(until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) + "\n"), _operations);
        else
            _operations.SyncDirectory(_retentions);
    }

    private DateTimeOffset? Retention(ObjectName name)
    {
        string path = Path.Combine(_retentions, name.Value);
        return _operations.Exists(path)
            && DateTimeOffset.TryParseExact(Encoding.ASCII.GetString(Read(path)).TrimEnd('\n'), "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset until)
                ? until
                : null;
    }

    private byte[] Read(string path) => _operations.ReadWhole(path, Array.MaxLength) ?? throw new DurabilityException(FileOperation.Read, DurabilityFault.Io);
}

namespace MedRedact.Durability.Simulation;

/// <summary>What goes wrong at one operation.</summary>
public enum DiskFault
{
    /// <summary>The operation fails with EIO; a failed sync loses what it should have saved.</summary>
    Io,

    /// <summary>The operation fails with ENOSPC.</summary>
    NoSpace,

    /// <summary>A write stores half of its bytes, then fails with ENOSPC; anything else fails with EIO.</summary>
    ShortWrite,

    /// <summary>The power goes: this and every later operation throws <see cref="PowerCutException"/>.</summary>
    PowerCut,

    /// <summary>The operation takes effect, then the power goes: the caller never learns that it did.</summary>
    PowerCutAfter,
}

/// <summary>The machine is off. Not a durability fault: no code may handle it.</summary>
public sealed class PowerCutException : Exception;

/// <summary>A disk in memory that keeps apart what readers see and what is safe, fails its k-th operation on request,
/// and says what a power cut would leave.</summary>
public sealed class SimulatedDisk : IFileOperations
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _locks = [];
    private SimulatedFolder _root = new();
    private long _failAt;
    private DiskFault _fault;
    private bool _off;

    /// <summary>How many operations were asked for since <see cref="FailAt"/>.</summary>
    public long Operations { get; private set; }

    /// <summary>Whether the fault asked for has struck.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The number of successful syncs of files.</summary>
    public int FileSyncs { get; private set; }

    /// <summary>Lets the k-th operation from now on, counted from 1, fail; 0 lets none.</summary>
    public void FailAt(long k, DiskFault fault)
    {
        lock (_gate)
            (_failAt, _fault, Operations, HasFailed) = (k, fault, 0, false);
    }

    /// <summary>What a machine finds that starts again after a power cut at this moment.</summary>
    public SimulatedDisk AfterPowerCut(Survival survival)
    {
        lock (_gate)
            return new SimulatedDisk { _root = _root.AfterPowerCut(survival) };
    }

    /// <summary>A file's bytes, as readers see them.</summary>
    public byte[] ReadAllBytes(string path)
    {
        lock (_gate)
            return (byte[])File(path, FileOperation.Read).Content.Clone();
    }

    /// <summary>Puts a file there, durably, past all faults: a tamperer at work.</summary>
    public void Plant(string path, byte[] bytes)
    {
        lock (_gate)
        {
            (SimulatedFolder folder, string name) = Locate(path, FileOperation.Open, create: true);
            folder.Apply(new(name, name, SimulatedFile.Of(bytes)));
            folder.Sync();
        }
    }

    /// <summary>Removes a file, durably, past all faults.</summary>
    public void Remove(string path)
    {
        lock (_gate)
        {
            (SimulatedFolder folder, string name) = Locate(path, FileOperation.Delete);
            folder.Apply(new(name, null, null));
            folder.Sync();
        }
    }

    /// <inheritdoc/>
    public IFileHandle Open(string path, FileOpening opening) => Run<IFileHandle>(FileOperation.Open, () =>
    {
        (SimulatedFolder folder, string name) = Locate(path, FileOperation.Open);
        if (opening is not FileOpening.CreateNew)
            return new Handle(this, File(path, FileOperation.Open), opening is FileOpening.Read);
        if (folder.Entries.ContainsKey(name))
            throw new DurabilityException(FileOperation.Open, DurabilityFault.AlreadyExists, 17);
        var file = new SimulatedFile();
        folder.Apply(new(null, name, file));
        return new Handle(this, file, readOnly: false);
    });

    /// <inheritdoc/>
    public IDisposable Lock(string path) => Run(FileOperation.Lock, () => _locks.Add(path)
        ? new Held(this, path)
        : throw new DurabilityException(FileOperation.Lock, DurabilityFault.Locked, 11));

    /// <inheritdoc/>
    public bool Exists(string path)
    {
        lock (_gate)
            return Find(path) is not null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<FileEntry> List(string directory) => Run(FileOperation.List, () =>
        Folder(directory, FileOperation.List).Entries.Select(e => new FileEntry(e.Key, e.Value is SimulatedFolder)).ToArray());

    /// <inheritdoc/>
    public void CreateDirectory(string directory) => Run(FileOperation.CreateDirectory, () =>
    {
        (SimulatedFolder folder, string name) = Locate(directory, FileOperation.CreateDirectory);
        if (!folder.Entries.ContainsKey(name))
            folder.Apply(new(null, name, new SimulatedFolder()));
        return 0;
    });

    /// <inheritdoc/>
    public void Rename(string source, string target, bool replace) => Run(FileOperation.Rename, () =>
    {
        (SimulatedFolder from, string old) = Locate(source, FileOperation.Rename);
        (SimulatedFolder to, string name) = Locate(target, FileOperation.Rename);
        if (!from.Entries.TryGetValue(old, out SimulatedNode? node))
            throw new DurabilityException(FileOperation.Rename, DurabilityFault.NotFound, 2);
        if (to.Entries.ContainsKey(name) && (!replace || node is SimulatedFolder))
            throw new DurabilityException(FileOperation.Rename, DurabilityFault.AlreadyExists, 17);
        if (ReferenceEquals(from, to))
        {
            from.Apply(new(old, name, node));
            return 0;
        }

        to.Apply(new(null, name, node));
        from.Apply(new(old, null, null));
        return 0;
    });

    /// <inheritdoc/>
    public void Delete(string path) => Run(FileOperation.Delete, () =>
    {
        (SimulatedFolder folder, string name) = Locate(path, FileOperation.Delete);
        if (folder.Entries.ContainsKey(name))
            folder.Apply(new(name, null, null));
        return 0;
    });

    /// <inheritdoc/>
    public void SyncDirectory(string directory) => Run(FileOperation.SyncDirectory, () =>
    {
        Folder(directory, FileOperation.SyncDirectory).Sync();
        return 0;
    });

    private T Run<T>(FileOperation operation, Func<T> effect, Action<DiskFault>? onFault = null)
    {
        lock (_gate)
        {
            if (_off)
                throw new PowerCutException();
            if (++Operations != _failAt)
                return effect();

            HasFailed = true;
            if (_fault is DiskFault.PowerCut or DiskFault.PowerCutAfter)
            {
                if (_fault is DiskFault.PowerCutAfter)
                    effect();
                _off = true;
                throw new PowerCutException();
            }

            onFault?.Invoke(_fault);
            bool full = _fault is DiskFault.NoSpace || (_fault is DiskFault.ShortWrite && operation is FileOperation.Write);
            throw new DurabilityException(operation, full ? DurabilityFault.NoSpace : DurabilityFault.Io, full ? 28 : 5);
        }
    }

    private SimulatedNode? Find(string path)
    {
        SimulatedNode node = _root;
        foreach (string part in Parts(path))
        {
            if (node is not SimulatedFolder folder || !folder.Entries.TryGetValue(part, out SimulatedNode? next))
                return null;
            node = next;
        }

        return node;
    }

    private SimulatedFolder Folder(string path, FileOperation operation) =>
        Find(path) as SimulatedFolder ?? throw new DurabilityException(operation, DurabilityFault.NotFound, 2);

    private SimulatedFile File(string path, FileOperation operation) =>
        Find(path) as SimulatedFile ?? throw new DurabilityException(operation, DurabilityFault.NotFound, 2);

    private (SimulatedFolder Folder, string Name) Locate(string path, FileOperation operation, bool create = false)
    {
        string[] parts = Parts(path);
        SimulatedFolder folder = _root;
        foreach (string part in parts[..^1])
        {
            if (create && !folder.Entries.ContainsKey(part))
            {
                folder.Apply(new(null, part, new SimulatedFolder()));
                folder.Sync();
            }

            folder = folder.Entries.GetValueOrDefault(part) as SimulatedFolder
                ?? throw new DurabilityException(operation, DurabilityFault.NotFound, 2);
        }

        return (folder, parts[^1]);
    }

    private static string[] Parts(string path) => path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);

    private sealed class Held(SimulatedDisk disk, string path) : IDisposable
    {
        public void Dispose()
        {
            lock (disk._gate)
                disk._locks.Remove(path);
        }
    }

    private sealed class Handle(SimulatedDisk disk, SimulatedFile file, bool readOnly) : IFileHandle
    {
        public long Length => file.Content.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            byte[] content = disk.Run(FileOperation.Read, () => file.Content);
            ReadOnlySpan<byte> rest = content.AsSpan((int)Math.Min(offset, content.Length));
            int read = Math.Min(rest.Length, buffer.Length);
            rest[..read].CopyTo(buffer);
            return read;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            var change = new FileChange(offset, bytes.ToArray());
            Change(FileOperation.Write, change, fault =>
            {
                if (fault is DiskFault.ShortWrite)
                    file.Apply(change.Torn(0.5));
            });
        }

        public void SetLength(long length) => Change(FileOperation.SetLength, new FileChange(length, null), null);

        public void Sync() => disk.Run(
            FileOperation.SyncFile,
            () =>
            {
                disk.FileSyncs++;
                file.Sync();
                return 0;
            },
            _ => file.LoseUnsynced());

        public void Dispose()
        {
        }

        private void Change(FileOperation operation, FileChange change, Action<DiskFault>? onFault)
        {
            if (readOnly)
                throw new DurabilityException(operation, DurabilityFault.AccessDenied, 9);
            disk.Run(
                operation,
                () =>
                {
                    file.Apply(change);
                    return 0;
                },
                onFault);
        }
    }
}

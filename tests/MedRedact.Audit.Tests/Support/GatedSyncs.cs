using MedRedact.Durability;

namespace MedRedact.Audit.Tests;

/// <summary>A file system whose files under one folder are synced only while a gate is open.</summary>
internal sealed class GatedSyncs(IFileOperations inner, string folder) : IFileOperations, IDisposable
{
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly SemaphoreSlim _arrived = new(0);
    private int _syncs;

    /// <summary>How often a file was to be synced since the gate was last closed.</summary>
    public int Syncs => Volatile.Read(ref _syncs);

    public void Close()
    {
        while (_arrived.Wait(0, CancellationToken.None))
        {
        }

        _syncs = 0;
        _gate.Reset();
    }

    public void OpenGate() => _gate.Set();

    /// <summary>Waits until somebody stands before the gate.</summary>
    public Task ArrivedAsync(CancellationToken cancellationToken) => _arrived.WaitAsync(cancellationToken);

    public IFileHandle Open(string path, FileOpening opening)
    {
        IFileHandle file = inner.Open(path, opening);
        return path.StartsWith(folder + "/", StringComparison.Ordinal) ? new Gated(file, this) : file;
    }

    public IDisposable Lock(string path) => inner.Lock(path);

    public bool Exists(string path) => inner.Exists(path);

    public IReadOnlyList<FileEntry> List(string directory) => inner.List(directory);

    public void CreateDirectory(string directory) => inner.CreateDirectory(directory);

    public void Rename(string source, string target, bool replace) => inner.Rename(source, target, replace);

    public void Delete(string path) => inner.Delete(path);

    public void SyncDirectory(string directory) => inner.SyncDirectory(directory);

    public void Dispose()
    {
        _gate.Set();
        _gate.Dispose();
        _arrived.Dispose();
    }

    private sealed class Gated(IFileHandle file, GatedSyncs all) : IFileHandle
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

        public void SetLength(long length) => file.SetLength(length);

        public void Sync()
        {
            Interlocked.Increment(ref all._syncs);
            all._arrived.Release();
            all._gate.Wait(CancellationToken.None);
            file.Sync();
        }

        public void Dispose() => file.Dispose();
    }
}

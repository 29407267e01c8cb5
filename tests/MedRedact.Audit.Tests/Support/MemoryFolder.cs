using MedRedact.Durability;

namespace MedRedact.Audit.Tests.Support;

/// <summary>A folder in memory that is only read: what stands in its arrays is what a reader sees, so that a bit is changed without writing a file.</summary>
internal sealed class MemoryFolder : IFileOperations
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>Copies files.</summary>
    public MemoryFolder(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        foreach ((string path, byte[] bytes) in files)
            _files.Add(path, [.. bytes]);
    }

    /// <summary>The bytes of a file, to be changed in place.</summary>
    public byte[] this[string path] => _files[path];

    public IFileHandle Open(string path, FileOpening opening) =>
        opening is FileOpening.Read ? new Handle(_files[path]) : throw new NotSupportedException();

    public bool Exists(string path) => _files.ContainsKey(path);

    public IReadOnlyList<FileEntry> List(string directory) => [.. _files.Keys.Select(path => new FileEntry(Path.GetFileName(path), IsDirectory: false))];

    public IDisposable Lock(string path) => throw new NotSupportedException();

    public void CreateDirectory(string directory) => throw new NotSupportedException();

    public void Rename(string source, string target, bool replace) => throw new NotSupportedException();

    public void Delete(string path) => throw new NotSupportedException();

    public void SyncDirectory(string directory) => throw new NotSupportedException();

    private sealed class Handle(byte[] bytes) : IFileHandle
    {
        public long Length => bytes.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            ReadOnlySpan<byte> rest = bytes.AsSpan((int)Math.Min(offset, bytes.Length));
            rest = rest[..Math.Min(rest.Length, buffer.Length)];
            rest.CopyTo(buffer);
            return rest.Length;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset) => throw new NotSupportedException();

        public void SetLength(long length) => throw new NotSupportedException();

        public void Sync() => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}

using MedRedact.Durability;

namespace MedRedact.Audit.Tests;

/// <summary>A file system of which one call about the seals fails, and every other one succeeds.</summary>
internal sealed class SealFaults(IFileOperations inner) : IFileOperations
{
    private const string Seals = Rig.Folder + "-seals";

    /// <summary>The calls about seals so far.</summary>
    public long Calls { get; set; }

    /// <summary>Which of them fails.</summary>
    public long Fails { get; set; }

    public IFileHandle Open(string path, FileOpening opening) => Count(path).Open(path, opening);

    public IDisposable Lock(string path) => Count(path).Lock(path);

    public bool Exists(string path) => Count(path).Exists(path);

    public IReadOnlyList<FileEntry> List(string directory) => Count(directory).List(directory);

    public void CreateDirectory(string directory) => Count(directory).CreateDirectory(directory);

    public void Rename(string source, string target, bool replace) => Count(source).Rename(source, target, replace);

    public void Delete(string path) => Count(path).Delete(path);

    public void SyncDirectory(string directory) => Count(directory).SyncDirectory(directory);

    private IFileOperations Count(string path) =>
        path.StartsWith(Seals, StringComparison.Ordinal) && Calls++ == Fails ? throw new DurabilityException(FileOperation.Open, DurabilityFault.Io, 5) : inner;
}

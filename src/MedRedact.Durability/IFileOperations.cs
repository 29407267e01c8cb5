namespace MedRedact.Durability;

/// <summary>Everything that durable code asks of a file system, one call an operation, so that a test can fail any of them.</summary>
/// <remarks>Every member reports a failure as <see cref="DurabilityException"/>. <see cref="PhysicalFileOperations"/> is the real one.
/// Implementations are thread-safe; a handle belongs to one caller at a time.</remarks>
public interface IFileOperations
{
    /// <summary>Opens or creates a file; a new one is readable and writable by its owner alone (0600).</summary>
    /// <param name="path">The file.</param>
    /// <param name="opening">What must exist already and what may be done.</param>
    /// <returns>The handle; the caller disposes it.</returns>
    IFileHandle Open(string path, FileOpening opening);

    /// <summary>Takes an exclusive lock that the operating system drops when its owner ends, however it ends.</summary>
    /// <param name="path">The lock file; created when it is missing, and never deleted.</param>
    /// <returns>The lock; disposing releases it.</returns>
    /// <exception cref="DurabilityException"><see cref="DurabilityFault.Locked"/>: somebody else holds it.</exception>
    IDisposable Lock(string path);

    /// <summary>Says whether a file or a folder of this name exists.</summary>
    /// <param name="path">The file or folder.</param>
    /// <returns>Whether it exists.</returns>
    bool Exists(string path);

    /// <summary>Lists a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <returns>Its entries, in ordinal order of their names.</returns>
    IReadOnlyList<FileEntry> List(string directory);

    /// <summary>Creates one folder, for its owner alone (0700), whose parent exists. An existing one is left as it is.</summary>
    /// <param name="directory">The folder.</param>
    void CreateDirectory(string directory);

    /// <summary>Renames a file or a folder on one volume in one step: readers see the old or the new, never neither or half.</summary>
    /// <param name="source">What to rename.</param>
    /// <param name="target">The new name.</param>
    /// <param name="replace">Whether a file of that name is replaced. A folder never is.</param>
    void Rename(string source, string target, bool replace);

    /// <summary>Deletes a file.</summary>
    /// <param name="path">The file.</param>
    void Delete(string path);

    /// <summary>Returns when the names in a folder are on disk.</summary>
    /// <param name="directory">The folder.</param>
    void SyncDirectory(string directory);
}

/// <summary>What an opener expects of a file.</summary>
public enum FileOpening
{
    /// <summary>The file exists; it is only read.</summary>
    Read = 0,

    /// <summary>The file exists; it is read and written.</summary>
    ReadWrite,

    /// <summary>The file does not exist and is created.</summary>
    CreateNew,
}

/// <summary>One name in a folder.</summary>
/// <param name="Name">The name, without the folder.</param>
/// <param name="IsDirectory">Whether it is a folder itself.</param>
public readonly record struct FileEntry(string Name, bool IsDirectory);

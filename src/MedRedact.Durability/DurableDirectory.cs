namespace MedRedact.Durability;

/// <summary>Folders whose names survive a power cut.</summary>
public static class DurableDirectory
{
    /// <summary>Creates a folder and the missing ones above it, each for its owner alone, and waits until their names are on disk.
    /// The names of those that exist are synced as well: an earlier attempt may have created them and failed to.</summary>
    /// <param name="directory">The folder; an existing one is left as it is.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <exception cref="DurabilityException">A step failed.</exception>
    public static void Create(string directory, IFileOperations? operations = null)
    {
        operations ??= PhysicalFileOperations.Instance;
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (Path.GetDirectoryName(full) is not { } parent)
            return;

        Create(parent, operations);
        bool existed = operations.Exists(full);
        if (!existed)
            operations.CreateDirectory(full);
        try
        {
            operations.SyncDirectory(parent);
        }
        catch (DurabilityException fault) when (existed && fault.Fault is DurabilityFault.AccessDenied)
        {
            // A folder above ours that we may not read is one in which we have created nothing.
        }
    }

    /// <summary>Makes a staged folder visible under its final name in one step: first all it holds is on disk, then the name is.</summary>
    /// <param name="staged">The folder that was filled; on the same volume as <paramref name="target"/>. It is gone afterwards.</param>
    /// <param name="target">The final name, which nothing bears yet.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <exception cref="DurabilityException">A step failed. Unless the step was the last, the syncing of the parents,
    /// nothing is visible under <paramref name="target"/>; after it, either may be found on the next start.</exception>
    public static void Publish(string staged, string target, IFileOperations? operations = null)
    {
        operations ??= PhysicalFileOperations.Instance;
        staged = Path.TrimEndingDirectorySeparator(Path.GetFullPath(staged));
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));

        SyncTree(staged, operations);
        operations.Rename(staged, target, replace: false);

        string from = ParentOf(staged), to = ParentOf(target);
        operations.SyncDirectory(to);
        if (from != to)
            operations.SyncDirectory(from);
    }

    internal static string ParentOf(string path) =>
        Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw new ArgumentException("The root has no parent.", nameof(path));

    private static void SyncTree(string directory, IFileOperations operations)
    {
        foreach (FileEntry entry in operations.List(directory))
        {
            string path = Path.Combine(directory, entry.Name);
            if (entry.IsDirectory)
            {
                SyncTree(path, operations);
                continue;
            }

            using IFileHandle file = operations.Open(path, FileOpening.ReadWrite);
            file.Sync();
        }

        operations.SyncDirectory(directory);
    }
}

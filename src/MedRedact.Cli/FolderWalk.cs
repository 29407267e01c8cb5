using System.IO.Enumeration;

namespace MedRedact.Cli;

/// <summary>Walks a folder. Links to folders are seen and not followed: they may lead out of it, or round in a loop.</summary>
internal static class FolderWalk
{
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>All files, whatever their kind, and the links to folders.</summary>
    /// <exception cref="MedRedactException">A folder cannot be listed.</exception>
    public static IReadOnlyList<string> Files(string root) => Walk(root, (ref FileSystemEntry entry) => !entry.IsDirectory || IsLink(ref entry));

    /// <summary>The folder and all folders in it.</summary>
    /// <exception cref="MedRedactException">A folder cannot be listed.</exception>
    public static IReadOnlyList<string> Folders(string root) =>
        [Path.TrimEndingDirectorySeparator(root), .. Walk(root, (ref FileSystemEntry entry) => entry.IsDirectory && !IsLink(ref entry))];

    private static string[] Walk(string root, FileSystemEnumerable<string>.FindPredicate wanted)
    {
        try
        {
            return
            [
                .. new FileSystemEnumerable<string>(root, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), All)
                {
                    ShouldIncludePredicate = wanted,
                    ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry),
                },
            ];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Faults.FolderNotListed();
        }
    }

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}

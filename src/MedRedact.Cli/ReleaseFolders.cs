using MedRedact.Releases;

namespace MedRedact.Cli;

/// <summary>The folders of exported documents under a folder, and how they are spoken of.</summary>
internal static class ReleaseFolders
{
    /// <summary>The folders that bear an id, or hold a manifest.</summary>
    public static IEnumerable<string> In(string folder) => FolderWalk.Folders(folder)
        .Where(path => HasId(path) || File.Exists(Path.Combine(path, ReleaseFiles.Manifest)))
        .Order(StringComparer.Ordinal);

    /// <summary>The folder's name where it is an id: another name may bear a person's.</summary>
    public static string Named(string path, bool showPaths) => showPaths || HasId(path) ? Path.GetFileName(path) : "in a folder that no id names";

    /// <summary>A finding as the tool prints it.</summary>
    public static string Line(ReleaseFinding finding) => finding.File is null ? $"{finding}; --show-paths lists them" : finding.ToString();

    private static bool HasId(string path) => Guid.TryParseExact(Path.GetFileName(path), "N", out _);
}

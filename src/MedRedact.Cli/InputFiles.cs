namespace MedRedact.Cli;

/// <summary>The files a command was given, in a stable order: folders are walked, and each file's position is its index.</summary>
internal static class InputFiles
{
    /// <summary>Lists the files.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="own">Folders of the tool's own, which hold no records even where they lie inside a named folder.</param>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths, params string[] own)
    {
        string[] left = [.. own.Select(folder => Path.GetFullPath(folder) + Path.DirectorySeparatorChar)];
        var files = new List<string>();
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                files.AddRange(FolderWalk.Files(path)
                    .Where(file => !left.Any(folder => Path.GetFullPath(file).StartsWith(folder, StringComparison.Ordinal)))
                    .Order(StringComparer.Ordinal));
            }
            else
            {
                files.Add(path);
            }
        }

        return files;
    }
}

namespace MedRedact.Cli;

/// <summary>The files a command was given, in a stable order: folders are walked, and each file's position is its index.</summary>
internal static class InputFiles
{
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
                files.AddRange(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
            else
                files.Add(path);
        }

        return files;
    }
}

namespace MedRedact.Testing;

/// <summary>Reads names and contents of files.</summary>
internal sealed class FolderScan
{
    private const int Piece = 4 << 20;

    private readonly CanaryForms _forms;
    private readonly CanaryWatchOptions _options;
    private readonly string[] _except;
    private readonly string _temporary = Path.GetFullPath(Path.GetTempPath());
    private readonly HashSet<string> _known;
    private readonly DateTime _begun;

    public FolderScan(CanaryForms forms, CanaryWatchOptions options)
    {
        (_forms, _options) = (forms, options);
        _except = [.. options.Except.Select(Path.GetFullPath)];
        _begun = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-2);
        _known = options.TemporaryFiles ? [.. Names(_temporary)] : [];
    }

    public IEnumerable<CanaryLeak> Look()
    {
        foreach (string folder in _options.Folders)
        {
            foreach (CanaryLeak leak in Names(Path.GetFullPath(folder)).SelectMany(Look))
                yield return leak;
        }

        if (!_options.TemporaryFiles)
            yield break;
        foreach (string path in Names(_temporary))
        {
            if (_known.Contains(path) && File.GetLastWriteTimeUtc(path) < _begun)
                continue;
            foreach (CanaryLeak leak in Look(path))
                yield return leak;
        }
    }

    private static IEnumerable<string> Names(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint })
        : [];

    private IEnumerable<CanaryLeak> Look(string path)
    {
        if (_except.Any(except => path.StartsWith(except, StringComparison.Ordinal) && (path.Length == except.Length || path[except.Length] == Path.DirectorySeparatorChar)))
            yield break;

        // A leaking name is not repeated: the place is the folder.
        foreach ((int canary, string form) in _forms.Find(System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(path))))
            yield return new CanaryLeak(LeakChannel.FileName, Path.GetFileName(Path.GetDirectoryName(path)) ?? "", canary, form);
        foreach ((int canary, string form) in Contents(path))
            yield return new CanaryLeak(LeakChannel.File, Path.GetExtension(path) is { Length: > 0 } extension ? "*" + extension : "a file", canary, form);
    }

    private IEnumerable<(int, string)> Contents(string path)
    {
        FileStream? file = Open(path);
        if (file is null)
            yield break;
        using (file)
        {
            var buffer = new byte[Piece + _forms.Longest];
            int kept = 0;
            while (true)
            {
                int read = file.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
                if (read == 0)
                    yield break;
                foreach ((int, string) found in _forms.Find(buffer.AsMemory(0, kept + read)))
                    yield return found;

                // The next piece begins with the end of this one, so that no canary hides on the seam.
                int overlap = Math.Min(_forms.Longest, kept + read);
                buffer.AsSpan(kept + read - overlap, overlap).CopyTo(buffer);
                kept = overlap;
            }
        }
    }

    private static FileStream? Open(string path)
    {
        try
        {
            // Pipes and devices have no length; opening one could wait forever.
            return !File.Exists(path) || new FileInfo(path).Length == 0
                ? null
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

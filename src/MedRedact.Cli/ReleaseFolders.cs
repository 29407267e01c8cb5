using System.Collections.Immutable;
using MedRedact.Audit;
using MedRedact.Releases;

namespace MedRedact.Cli;

/// <summary>The folders of exported documents under a folder, what lies beside them, and how they are spoken of.</summary>
internal static class ReleaseFolders
{
    /// <summary>The folders that bear an id, or hold a file that only releases have.</summary>
    public static string[] In(string folder) =>
    [
        .. FolderWalk.Folders(folder)
            .Where(path => HasId(path) || DeletionFiles.AreIn(path) || ReleaseFiles.Evidence.Any(file => File.Exists(Path.Combine(path, file))))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Judges a folder by what it holds: deletion certificates, or else a released document.</summary>
    public static Task<ImmutableArray<ReleaseFinding>> VerifyAsync(
        string path, IReadOnlyCollection<VerifierKey> keys, bool showPaths, CancellationToken cancellationToken) => DeletionFiles.AreIn(path)
            ? DeletionVerifier.VerifyAsync(path, keys, showPaths, cancellationToken)
            : ReleaseVerifier.VerifyAsync(path, keys, showPaths, cancellationToken);

    /// <summary>Files and links under a folder that are in none of its documents: nobody released them.</summary>
    public static string[] Strays(string folder, IReadOnlyCollection<string> documents) =>
    [
        .. FolderWalk.Files(folder)
            .Where(file => !documents.Any(document => file.StartsWith(document + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What is said of strays: how many, or which.</summary>
    public static IEnumerable<string> Lines(string[] strays, bool showPaths) => strays.Length == 0 ? []
        : showPaths ? strays.Select(name => $"{Releases.Faults.NotNamed} {Printable(name)} is in no document")
        : [FormattableString.Invariant($"{Releases.Faults.NotNamed} {strays.Length} files or links are in no document; --show-paths lists them")];

    /// <summary>The folder's name where it is an id: another name may bear a person's.</summary>
    public static string Named(string path, bool showPaths) => showPaths || HasId(path) || IsSubject(path) ? Printable(Path.GetFileName(Path.GetFullPath(path))) : "in a folder that no id names";

    /// <summary>A finding as the tool prints it.</summary>
    public static string Line(ReleaseFinding finding) => finding.File is null ? $"{finding}; --show-paths lists them" : Printable(finding.ToString());

    public static bool HasId(string path) => Guid.TryParseExact(Path.GetFileName(Path.GetFullPath(path)), "N", out _);

    /// <summary>A subject's pseudonym names nobody to whoever lacks the key.</summary>
    private static bool IsSubject(string path) => Digest256.TryParse(Path.GetFileName(Path.GetFullPath(path)), out _);

    /// <summary>Names are printed without characters that move a terminal's cursor.</summary>
    private static string Printable(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));
}

using System.Collections.Immutable;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Finds the folder of trained data: the option, else <c>TESSDATA_PREFIX</c>, else the usual folders of Debian, Fedora, Arch, Homebrew and Windows.</summary>
/// <remarks>Looks at a fixed list of folders only; starts nothing and searches no tree, so it ends at once.</remarks>
internal static class TessdataLocator
{
    public const string Extension = ".traineddata";

    private static readonly ImmutableArray<string> Prefixes = ["", "script/"];

    /// <param name="path"><see cref="TesseractOptions.TessdataPath"/>: when given, the only folder that is tried.</param>
    /// <returns>A folder that holds trained data, or null.</returns>
    public static string? Find(string? path) =>
        (path is null ? UsualFolders() : WithAndWithoutSubfolder(path)).FirstOrDefault(HoldsTrainedData);

    /// <summary>Names of the languages in a folder, in ordinal order.</summary>
    public static ImmutableArray<string> LanguagesIn(string folder)
    {
        try
        {
            return
            [
                .. Prefixes
                    .Where(prefix => Directory.Exists(Path.Combine(folder, prefix)))
                    .SelectMany(prefix => Directory.EnumerateFiles(Path.Combine(folder, prefix), "*" + Extension)
                        .Select(file => prefix + Path.GetFileNameWithoutExtension(file)))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IEnumerable<string> UsualFolders()
    {
        if (Environment.GetEnvironmentVariable("TESSDATA_PREFIX") is { Length: > 0 } prefix)
        {
            foreach (string folder in WithAndWithoutSubfolder(prefix))
                yield return folder;
        }

        yield return Path.Combine(AppContext.BaseDirectory, "tessdata");
        if (OperatingSystem.IsWindows())
        {
            yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Tesseract-OCR", "tessdata");
            yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Programs", "Tesseract-OCR", "tessdata");
            yield break;
        }

        yield return "/usr/share/tesseract-ocr/5/tessdata";      // Debian 12, Ubuntu 22.10 and later
        yield return "/usr/share/tesseract-ocr/4.00/tessdata";   // Ubuntu 22.04 ships version 4 data, which version 5 reads
        yield return "/usr/share/tesseract/tessdata";            // Fedora, RHEL
        yield return "/usr/share/tessdata";                      // Arch, Alpine, openSUSE
        yield return "/opt/homebrew/share/tessdata";             // Homebrew on Apple silicon
        yield return "/usr/local/share/tessdata";                // Homebrew on Intel, and builds from source
    }

    private static IEnumerable<string> WithAndWithoutSubfolder(string folder) => [folder, Path.Combine(folder, "tessdata")];

    private static bool HoldsTrainedData(string folder)
    {
        try
        {
            return Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*" + Extension).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

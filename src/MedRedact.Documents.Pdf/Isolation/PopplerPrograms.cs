namespace MedRedact.Documents.Pdf;

/// <summary>Where poppler's programs lie.</summary>
internal static class PopplerPrograms
{
    /// <summary>The path of a program.</summary>
    /// <param name="name">Its name without extension.</param>
    /// <param name="folder">Where it must lie; <see langword="null"/>: in a folder of the search path.</param>
    /// <exception cref="MedRedactException"><see cref="PdfFaults.PopplerMissing"/>.</exception>
    public static string Find(string name, string? folder) => TryFind(name, folder) ?? throw PdfFaults.Document(PdfFaults.PopplerMissing);

    /// <summary>The path of a program, or <see langword="null"/>.</summary>
    public static string? TryFind(string name, string? folder)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        IEnumerable<string> folders = folder is not null ? [folder] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Where(Path.IsPathFullyQualified).Select(each => Path.Combine(each, file)).FirstOrDefault(File.Exists);
    }
}

using System.Collections.Immutable;

namespace MedRedact.Documents.Pdf;

/// <summary>Says whether the machine can render PDF.</summary>
public static class PopplerEnvironment
{
    private static readonly ImmutableArray<string> Needed = ["pdftoppm", "pdftotext", "pdfinfo"];

    /// <summary>The programs of poppler that are not there; none: PDF can be read.</summary>
    /// <param name="folder">Where they must lie, as in <see cref="PdfDocumentOptions.PopplerFolder"/>; <see langword="null"/>: anywhere on the search path.</param>
    /// <returns>Names of programs. <see cref="PdfFaults.Remedy"/> of <see cref="PdfFaults.PopplerMissing"/> says how to install them.</returns>
    public static ImmutableArray<string> Missing(string? folder = null) => [.. Needed.Where(name => PopplerPrograms.TryFind(name, folder) is null)];
}

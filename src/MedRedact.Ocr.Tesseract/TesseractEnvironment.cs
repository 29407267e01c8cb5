using System.Collections.Immutable;
using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>What of Tesseract is installed here.</summary>
/// <param name="Version">The version of the library, such as <c>5.3.0</c>; null when it was not found.</param>
/// <param name="TessdataPath">The folder of trained data; null when it was not found.</param>
/// <param name="Languages">Names of the installed languages, in ordinal order. <c>osd</c> is among them where orientation can be detected.</param>
/// <param name="Fault">Why no page can be read; null when one can.</param>
/// <param name="Remedy">What to do about it, with the command of this platform; null when there is nothing to do.</param>
public sealed record TesseractEnvironment(
    string? Version, string? TessdataPath, ImmutableArray<string> Languages, FaultCode? Fault, string? Remedy)
{
    /// <summary>Whether pages can be read with the options that were probed.</summary>
    public bool IsReady => Fault is null;

    /// <summary>Looks for the library, the trained data and the languages that the options name. Loads the library into this process, reads no page
    /// and never throws because something is missing.</summary>
    /// <param name="options">Default: see <see cref="TesseractOptions"/>.</param>
    /// <returns>What was found, and the first thing that is missing.</returns>
    public static TesseractEnvironment Probe(TesseractOptions? options = null)
    {
        options ??= new();
        string? version = null, tessdata = TessdataLocator.Find(options.TessdataPath);
        ImmutableArray<string> languages = tessdata is null ? [] : TessdataLocator.LanguagesIn(tessdata);
        try
        {
            NativeLibraries.EnsureLoaded(options.LibraryPath);
            version = NativeLibraries.Version;
            LanguageSet.Of(options.Languages).CheckInstalled(tessdata ?? throw Faults.TessdataNotFound());
            return new(version, tessdata, languages, null, null);
        }
        catch (MedRedactException missing)
        {
            return new(version, tessdata, languages, missing.Code, missing.Remedy);
        }
    }
}

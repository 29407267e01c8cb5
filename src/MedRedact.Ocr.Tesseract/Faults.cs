namespace MedRedact.Ocr.Tesseract;

/// <summary>The fault codes of this package and what to do about each. A message is the code and a fixed text; it never holds page content.</summary>
public static class Faults
{
    /// <summary><c>MR-OCR-001</c>: the Tesseract 5 library was not found. Install it, or set <see cref="TesseractOptions.LibraryPath"/>. Ends the run.</summary>
    public static readonly FaultCode LibraryMissing = new("MR-OCR-001");

    /// <summary><c>MR-OCR-002</c>: a Tesseract library was found, but not of version 5, or without Leptonica's functions. Install Tesseract 5. Ends the run.</summary>
    public static readonly FaultCode LibraryUnsuitable = new("MR-OCR-002");

    /// <summary><c>MR-OCR-003</c>: no folder with trained data was found. Install a language, or set <see cref="TesseractOptions.TessdataPath"/>
    /// or the environment variable <c>TESSDATA_PREFIX</c>. Ends the run.</summary>
    public static readonly FaultCode TessdataMissing = new("MR-OCR-003");

    /// <summary><c>MR-OCR-004</c>: the trained data of a requested language is not installed. Install it, or ask for another language. Ends the run.</summary>
    public static readonly FaultCode LanguageMissing = new("MR-OCR-004");

    /// <summary><c>MR-OCR-005</c>: Tesseract refused its trained data: a damaged file, or one of another major version. Reinstall the language. Ends the run.</summary>
    public static readonly FaultCode EngineRefusedToStart = new("MR-OCR-005");

    /// <summary><c>MR-OCR-006</c>: Tesseract gave up on a page. The page is withheld; look at it by hand.</summary>
    public static readonly FaultCode RecognitionFailed = new("MR-OCR-006");

    /// <summary><c>MR-OCR-007</c>: reading a page took longer than <see cref="TesseractOptions.PageTimeLimit"/>. The page is withheld; raise the limit
    /// or prepare the page, since speckles and dither are what takes this long.</summary>
    public static readonly FaultCode PageTimeLimitReached = new("MR-OCR-007");

    /// <summary><c>MR-OCR-008</c>: a side of the page is longer than the 32,767 pixels that Tesseract can address. The page is withheld; scan it at a lower resolution.</summary>
    public static readonly FaultCode PageTooLarge = new("MR-OCR-008");

    /// <summary><c>MR-OCR-009</c>: Leptonica could not prepare a page, most often for want of memory. The page is withheld; look at it by hand.</summary>
    public static readonly FaultCode PreparationFailed = new("MR-OCR-009");

    /// <summary><c>MR-OCR-010</c>: a language name is not one that trained data can have. Use names such as <c>eng</c> or <c>script/Latin</c>. Ends the run.</summary>
    public static readonly FaultCode LanguageNameInvalid = new("MR-OCR-010");

    internal static MedRedactException LibraryNotFound() => new(LibraryMissing,
        "The Tesseract 5 library was not found. " + InstallCommand("eng") + ", or set TesseractOptions.LibraryPath.");

    internal static MedRedactException LibraryNotSuitable() => new(LibraryUnsuitable,
        "A Tesseract library was found, but it is not version 5 with Leptonica. " + InstallCommand("eng") + ".");

    internal static MedRedactException TessdataNotFound() => new(TessdataMissing,
        "No folder with trained data (*.traineddata) was found. " + InstallCommand("eng") + ", or set TesseractOptions.TessdataPath or TESSDATA_PREFIX.");

    /// <param name="language">A name that has passed the grammar of <see cref="LanguageSet"/>: configuration, never content.</param>
    internal static MedRedactException LanguageNotFound(string language) => new(LanguageMissing,
        $"The trained data of the language '{language}' is not installed. {InstallCommand(language)}.");

    internal static MedRedactException EngineDidNotStart() => new(EngineRefusedToStart,
        "Tesseract refused its trained data. Reinstall the language files for Tesseract 5.");

    internal static MedRedactException NotALanguage() => new(LanguageNameInvalid,
        "A language name has letters, digits, '_' and '-', such as eng or chi_sim, with at most one folder in front, such as script/Latin.");

    internal static PageFaultException NotRecognized() => new(RecognitionFailed, "Tesseract gave up on the page. Look at it by hand.");

    internal static PageFaultException OutOfTime() => new(PageTimeLimitReached, "Reading the page took longer than TesseractOptions.PageTimeLimit.");

    internal static PageFaultException TooLarge() => new(PageTooLarge, "A side of the page is longer than 32,767 pixels. Scan it at a lower resolution.");

    internal static PageFaultException NotPrepared() => new(PreparationFailed, "The page could not be prepared. Look at it by hand.");

    private static string InstallCommand(string language)
    {
        string name = language[(language.LastIndexOf('/') + 1)..];
        if (OperatingSystem.IsMacOS())
            return "Run: brew install tesseract" + (name == "eng" ? "" : " tesseract-lang");
        if (OperatingSystem.IsWindows())
            return "Install Tesseract 5 with the language data, for example: winget install UB-Mannheim.TesseractOCR";

        string debian = name.ToLowerInvariant().Replace('_', '-'), package = language.Contains('/') ? "script-" + debian : debian;
        return $"Run: apt-get install libtesseract5 tesseract-ocr-{package} (Debian, Ubuntu) or dnf install tesseract-libs tesseract-langpack-{name} (Fedora, RHEL)";
    }
}

namespace MedRedact.Documents.Pdf;

/// <summary>The codes of this package. Rejections end a document before any decoder opened it, page faults withhold one page.</summary>
public static class PdfFaults
{
    /// <summary>The structure contradicts the format: no header at the start, broken cross-references, page tree or objects. Open the file where it was
    /// made and save or print it as PDF again.</summary>
    public const string Malformed = "MR-SRC-202";

    /// <summary>The file ends before its structure does. Transfer or export it again.</summary>
    public const string Truncated = "MR-SRC-203";

    /// <summary>The page tree or the cross-references form a loop. Treat the file as hostile, or save it as PDF again.</summary>
    public const string Loop = "MR-SRC-204";

    /// <summary>The file needs a password. Save it without one, or print it as PDF, where the password is known.</summary>
    public const string PasswordNeeded = "MR-SRC-205";

    /// <summary>The file is encrypted in a way that is not read here, such as for certificates. Save it without encryption.</summary>
    public const string EncryptionUnknown = "MR-SRC-206";

    /// <summary>The file holds more pages than <see cref="PipelineLimits.MaxPages"/>. Split it, or raise the limit.</summary>
    public const string TooManyPages = "MR-SRC-207";

    /// <summary>A page is so large that it would have more pixels than <see cref="PipelineLimits.MaxPixelsPerPage"/> even at
    /// <see cref="PdfDocumentOptions.LeastDpi"/>. Print it at a smaller size, or raise the limit.</summary>
    public const string TooManyPixels = "MR-SRC-208";

    /// <summary>A page has no area, or a box or rotation that is none. Print the file as PDF again.</summary>
    public const string BadPageBox = "MR-SRC-209";

    /// <summary>The structure is deeper, larger or compressed more than a document needs. Treat the file as hostile, or print it as PDF again.</summary>
    public const string TooComplex = "MR-SRC-210";

    /// <summary>Two readers see different pages in the file, so that a page could be lost or shown otherwise. Print it as PDF again.</summary>
    public const string Ambiguous = "MR-SRC-211";

    /// <summary>The file is larger than <see cref="PipelineLimits.MaxFileBytes"/>. Split it, or raise the limit.</summary>
    public const string FileTooLarge = "MR-SRC-212";

    /// <summary>More than a kilobyte follows the end of the PDF, where another file may hide. Save it as PDF again.</summary>
    public const string Trailing = "MR-SRC-213";

    /// <summary>The renderer failed on a page, or said that a part of it is damaged. Print the page as PDF or scan it again.</summary>
    public const string PageNotRendered = "MR-SRC-251";

    /// <summary>The renderer took more time, memory or output than a page may. Print the page as PDF or scan it again; treat the file as hostile.</summary>
    public const string RenderingLimit = "MR-SRC-252";

    /// <summary>The renderer gave other pixels than were asked for. Install a version of poppler-utils that is supported.</summary>
    public const string OtherPixels = "MR-SRC-253";

    /// <summary>The text layer of a page could not be read, so it could not be searched. Print the page as PDF or scan it again.</summary>
    public const string TextNotRead = "MR-SRC-254";

    /// <summary>A program of poppler-utils is missing. Install it: <c>apt-get install poppler-utils</c> (Debian, Ubuntu),
    /// <c>dnf install poppler-utils</c> (Fedora), <c>brew install poppler</c> (macOS); on Windows put poppler's programs on the path.</summary>
    public const string PopplerMissing = "MR-SRC-261";

    /// <summary>The source is no longer what was inspected. Ingest it again.</summary>
    public const string Changed = "MR-SRC-262";

    /// <summary>The bytes could not be handed over to the renderer in private memory. Check that this process may create memory files, and its limits.</summary>
    public const string NoHandover = "MR-SRC-263";

    /// <summary>An image that is to become a page of a clean PDF is no PNG of pixels and resolution alone. Give what the PNG writer wrote.</summary>
    public const string NotCleanImage = "MR-SRC-264";

    /// <summary>What to do about a code: a fixed text without content.</summary>
    /// <param name="code">A code of this class.</param>
    /// <returns>One or two sentences.</returns>
    /// <exception cref="ArgumentException">The code is not of this package.</exception>
    public static string Remedy(string code) => code switch
    {
        Malformed => "The structure of the PDF is broken. Open the file where it was made and save or print it as PDF again.",
        Truncated => "The PDF ends before its structure does. Transfer or export it again.",
        Loop => "The pages or cross-references of the PDF form a loop. Treat the file as hostile, or save it as PDF again.",
        PasswordNeeded => "The PDF needs a password. Save it without one, or print it as PDF, where the password is known.",
        EncryptionUnknown => "The PDF is encrypted in a way that is not read here. Save it without encryption.",
        TooManyPages => "The PDF holds more pages than the limit. Split it, or raise MaxPages.",
        TooManyPixels => "A page has more pixels than the limit. Print it at a smaller size, or raise MaxPixelsPerPage.",
        BadPageBox => "A page of the PDF has no area, or a box or rotation that is none. Print the file as PDF again.",
        TooComplex => "The PDF is deeper, larger or compressed more than a document needs. Treat it as hostile, or print it as PDF again.",
        Ambiguous => "Two readers see different pages in the PDF. Print it as PDF again.",
        FileTooLarge => "The file is larger than the limit. Split it, or raise MaxFileBytes.",
        Trailing => "More than a kilobyte follows the end of the PDF. Save it as PDF again.",
        PageNotRendered => "A part of the page is damaged or cannot be rendered. Print the page as PDF or scan it again.",
        RenderingLimit => "Rendering the page took more time, memory or output than it may. Print the page as PDF or scan it again.",
        OtherPixels => "The renderer gave other pixels than were asked for. Install a supported version of poppler-utils.",
        TextNotRead => "The text layer of the page could not be read. Print the page as PDF or scan it again.",
        PopplerMissing => "PDF needs poppler's programs. Debian, Ubuntu: sudo apt-get install poppler-utils. Fedora: sudo dnf install poppler-utils. "
            + "macOS: brew install poppler. Windows: put poppler's programs on the path.",
        Changed => "The source is no longer what was inspected. Ingest it again.",
        NoHandover => "The PDF could not be handed over to the renderer. Check that this process may create memory files, and its limits.",
        NotCleanImage => "The image is no PNG of pixels and resolution alone. Give what the PNG writer of MedRedact wrote.",
        _ => throw new ArgumentException("Not a code of this package.", nameof(code)),
    };

    internal static PageFaultException Page(string code) => new(new FaultCode(code), Remedy(code));

    internal static MedRedactException Document(string code) => new(new FaultCode(code), Remedy(code));
}

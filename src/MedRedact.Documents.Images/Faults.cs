namespace MedRedact.Documents.Images;

/// <summary>The codes of this package. Rejections end a document before any decoder opened it, page faults withhold one page.</summary>
public static class ImageFaults
{
    /// <summary>The file has no bytes. Scan or export it again.</summary>
    public const string Empty = "MR-SRC-101";

    /// <summary>The bytes are of no format that is read here, whatever the file's name says. Export the pages as TIFF, PNG or JPEG.</summary>
    public const string UnknownFormat = "MR-SRC-102";

    /// <summary>The file is a PDF. Add a package that reads PDF, or export the pages as TIFF, PNG or JPEG.</summary>
    public const string Pdf = "MR-SRC-103";

    /// <summary>The file is larger than <see cref="PipelineLimits.MaxFileBytes"/>. Split it, or raise the limit.</summary>
    public const string FileTooLarge = "MR-SRC-104";

    /// <summary>The file holds more pages than <see cref="PipelineLimits.MaxPages"/>. Split it, or raise the limit.</summary>
    public const string TooManyPages = "MR-SRC-105";

    /// <summary>A page has more pixels than <see cref="PipelineLimits.MaxPixelsPerPage"/>. Scan at a lower resolution, or raise the limit.</summary>
    public const string TooManyPixels = "MR-SRC-106";

    /// <summary>The file ends before its structure does. Transfer or scan it again.</summary>
    public const string Truncated = "MR-SRC-107";

    /// <summary>The structure contradicts its format. Open the file where it was made and export it again.</summary>
    public const string Malformed = "MR-SRC-108";

    /// <summary>A legal variant that is not read here, such as 12-bit, arithmetic-coded or lossless JPEG, run-length BMP, old-style JPEG in TIFF,
    /// or floating-point samples. Export the pages as 8-bit PNG, JPEG or TIFF.</summary>
    public const string UnsupportedVariant = "MR-SRC-109";

    /// <summary>The pixels are inks in a form that is not read here: special inks, or CMYK as JPEG within a TIFF. Export the pages as grey or RGB.</summary>
    public const string Cmyk = "MR-SRC-110";

    /// <summary>The file is animated. Export each frame as a page of a TIFF, so that none is lost.</summary>
    public const string Animated = "MR-SRC-111";

    /// <summary>The directories of the TIFF form a loop. Export the file again.</summary>
    public const string DirectoryLoop = "MR-SRC-112";

    /// <summary>The TIFF holds more directories than <see cref="ImageDocumentOptions.MaxDirectories"/>. Split it, or raise the limit.</summary>
    public const string TooManyDirectories = "MR-SRC-113";

    /// <summary>A page has no width or height, or a side longer than <see cref="ImageDocumentOptions.MaxSide"/>. Export the page in parts.</summary>
    public const string BadDimensions = "MR-SRC-114";

    /// <summary>The header declares more pixels than its bytes can hold even at best compression. Treat the file as hostile.</summary>
    public const string ImpossibleRatio = "MR-SRC-115";

    /// <summary>The TIFF keeps full images in sub-directories or masks, which most viewers never show. Export the pages as a plain TIFF.</summary>
    public const string HiddenImages = "MR-SRC-116";

    /// <summary>The file is HEIC, HEIF or AVIF, as telephones store photographs. Add a reader for it, or have the telephone export JPEG.</summary>
    public const string Heif = "MR-SRC-117";

    /// <summary>The file is JPEG 2000. Add a reader for it, or export the pages as TIFF, PNG or JPEG.</summary>
    public const string Jpeg2000 = "MR-SRC-118";

    /// <summary>The file is DICOM. Export its pages from the viewer as PNG or TIFF: its header, which names the patient, is then left behind.</summary>
    public const string Dicom = "MR-SRC-119";

    /// <summary>The pixels of one page are damaged. Scan the page again.</summary>
    public const string PixelsDamaged = "MR-SRC-151";

    /// <summary>The pixels of one page end early. Scan the page again; nothing was filled in for what is missing.</summary>
    public const string PixelsMissing = "MR-SRC-152";

    /// <summary>The source cannot be read at random. Take it into quarantine first; the pipeline does.</summary>
    public const string NotSeekable = "MR-SRC-161";

    /// <summary>The source is no longer what was inspected. Ingest it again.</summary>
    public const string Changed = "MR-SRC-162";

    /// <summary>What to do about a code: a fixed text without content.</summary>
    /// <param name="code">A code of this class.</param>
    /// <returns>One or two sentences.</returns>
    /// <exception cref="ArgumentException">The code is not of this package.</exception>
    public static string Remedy(string code) => code switch
    {
        Empty => "The file has no bytes. Scan or export it again.",
        UnknownFormat => "The bytes are of no image format that is read here, whatever the name says. Export the pages as TIFF, PNG or JPEG.",
        Pdf => "The file is a PDF. Add a package that reads PDF, or export the pages as TIFF, PNG or JPEG.",
        FileTooLarge => "The file is larger than the limit. Split it, or raise MaxFileBytes.",
        TooManyPages => "The file holds more pages than the limit. Split it, or raise MaxPages.",
        TooManyPixels => "A page has more pixels than the limit. Scan at a lower resolution, or raise MaxPixelsPerPage.",
        Truncated => "The file ends before its structure does. Transfer or scan it again.",
        Malformed => "The structure contradicts its format. Open the file where it was made and export it again.",
        UnsupportedVariant => "A variant of the format that is not read here. Export the pages as 8-bit PNG, JPEG or TIFF.",
        Cmyk => "The pixels are inks in a form that is not read here. Export the pages as grey or RGB.",
        Animated => "The file is animated. Export each frame as a page of a TIFF.",
        DirectoryLoop => "The directories of the TIFF form a loop. Export the file again.",
        TooManyDirectories => "The TIFF holds more directories than the limit. Split it, or raise MaxDirectories.",
        BadDimensions => "A page has no width or height, or a side longer than the limit. Export the page in parts.",
        ImpossibleRatio => "The header declares more pixels than the bytes can hold. Treat the file as hostile.",
        HiddenImages => "The TIFF keeps images where viewers do not show them. Export the pages as a plain TIFF.",
        Heif => "The file is HEIC, HEIF or AVIF. Add a reader for it, or have the telephone export JPEG.",
        Jpeg2000 => "The file is JPEG 2000. Add a reader for it, or export the pages as TIFF, PNG or JPEG.",
        Dicom => "The file is DICOM. Export its pages from the viewer as PNG or TIFF.",
        PixelsDamaged => "The pixels of the page are damaged. Scan the page again.",
        PixelsMissing => "The pixels of the page end early. Scan the page again.",
        NotSeekable => "The source cannot be read at random. Take it into quarantine first.",
        Changed => "The source is no longer what was inspected. Ingest it again.",
        _ => throw new ArgumentException("Not a code of this package.", nameof(code)),
    };

    internal static PageFaultException Page(string code) => new(new FaultCode(code), Remedy(code));

    internal static MedRedactException Document(string code) => new(new FaultCode(code), Remedy(code));
}

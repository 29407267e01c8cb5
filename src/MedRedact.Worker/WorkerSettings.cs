using System.Globalization;
using MedRedact.Documents.Images;
using MedRedact.Ocr.Tesseract;

namespace MedRedact.Worker;

/// <summary>The options of a worker's parts as settings on their way from the host, and back. Both sides compile this file.</summary>
internal static class WorkerSettings
{
    private const string Languages = "ocr.languages", Tessdata = "ocr.tessdata", Library = "ocr.library", PageTime = "ocr.page-milliseconds";
    private const string MaxSide = "images.max-side", MaxDirectories = "images.max-directories";

    public static void Write(IDictionary<string, string> settings, TesseractOptions ocr, ImageDocumentOptions images)
    {
        settings[Languages] = string.Join('+', ocr.Languages);
        if (ocr.TessdataPath is { } tessdata)
            settings[Tessdata] = Path.GetFullPath(tessdata);
        if (ocr.LibraryPath is { } library)
            settings[Library] = library;
        settings[PageTime] = Text((long)ocr.PageTimeLimit.TotalMilliseconds);
        settings[MaxSide] = Text(images.MaxSide);
        settings[MaxDirectories] = Text(images.MaxDirectories);
    }

    public static void LimitPageTime(IDictionary<string, string> settings, TimeSpan most) => settings[PageTime] = Text((long)most.TotalMilliseconds);

    public static TesseractOptions ReadOcr(IReadOnlyDictionary<string, string> settings) => new()
    {
        Languages = [.. settings[Languages].Split('+')],
        TessdataPath = settings.GetValueOrDefault(Tessdata),
        LibraryPath = settings.GetValueOrDefault(Library),
        PageTimeLimit = TimeSpan.FromMilliseconds(Number(settings[PageTime])),
        MaxConcurrentPages = 1,
    };

    public static ImageDocumentOptions ReadImages(IReadOnlyDictionary<string, string> settings) => new()
    {
        MaxSide = (int)Number(settings[MaxSide]),
        MaxDirectories = (int)Number(settings[MaxDirectories]),
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static long Number(string value) => long.Parse(value, CultureInfo.InvariantCulture);
}

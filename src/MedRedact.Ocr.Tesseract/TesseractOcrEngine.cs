using System.Collections.Immutable;
using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Reads pages with Tesseract 5 in this process, on the pool's own threads.</summary>
/// <remarks>Thread-safe: pages beyond the pool's bound wait. The first page for a set of languages on a thread also starts an engine, about 0.1 s.</remarks>
/// <param name="pool">Threads and engines; the caller owns it.</param>
public sealed class TesseractOcrEngine(TesseractEnginePool pool) : IOcrEngine
{
    /// <summary>The id of this engine: <c>tesseract</c>.</summary>
    public static readonly EngineId EngineId = new("tesseract");

    /// <inheritdoc/>
    public EngineId Id => EngineId;

    /// <summary>The version of the library, such as <c>5.3.0</c>; loads the library when nothing has yet.</summary>
    /// <exception cref="MedRedactException">Tesseract is missing.</exception>
    public string Version
    {
        get
        {
            NativeLibraries.EnsureLoaded(pool.Options.LibraryPath);
            return NativeLibraries.Version;
        }
    }

    /// <summary>Reads a page.</summary>
    /// <param name="page">Borrowed until the task completes.</param>
    /// <param name="request">Languages (none: those of <see cref="TesseractOptions.Languages"/>) and layout; trained data of alternatives must be there.</param>
    /// <param name="cancellationToken">Stops waiting at once, and reading at the next word; layout analysis cannot be interrupted.</param>
    /// <returns>Words, lines and blocks with boxes on the original page; the caller owns it. A page without text gives an empty one.</returns>
    /// <exception cref="PageFaultException">The page cannot be read: <see cref="Faults.RecognitionFailed"/>, <see cref="Faults.PageTimeLimitReached"/>
    /// or <see cref="Faults.PageTooLarge"/>.</exception>
    /// <exception cref="MedRedactException">Tesseract or a language is missing, or a language name is not one.</exception>
    public async ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(request);
        LanguageSet languages = LanguageSet.Of(request.Languages.IsDefaultOrEmpty ? [.. pool.Options.Languages] : request.Languages);
        LanguageSet? others = request.AlternativeLanguages.IsDefaultOrEmpty ? null : LanguageSet.Of(request.AlternativeLanguages);
        return await pool.RunAsync(
            engines =>
            {
                // A page in another language may be the last of thousands: what it needs is missed at the first.
                others?.CheckInstalled(engines.Tessdata);
                return engines.Use(languages, engine => Read(engine, page, request.Layout, cancellationToken));
            },
            cancellationToken);
    }

    private PageText Read(TesseractEngine engine, PageImage page, OcrLayout layout, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, pool.Closing);
        using var watch = new RecognitionWatch(pool.Time, pool.Options.PageTimeLimit, either.Token);
        Raster raster = page.Reveal();
        using GrayImage image = GrayImage.Of(raster);
        using ReadText text = layout == OcrLayout.Page
            ? new PageReader(engine, watch).Read(image, raster.Dpi)
            : engine.Recognize(image, raster.Dpi, layout, watch) ?? throw Faults.OutOfTime();
        return text.Build(page.ToOriginal);
    }
}

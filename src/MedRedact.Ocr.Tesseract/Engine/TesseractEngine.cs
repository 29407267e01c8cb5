using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>One Tesseract engine, started for one set of languages. Belongs to one thread.</summary>
internal sealed unsafe class TesseractEngine : IDisposable
{
    private const int LongestSide = short.MaxValue;

    private readonly TesseractHandle _api;

    private TesseractEngine(TesseractHandle api) => _api = api;

    /// <summary>Starts an engine; about 0.1 s.</summary>
    /// <exception cref="MedRedactException">Tesseract refused the trained data.</exception>
    public static TesseractEngine Start(string tessdata, LanguageSet languages)
    {
        TesseractHandle api = TesseractApi.TessBaseAPICreate();
        if (TesseractApi.TessBaseAPIInit2(api, tessdata, languages.Joined, TesseractApi.OemDefault) == 0)
            return new(api);

        api.Dispose();
        throw Faults.EngineDidNotStart();
    }

    /// <summary>Reads a page or a part of one. The engine remembers nothing of it afterwards, so no page depends on another.</summary>
    /// <param name="image">What to read.</param>
    /// <param name="dpi">Its resolution.</param>
    /// <param name="layout">What it holds.</param>
    /// <param name="watch">Stops the reading.</param>
    /// <param name="byNeighbourhood">Whether ink is parted from paper place by place (Sauvola 2000) instead of for the whole image.</param>
    /// <returns>The words, which the caller clears; null where the time ran out, the engine staying usable.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; the engine stays usable.</exception>
    /// <exception cref="PageFaultException">It cannot be read.</exception>
    public ReadText? Recognize(GrayImage image, Dpi dpi, OcrLayout layout, RecognitionWatch watch, bool byNeighbourhood = false)
    {
        try
        {
            TesseractApi.TessBaseAPISetVariable(_api, "thresholding_method", byNeighbourhood ? "2" : "0");
            SetImage(image, dpi, SegmentationOf(layout));
            if (watch.MustStop())
                return null;

            int result = TesseractApi.TessBaseAPIRecognize(_api, watch.Monitor);

            // A recognition that was stopped may still return 0 with half of the words missing, so the watch is asked in any case.
            if (watch.MustStop())
                return null;

            return result == 0 ? ResultReader.Read(_api) : throw Faults.NotRecognized();
        }
        finally
        {
            Forget();
        }
    }

    /// <summary>How far the page is turned, for an engine started with <c>osd</c>.</summary>
    /// <param name="image">The page.</param>
    /// <param name="dpi">Its resolution.</param>
    /// <param name="confidence">The lead of the best orientation over the second; 15 is a reasonable one.</param>
    /// <returns>0, 90, 180 or 270: clockwise degrees by which the content is turned; null where Tesseract cannot tell.</returns>
    public int? DetectTurn(GrayImage image, Dpi dpi, out float confidence)
    {
        try
        {
            SetImage(image, dpi, segmentation: 0);
            int degrees;
            float orientation, script;
            byte* name;
            bool told = TesseractApi.TessBaseAPIDetectOrientationScript(_api, &degrees, &orientation, &name, &script) != 0;
            confidence = told ? orientation : 0;
            return told ? degrees : null;
        }
        finally
        {
            Forget();
        }
    }

    public void Dispose() => _api.Dispose();

    private void SetImage(GrayImage image, Dpi dpi, int segmentation)
    {
        if (image.Width > LongestSide || image.Height > LongestSide)
            throw Faults.TooLarge();

        TesseractApi.TessBaseAPISetPageSegMode(_api, segmentation);
        fixed (byte* pixels = image.Pixels.Span)
            TesseractApi.TessBaseAPISetImage(_api, pixels, image.Width, image.Height, bytesPerPixel: 1, image.Stride);

        // After the image, which resets it; outside these bounds Tesseract does not believe it.
        TesseractApi.TessBaseAPISetSourceResolution(_api, (int)Math.Clamp(dpi.Value, 70, 2400));
    }

    private void Forget()
    {
        TesseractApi.TessBaseAPIClear(_api);
        TesseractApi.TessBaseAPIClearAdaptiveClassifier(_api);
        NativeHeap.Trim();
    }

    private static int SegmentationOf(OcrLayout layout) => layout switch
    {
        OcrLayout.SingleBlock => 6,
        OcrLayout.SparseText => 11,
        OcrLayout.SingleLine => 7,
        _ => 3,
    };
}

using System.Runtime.InteropServices;

namespace MedRedact.Ocr.Tesseract.Native;

/// <summary>The part of Tesseract's C API that we use, <c>tesseract/capi.h</c> of version 5. Names are the library's own.</summary>
internal static unsafe partial class TesseractApi
{
    public const int OemDefault = 3;
    public const int LevelBlock = 0;
    public const int LevelTextLine = 2;
    public const int LevelWord = 3;

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial byte* TessVersion();

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial void TessDeleteText(byte* text);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial TesseractHandle TessBaseAPICreate();

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial void TessBaseAPIEnd(nint api);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial void TessBaseAPIDelete(nint api);

    [LibraryImport(NativeLibraries.Tesseract, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TessBaseAPISetVariable(TesseractHandle api, string name, string value);

    [LibraryImport(NativeLibraries.Tesseract, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TessBaseAPIInit2(TesseractHandle api, string dataPath, string languages, int engineMode);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial void TessBaseAPISetPageSegMode(TesseractHandle api, int mode);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial void TessBaseAPISetImage(TesseractHandle api, byte* pixels, int width, int height, int bytesPerPixel, int bytesPerLine);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial void TessBaseAPISetSourceResolution(TesseractHandle api, int dotsPerInch);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial int TessBaseAPIRecognize(TesseractHandle api, MonitorHandle monitor);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial nint TessBaseAPIGetIterator(TesseractHandle api);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial void TessBaseAPIClear(TesseractHandle api);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial void TessBaseAPIClearAdaptiveClassifier(TesseractHandle api);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial int TessBaseAPIDetectOrientationScript(
        TesseractHandle api, int* degrees, float* degreesConfidence, byte** script, float* scriptConfidence);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial nint TessResultIteratorGetPageIterator(nint iterator);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial int TessResultIteratorNext(nint iterator, int level);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial byte* TessResultIteratorGetUTF8Text(nint iterator, int level);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial float TessResultIteratorConfidence(nint iterator, int level);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial void TessResultIteratorDelete(nint iterator);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial int TessPageIteratorBoundingBox(nint iterator, int level, int* left, int* top, int* right, int* bottom);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial int TessPageIteratorIsAtFinalElement(nint iterator, int level, int element);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial MonitorHandle TessMonitorCreate();

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial void TessMonitorDelete(nint monitor);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial void TessMonitorSetCancelFunc(MonitorHandle monitor, delegate* unmanaged[Cdecl]<nint, int, byte> shouldStop);

    [LibraryImport(NativeLibraries.Tesseract)]
    public static partial void TessMonitorSetCancelThis(MonitorHandle monitor, nint state);
}

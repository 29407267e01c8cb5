using System.Runtime.InteropServices;

namespace MedRedact.Ocr.Tesseract.Native;

/// <summary>The part of Leptonica that we use, <c>allheaders.h</c> of version 1.7x and later. Names are the library's own.</summary>
internal static unsafe partial class LeptonicaApi
{
    public const int RotateByAreaMap = 1;
    public const int BringInWhite = 1;
    public const int BringInBlack = 2;

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int setMsgSeverity(int severity);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixCreateNoInit(int width, int height, int depth);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial void pixDestroy(nint* pix);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial uint* pixGetData(Pix pix);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int pixGetWpl(Pix pix);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial uint* pixGetData(nint pix);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int pixGetWpl(nint pix);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int pixGetHeight(nint pix);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int pixGetWidth(Pix pix);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int pixGetHeight(Pix pix);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixRotate(Pix pix, float radiansClockwise, int how, int background, int width, int height);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixProjectiveGray(Pix pix, float* eightCoefficients, byte background);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixAddBorderGeneral(Pix pix, int left, int right, int top, int bottom, uint value);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixScaleAreaMap(Pix pix, float horizontal, float vertical);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int pixFindSkewSweepAndSearch(
        Pix pix, float* degrees, float* confidence, int sweepReduction, int searchReduction, float sweepRange, float sweepStep, float precision);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixRotateOrth(Pix pix, int quartersClockwise);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixBackgroundNormSimple(Pix pix, nint mask, nint ungrayed);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixBlockconvGray(Pix pix, nint accumulator, int horizontal, int vertical);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixGammaTRC(nint target, Pix pix, float gamma, int black, int white);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixCloseSafeBrick(nint target, Pix pix, int width, int height);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixInvert(nint target, Pix pix);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixOpenBrick(nint target, Pix pix, int width, int height);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixDilateBrick(nint target, Pix pix, int width, int height);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixExtractBorderConnComps(Pix pix, int connectivity);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixHolesByFilling(Pix pix, int connectivity);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int pixSetMasked(Pix pix, Pix mask, uint value);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int pixClearAll(Pix pix);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int pixZero(Pix pix, int* empty);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int pixCountPixels(Pix pix, int* count, nint table);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Pix pixReduceRankBinary2(Pix pix, int level, nint table);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int pixOrientDetect(Pix pix, float* up, float* left, int fewestMarks, int debug);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial Boxa pixConnCompBB(Pix pix, int connectivity);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial void boxaDestroy(nint* boxes);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int boxaGetCount(Boxa boxes);

    [LibraryImport(NativeLibraries.Leptonica)]
    public static partial int boxaGetBoxGeometry(Boxa boxes, int index, int* left, int* top, int* width, int* height);
}

using System.Runtime.InteropServices;

namespace MedRedact.Ocr.Tesseract.Native;

/// <summary>Keeps glibc's heap as large as one page needs, however many pages are read.</summary>
/// <remarks>By default glibc raises, with the first page image that is freed, the size from which an allocation gets pages of its own: from then on
/// images lie between small blocks of the heap, which cannot give their memory back and grows with the number of pages. A fixed size ends that.
/// It is a setting of the whole process; one that the operator has made is kept, and other C libraries have nothing to set.</remarks>
internal static class NativeHeap
{
    // <malloc.h>
    private const int TrimThreshold = -1, MapThreshold = -3;
    private const int MapFrom = 256 << 10, TrimFrom = 1 << 20;

    public static unsafe void StayFlat()
    {
        if (!OperatingSystem.IsLinux() || IsSetByOperator() || !NativeLibrary.TryLoad("libc.so.6", out nint libc))
            return;

        if (NativeLibrary.TryGetExport(libc, "mallopt", out nint export))
        {
            var mallopt = (delegate* unmanaged[Cdecl]<int, int, int>)export;
            _ = mallopt(MapThreshold, MapFrom);
            _ = mallopt(TrimThreshold, TrimFrom);
        }
    }

    private static bool IsSetByOperator() =>
        Environment.GetEnvironmentVariable("MALLOC_MMAP_THRESHOLD_") is not null
        || Environment.GetEnvironmentVariable("GLIBC_TUNABLES")?.Contains("glibc.malloc.mmap_threshold", StringComparison.Ordinal) == true;
}

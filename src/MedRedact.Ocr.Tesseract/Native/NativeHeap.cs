using System.Runtime.InteropServices;

namespace MedRedact.Ocr.Tesseract.Native;

/// <summary>Keeps glibc's heap as large as one page needs, however many pages are read.</summary>
/// <remarks>By default glibc raises, with the first page image that is freed, the size from which an allocation gets pages of its own: from then on
/// images lie between small blocks of the heap, which cannot give their memory back and grows with the number of pages. A fixed size ends that; at most
/// one arena a core keeps threads that come and go from spreading a page over many heaps; and what a page leaves free goes back when it is read.
/// These are settings of the whole process; one that the operator has made is kept, and other C libraries have nothing to set.</remarks>
internal static unsafe class NativeHeap
{
    // <malloc.h>
    private const int TrimThreshold = -1, MapThreshold = -3, ArenaMax = -8;
    private const int MapFrom = 256 << 10, TrimFrom = 1 << 20;

    private static delegate* unmanaged[Cdecl]<nuint, int> _trim;

    public static void StayFlat()
    {
        if (!OperatingSystem.IsLinux() || IsSetByOperator() || !NativeLibrary.TryLoad("libc.so.6", out nint libc))
            return;

        if (NativeLibrary.TryGetExport(libc, "mallopt", out nint export))
        {
            var mallopt = (delegate* unmanaged[Cdecl]<int, int, int>)export;
            _ = mallopt(MapThreshold, MapFrom);
            _ = mallopt(TrimThreshold, TrimFrom);
            _ = mallopt(ArenaMax, Math.Max(2, Environment.ProcessorCount));
        }

        if (NativeLibrary.TryGetExport(libc, "malloc_trim", out nint trim))
            _trim = (delegate* unmanaged[Cdecl]<nuint, int>)trim;
    }

    /// <summary>Gives free memory back to the system; milliseconds, against most of a second for a page.</summary>
    public static void Trim()
    {
        if (_trim is not null)
            _ = _trim(TrimFrom);
    }

    private static bool IsSetByOperator() =>
        Environment.GetEnvironmentVariable("MALLOC_MMAP_THRESHOLD_") is not null
        || Environment.GetEnvironmentVariable("MALLOC_ARENA_MAX") is not null
        || Environment.GetEnvironmentVariable("GLIBC_TUNABLES")?.Contains("glibc.malloc.", StringComparison.Ordinal) == true;
}

using System.Reflection;
using System.Runtime.InteropServices;

namespace MedRedact.Ocr.Tesseract.Native;

/// <summary>Finds and loads Tesseract and Leptonica once a process. Everything native goes through <see cref="EnsureLoaded"/> first.</summary>
internal static partial class NativeLibraries
{
    public const string Tesseract = "medredact-tesseract";
    public const string Leptonica = "medredact-leptonica";
    private const string LibC = "medredact-libc";
    private const int SilentSeverity = 6;

    private static readonly Lock Gate = new();
    private static nint _tesseract;
    private static nint _leptonica;
    private static bool _hasResolver;
    private static volatile bool _isReady;

    /// <summary>The version of the loaded Tesseract.</summary>
    public static unsafe string Version => Marshal.PtrToStringUTF8((nint)TesseractApi.TessVersion()) ?? "";

    /// <summary>Loads the libraries; later calls return at once.</summary>
    /// <param name="path">The library as a file, or null to find it by name.</param>
    /// <exception cref="MedRedactException">No library was found, or an unsuitable one.</exception>
    public static void EnsureLoaded(string? path)
    {
        if (path is not null && !File.Exists(path))
            throw Faults.LibraryNotFound();

        if (_isReady)
            return;

        lock (Gate)
        {
            if (_isReady)
                return;

            if (!_hasResolver)
            {
                NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
                _hasResolver = true;
            }

            LimitOpenMp();
            NativeHeap.StayFlat();
            Load(path);
            Silence();
            _isReady = true;
        }
    }

    private static void Load(string? path)
    {
        nint tesseract = FirstThatLoads(path is null ? TesseractNames() : [path]);
        if (tesseract == 0)
            throw Faults.LibraryNotFound();

        // The dynamic linker looks through a library's dependencies, so this is the very Leptonica that Tesseract uses, whatever its version.
        // Windows does not; there it is found by name.
        nint leptonica = NativeLibrary.TryGetExport(tesseract, nameof(LeptonicaApi.setMsgSeverity), out _) ? tesseract : FirstThatLoads(LeptonicaNames());
        if (leptonica == 0 || !IsVersion5(tesseract))
            throw Faults.LibraryNotSuitable();

        (_tesseract, _leptonica) = (tesseract, leptonica);
    }

    /// <summary>Both libraries print by default, and what they print may quote the page. Tesseract's setting is one for the whole process;
    /// it knows this name for "nowhere" on Windows too.</summary>
    private static void Silence()
    {
        _ = LeptonicaApi.setMsgSeverity(SilentSeverity);
        using TesseractHandle api = TesseractApi.TessBaseAPICreate();
        _ = TesseractApi.TessBaseAPISetVariable(api, "debug_file", "/dev/null");
    }

    /// <summary>With more than one OpenMP thread Tesseract burns several times the CPU and is slower. The run-time reads the limit once, from the
    /// native environment, which Environment.SetEnvironmentVariable does not reach on Unix. A limit that the operator has set is kept.</summary>
    private static void LimitOpenMp()
    {
        const string variable = "OMP_THREAD_LIMIT";
        if (OperatingSystem.IsWindows())
        {
            if (Environment.GetEnvironmentVariable(variable) is null)
                Environment.SetEnvironmentVariable(variable, "1");
        }
        else
        {
            _ = setenv(variable, "1", overwrite: 0);
        }
    }

    private static unsafe bool IsVersion5(nint tesseract)
    {
        if (!NativeLibrary.TryGetExport(tesseract, nameof(TesseractApi.TessVersion), out nint version))
            return false;

        byte* text = ((delegate* unmanaged[Cdecl]<byte*>)version)();
        return text is not null && text[0] >= '5' && text[0] <= '9' && text[1] == '.';
    }

    private static nint FirstThatLoads(ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(NativeLibraries).Assembly, searchPath: null, out nint library))
                return library;
        }

        return 0;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => name switch
    {
        Tesseract => _tesseract,
        Leptonica => _leptonica,
        LibC => FirstThatLoads(OperatingSystem.IsMacOS() ? ["/usr/lib/libSystem.dylib"] : ["libc.so.6", "libc.so", "libc"]),
        _ => 0,
    };

    private static string[] TesseractNames() =>
        OperatingSystem.IsWindows()
            ? ["tesseract55.dll", "tesseract54.dll", "tesseract53.dll", "tesseract52.dll", "tesseract51.dll", "tesseract50.dll", "libtesseract-5.dll",
                .. UnderProgramFiles("libtesseract-5.5.dll", "libtesseract-5.dll", "tesseract55.dll")]
        : OperatingSystem.IsMacOS()
            ? ["libtesseract.5.dylib", "/opt/homebrew/lib/libtesseract.5.dylib", "/usr/local/lib/libtesseract.5.dylib"]
            : ["libtesseract.so.5", "/usr/local/lib/libtesseract.so.5"];

    private static string[] LeptonicaNames() =>
        OperatingSystem.IsWindows()
            ? ["leptonica-1.85.0.dll", "leptonica-1.84.1.dll", "leptonica-1.83.1.dll", "leptonica-1.82.0.dll", "libleptonica-6.dll", "liblept-5.dll",
                .. UnderProgramFiles("libleptonica-6.dll", "liblept-5.dll")]
        : OperatingSystem.IsMacOS()
            ? ["libleptonica.6.dylib", "liblept.5.dylib", "/opt/homebrew/lib/libleptonica.6.dylib", "/usr/local/lib/libleptonica.6.dylib"]
            : ["libleptonica.so.6", "liblept.so.5"];

    private static IEnumerable<string> UnderProgramFiles(params IEnumerable<string> names) =>
        names.Select(name => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Tesseract-OCR", name));

    [LibraryImport(LibC, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}

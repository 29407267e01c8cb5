using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MedRedact.Isolation;

/// <summary>What a worker gives up before it sees a page: none of it can be taken back by whoever takes the process over.</summary>
internal static partial class Confinement
{
    private const int ParentDeathSignal = 1, Dumpable = 4, NoNewPrivileges = 38, SignalKill = 9;
    private const int LimitFileSize = 1, LimitData = 2, LimitCore = 4;
    private const int StandardInput = 0, StandardOutput = 1;

    /// <summary>Lets the standard streams lead nowhere: a native library that prints must not write into the conversation with the host.</summary>
    public static void CloseStandardStreams(SafeFileHandle nowhere)
    {
        _ = Duplicate(nowhere, StandardInput);
        _ = Duplicate(nowhere, StandardOutput);
    }

    /// <summary>Asks the kernel to kill this process when the host's thread that started it ends.</summary>
    /// <param name="host">The host's process; it may be the first of a container.</param>
    /// <returns><see langword="false"/>: the host has ended already.</returns>
    public static bool DiesWithHost(int host) => ProcessControl(ParentDeathSignal, SignalKill, 0, 0, 0) == 0 && ParentId() == host;

    /// <summary>No core dump and no debugger of the same user, for its memory is PHI; no file may grow, so that nothing reaches a disk; no program with more
    /// rights; and no private memory past a ceiling.</summary>
    public static void Apply(long memoryCeiling)
    {
        _ = ProcessControl(Dumpable, 0, 0, 0, 0);
        _ = ProcessControl(NoNewPrivileges, 1, 0, 0, 0);
        Limit(LimitCore, 0);
        Limit(LimitFileSize, 0);
        Limit(LimitData, (ulong)memoryCeiling);
    }

    /// <summary>Ends this process without a word: nothing is unwound, nothing flushed.</summary>
    public static void Exit() => ExitNow(0);

    private static void Limit(int resource, ulong most)
    {
        var limit = new ResourceLimit(most, most);
        _ = SetLimit(resource, in limit);
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(SafeFileHandle from, int to);

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ExitNow(int code);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ResourceLimit(ulong soft, ulong hard)
    {
        public readonly ulong Soft = soft;
        public readonly ulong Hard = hard;
    }
}

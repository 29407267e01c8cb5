using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MedRedact.Durability;

/// <summary>The calls whose failure the runtime does not report: <c>FileStream.Flush(true)</c> and
/// <c>RandomAccess.FlushToDisk</c> return normally when fsync fails.</summary>
internal static partial class LibC
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int FullSync = 51;                  // F_FULLFSYNC (macOS): through the drive's own cache
    public const int LockExclusiveNonBlocking = 2 | 4;
    public const int Unlock = 8;

    /// <summary>O_CLOEXEC: a child process must not inherit the descriptor.</summary>
    private static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary>Opens what exists: a file, or a folder, which the runtime refuses to open.</summary>
    public static SafeFileHandle OpenChecked(string path, int flags, FileOperation operation)
    {
        while (true)
        {
            int descriptor = Open(path, flags | CloseOnExec);
            if (descriptor >= 0)
                return new SafeFileHandle(descriptor, ownsHandle: true);

            int error = Marshal.GetLastPInvokeError();
            if (error != NativeErrors.Interrupted)
                throw DurabilityException.FromNative(operation, error);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int FileSync(SafeFileHandle descriptor);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Control(SafeFileHandle descriptor, int command);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Lock(SafeFileHandle descriptor, int operation);
}

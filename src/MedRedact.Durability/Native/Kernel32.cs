using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MedRedact.Durability;

/// <summary>The same promises on Windows.</summary>
internal static partial class Kernel32
{
    public const int ReplaceExisting = 1;
    public const int WriteThrough = 8;               // MoveFileEx returns once the rename is on disk

    [LibraryImport("kernel32", EntryPoint = "FlushFileBuffers", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool FlushFileBuffers(SafeFileHandle file);

    [LibraryImport("kernel32", EntryPoint = "MoveFileExW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool MoveFileEx(string source, string target, int flags);
}

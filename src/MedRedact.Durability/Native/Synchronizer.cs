using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MedRedact.Durability;

/// <summary>Waits until bytes or names are on disk, and says so when they are not.</summary>
internal static class Synchronizer
{
    public static void SyncFile(SafeFileHandle file) => Sync(file, FileOperation.SyncFile);

    public static void SyncDirectory(string directory)
    {
        // NTFS journals names, and renames are written through: there is no folder handle to flush.
        if (OperatingSystem.IsWindows())
            return;

        using SafeFileHandle handle = LibC.OpenChecked(directory, LibC.ReadOnly, FileOperation.SyncDirectory);
        Sync(handle, FileOperation.SyncDirectory);
    }

    private static void Sync(SafeFileHandle handle, FileOperation operation)
    {
        if (OperatingSystem.IsWindows())
        {
            if (!Kernel32.FlushFileBuffers(handle))
                throw DurabilityException.FromNative(operation, Marshal.GetLastPInvokeError());
            return;
        }

        // macOS: fsync stops at the drive's cache. A volume that does not know F_FULLFSYNC still knows fsync.
        if (OperatingSystem.IsMacOS() && LibC.Control(handle, LibC.FullSync) == 0)
            return;

        // An interrupted call has not failed; any other error has, and must not be tried again on this handle.
        while (LibC.FileSync(handle) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != NativeErrors.Interrupted)
                throw DurabilityException.FromNative(operation, error);
        }
    }
}

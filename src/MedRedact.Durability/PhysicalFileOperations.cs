using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MedRedact.Durability;

/// <summary>The file system of this machine.</summary>
public sealed class PhysicalFileOperations : IFileOperations
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    private PhysicalFileOperations()
    {
    }

    /// <summary>The one instance.</summary>
    public static PhysicalFileOperations Instance { get; } = new();

    /// <inheritdoc/>
    public IFileHandle Open(string path, FileOpening opening) =>
        new PhysicalFile(Guard(FileOperation.Open, () => OpenStream(
            path,
            opening is FileOpening.CreateNew ? FileMode.CreateNew : FileMode.Open,
            opening is FileOpening.Read ? FileAccess.Read : FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Delete)));

    /// <inheritdoc/>
    public IDisposable Lock(string path)
    {
        if (OperatingSystem.IsWindows())
            return Guard(FileOperation.Lock, () => OpenStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

        if (!File.Exists(path))
            CreateLockFile(path);

        // flock itself rather than FileShare.None: the runtime's own file locking can be switched off by an environment variable.
        SafeFileHandle file = LibC.OpenChecked(path, LibC.ReadWrite, FileOperation.Lock);
        while (LibC.Lock(file, LibC.LockExclusiveNonBlocking) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error == NativeErrors.Interrupted)
                continue;
            file.Dispose();
            throw DurabilityException.FromNative(FileOperation.Lock, error);
        }

        return new HeldLock(file);
    }

    /// <summary>Unlocks before it closes: a child process that was just forked holds the descriptor too until it runs its program, and with it the lock.</summary>
    private sealed class HeldLock(SafeFileHandle file) : IDisposable
    {
        public void Dispose()
        {
            if (!file.IsClosed)
                _ = LibC.Lock(file, LibC.Unlock);
            file.Dispose();
        }
    }

    /// <inheritdoc/>
    public bool Exists(string path) => Path.Exists(path);

    /// <inheritdoc/>
    public IReadOnlyList<FileEntry> List(string directory) => Guard(FileOperation.List, () =>
        new DirectoryInfo(directory).EnumerateFileSystemInfos()
            .Select(info => new FileEntry(info.Name, info is DirectoryInfo))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .ToArray());

    /// <inheritdoc/>
    public void CreateDirectory(string directory) => Guard(FileOperation.CreateDirectory, () =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(directory) : Directory.CreateDirectory(directory, OwnerDirectory));

    /// <inheritdoc/>
    public void Rename(string source, string target, bool replace) => Guard(FileOperation.Rename, () =>
    {
        if (OperatingSystem.IsWindows())
            RenameOnWindows(source, target, replace);
        else if (Directory.Exists(source))
            Directory.Move(source, target);
        else
            File.Move(source, target, replace);
        return 0;
    });

    /// <inheritdoc/>
    public void Delete(string path) => Guard(FileOperation.Delete, () =>
    {
        File.Delete(path);
        return 0;
    });

    /// <inheritdoc/>
    public void SyncDirectory(string directory) => Synchronizer.SyncDirectory(directory);

    private static T Guard<T>(FileOperation operation, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw DurabilityException.From(operation, fault);
        }
    }

    private static FileStream OpenStream(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
            options.UnixCreateMode = OwnerFile;
        return new FileStream(path, options);
    }

    private static void CreateLockFile(string path)
    {
        try
        {
            Guard(FileOperation.Lock, () => OpenStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite)).Dispose();
        }
        catch (DurabilityException race) when (race.Fault == DurabilityFault.AlreadyExists)
        {
            // Somebody was faster; who gets the lock is decided by flock.
        }
    }

    private static void RenameOnWindows(string source, string target, bool replace)
    {
        int flags = Kernel32.WriteThrough | (replace && !Directory.Exists(source) ? Kernel32.ReplaceExisting : 0);
        if (!Kernel32.MoveFileEx(source, target, flags))
            throw DurabilityException.FromNative(FileOperation.Rename, Marshal.GetLastPInvokeError());
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MedRedact.Isolation;

/// <summary>A file of Linux that lies in memory only (<c>memfd_create</c>) and has no name in any folder. Its length is sealed: nobody can make it longer, or
/// shorter under whoever has mapped it. Only programs of the same user that are told this process and descriptor can open it; no child process inherits it.</summary>
public sealed partial class MemoryFile : IDisposable
{
    private const uint CloseOnExec = 1, AllowSealing = 2;
    private const int AddSeals = 1033, SealSeal = 1, SealShrink = 2, SealGrow = 4, SealWrite = 8;

    private readonly SafeFileHandle _file;

    private MemoryFile(SafeFileHandle file, long length)
    {
        (_file, Length) = (file, length);
        Path = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{file.DangerousGetHandle()}");
    }

    /// <summary>Whether this system has such files.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>What another program opens, for as long as this object lives.</summary>
    public string Path { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Makes a file of zeros that may be written. It takes memory where it is written only.</summary>
    /// <param name="length">Bytes, 1 or more.</param>
    /// <returns>The file; the caller owns it, and its memory is freed when nobody has it open or mapped.</returns>
    /// <exception cref="IOException">The system gives no such file.</exception>
    public static MemoryFile Create(long length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return Make(file => RandomAccess.SetLength(file, length), length, SealSeal | SealShrink | SealGrow);
    }

    /// <summary>Copies bytes into a file that nobody can change any more.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The file; the caller owns it.</returns>
    /// <exception cref="IOException">The system gives no such file.</exception>
    public static unsafe MemoryFile CopyOf(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            (nint at, int length) = ((nint)first, bytes.Length);
            return Make(file => RandomAccess.Write(file, new ReadOnlySpan<byte>((void*)at, length), 0), length, SealSeal | SealShrink | SealGrow | SealWrite);
        }
    }

    /// <summary>Maps the file for reading and writing.</summary>
    /// <returns>The memory; the caller owns it.</returns>
    internal MappedMemory Map() => new(_file, Length);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static MemoryFile Make(Action<SafeFileHandle> fill, long length, int seals)
    {
        var file = new SafeFileHandle(Create("page", CloseOnExec | AllowSealing), ownsHandle: true);
        try
        {
            if (file.IsInvalid)
                throw new IOException("No memory file.");

            fill(file);
            if (Control(file, AddSeals, seals) != 0)
                throw new IOException("No seals.");
            return new MemoryFile(file, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Create(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, int command, int seals);
}

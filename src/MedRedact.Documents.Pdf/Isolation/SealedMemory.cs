using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MedRedact.Documents.Pdf;

/// <summary>A file of Linux that lies in memory only (<c>memfd_create</c>), sealed so that nobody can change it. Only programs of the same user that
/// are told this process and descriptor can open it; no child process inherits it.</summary>
internal sealed partial class SealedMemory : Handover
{
    private const uint CloseOnExec = 1, AllowSealing = 2;
    private const int AddSeals = 1033, SealSeal = 1, SealShrink = 2, SealGrow = 4, SealWrite = 8;

    private readonly SafeFileHandle _file;

    private SealedMemory(SafeFileHandle file)
    {
        _file = file;
        Path = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{file.DangerousGetHandle()}");
    }

    public override string Path { get; }

    public static new SealedMemory Of(ReadOnlySpan<byte> bytes)
    {
        var file = new SafeFileHandle(Create("document", CloseOnExec | AllowSealing), ownsHandle: true);
        try
        {
            if (file.IsInvalid)
                throw new IOException("No memory file.");

            RandomAccess.Write(file, bytes, 0);
            if (Control(file, AddSeals, SealSeal | SealShrink | SealGrow | SealWrite) != 0)
                throw new IOException("No seals.");
            return new SealedMemory(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Create(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, int command, int seals);
}

namespace MedRedact.Documents.Pdf;

/// <summary>A file in the temporary folder that only this user may read, deleted when the document is closed. For systems without memory files: there, and
/// only there, the bytes of a PDF touch a disk in clear, so its temporary folder belongs on an encrypted volume or in memory.</summary>
internal sealed class PrivateFile : Handover
{
    private readonly FileStream _file;

    private PrivateFile(FileStream file) => _file = file;

    public override string Path => _file.Name;

    public static new PrivateFile Of(ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        var file = new FileStream(System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName()), options);
        try
        {
            file.Write(bytes);
            return new PrivateFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override void Dispose() => _file.Dispose();
}

namespace MedRedact;

/// <summary>The codes of a source document that this package opens itself.</summary>
public static class SourceFaults
{
    /// <summary><c>MR-SRC-001</c>: the source file cannot be opened. What to do: check that it exists, that nobody writes to it and that this
    /// process may read it.</summary>
    public static FaultCode FileNotOpened { get; } = new("MR-SRC-001");

    /// <summary><c>MR-SRC-002</c>: the source has no bytes, or is a pipe, a device or a socket. What to do: send a file that holds the scan; save into a
    /// file first what a pipe or a device gives.</summary>
    public static FaultCode FileWithoutBytes { get; } = new("MR-SRC-002");

    /// <summary><c>MR-SRC-003</c>: the source is a folder, or a link to one. What to do: name the files in it, or the folder itself to a tool that walks
    /// folders; links to folders are not followed.</summary>
    public static FaultCode FileIsFolder { get; } = new("MR-SRC-003");

    internal static MedRedactException CannotOpen() =>
        new(FileNotOpened, "The source file cannot be opened. Check that it exists, that nobody writes to it and that this process may read it.");

    internal static MedRedactException WithoutBytes() => new(
        FileWithoutBytes, "The source has no bytes, or is a pipe, a device or a socket. Send a file that holds the scan; save into a file first what a pipe or a device gives.");

    internal static MedRedactException Folder() => new(
        FileIsFolder, "The source is a folder, or a link to one. Name its files, or the folder itself: links to folders are not followed.");
}

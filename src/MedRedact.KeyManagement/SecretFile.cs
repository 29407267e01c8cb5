using MedRedact.Durability;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>Reads a file that nobody else may read, into memory that is cleared.</summary>
internal static class SecretFile
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <summary>Who beside the owner may read it.</summary>
    public enum Sharing
    {
        /// <summary>Nobody: mode 0600 or 0400.</summary>
        None = 0,

        /// <summary>The file's group, as orchestrators mount secrets: mode 0640 or 0440.</summary>
        Group,
    }

    /// <summary>Reads the whole file; null where it is longer than it may be.</summary>
    public static SecretBuffer? Read(string path, int maxLength, Sharing sharing, IFileOperations operations)
    {
        try
        {
            UnixFileMode refused = sharing == Sharing.None ? Others | UnixFileMode.GroupRead : Others;
            if (operations is PhysicalFileOperations && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & refused) != 0)
                throw Faults.Refuse(Faults.ReadableByOthers);

            using IFileHandle file = operations.Open(path, FileOpening.Read);
            if (file.Length > maxLength)
                return null;

            var bytes = new SecretBuffer((int)file.Length);
            return file.ReadFully(bytes.Span, 0) == bytes.Length ? bytes : throw new EndOfStreamException();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The system's exception is not attached: its message holds the path.
            throw Faults.Refuse(Faults.StorageFailed, fault as DurabilityException);
        }
    }
}

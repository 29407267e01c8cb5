namespace MedRedact.Durability;

/// <summary>An open file. Not thread-safe; every failure is a <see cref="DurabilityException"/>.</summary>
public interface IFileHandle : IDisposable
{
    /// <summary>The length of the file, in bytes.</summary>
    long Length { get; }

    /// <summary>Reads bytes.</summary>
    /// <param name="buffer">Where they go.</param>
    /// <param name="offset">Where in the file to begin, in bytes.</param>
    /// <returns>How many were read; 0 at the end of the file.</returns>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Writes all the bytes or throws; after a throw, any part of them may be in the file.</summary>
    /// <param name="bytes">What to write.</param>
    /// <param name="offset">Where in the file to begin, in bytes.</param>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Cuts or extends the file.</summary>
    /// <param name="length">The new length, in bytes.</param>
    void SetLength(long length);

    /// <summary>Returns when bytes and length are on disk. After a throw, treat everything since the last success as lost,
    /// and do not call it again on this handle: the system may have dropped the pages and would report success.</summary>
    void Sync();
}

/// <summary>Reading more than one call's worth.</summary>
public static class FileHandleReading
{
    /// <summary>Reads until the buffer is full or the file ends.</summary>
    /// <param name="file">The file.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="offset">Where in the file to begin, in bytes.</param>
    /// <returns>How many were read.</returns>
    public static int ReadFully(this IFileHandle file, Span<byte> buffer, long offset)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            int read = file.Read(buffer[total..], offset + total);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }

    /// <summary>Reads a whole file that is not to be large.</summary>
    /// <param name="operations">The file system.</param>
    /// <param name="path">The file.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <returns>Its bytes, or <see langword="null"/> where there are more.</returns>
    /// <exception cref="DurabilityException">There is no such file, or it cannot be read.</exception>
    public static byte[]? ReadWhole(this IFileOperations operations, string path, long most)
    {
        ArgumentNullException.ThrowIfNull(operations);
        using IFileHandle file = operations.Open(path, FileOpening.Read);
        long length = file.Length;
        if (length > most)
            return null;

        byte[] bytes = new byte[length];
        int read = file.ReadFully(bytes, 0);
        return read == length ? bytes : bytes[..read];
    }
}

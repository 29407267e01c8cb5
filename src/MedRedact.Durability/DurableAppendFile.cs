namespace MedRedact.Durability;

/// <summary>A file that only grows: append, then sync, then tell the caller.</summary>
/// <remarks>After any failed write or sync the handle is poisoned: every later call fails with <see cref="DurabilityFault.Poisoned"/>,
/// because the system may have dropped what it could not write and would report the next sync as a success. Reopen and recover from
/// what the disk holds. Not thread-safe.</remarks>
public sealed class DurableAppendFile : IDisposable
{
    private readonly IFileHandle _file;

    private DurableAppendFile(IFileHandle file, long length)
    {
        _file = file;
        Length = DurableLength = length;
    }

    /// <summary>The length including what was appended and not yet synced, in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>How much of it is known to be on disk, in bytes.</summary>
    public long DurableLength { get; private set; }

    /// <summary>Whether an earlier call failed.</summary>
    public bool IsPoisoned { get; private set; }

    /// <summary>Creates a file that begins with <paramref name="header"/>; it appears whole and durable or not at all.</summary>
    /// <param name="path">The file, which does not exist.</param>
    /// <param name="header">Its first bytes.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <returns>The file, open at its end.</returns>
    /// <exception cref="DurabilityException">A step failed, or the name is taken.</exception>
    public static DurableAppendFile Create(string path, ReadOnlySpan<byte> header, IFileOperations? operations = null)
    {
        operations ??= PhysicalFileOperations.Instance;
        using (AtomicFile file = AtomicFile.Create(path, operations))
        {
            file.Content.Write(header);
            file.Commit(replace: false);
        }

        return Open(path, header.Length, header.Length, operations);
    }

    /// <summary>Opens a file to append after its first <paramref name="length"/> bytes; what follows them, the torn tail of a crash,
    /// is cut off, and all the rest is on disk before this returns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">How many bytes are good, at most the file's length.</param>
    /// <param name="settled">How many of them are known to be on disk. The others are written again: after a failed sync the system
    /// may show bytes that never reached the disk, and would sync them with success and without effect.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <returns>The file, open at its end.</returns>
    /// <exception cref="DurabilityException">A step failed.</exception>
    public static DurableAppendFile Open(string path, long length, long settled = 0, IFileOperations? operations = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(settled);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settled, length);
        IFileHandle file = (operations ?? PhysicalFileOperations.Instance).Open(path, FileOpening.ReadWrite);
        try
        {
            long found = file.Length;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, found);
            if (found > length)
                file.SetLength(length);

            WriteAgain(file, settled, length);
            file.Sync();
            return new DurableAppendFile(file, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends bytes; they are durable after the next <see cref="Sync"/>.</summary>
    /// <param name="bytes">What to append.</param>
    /// <exception cref="DurabilityException">The write failed, or an earlier call did.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ThrowIfPoisoned(FileOperation.Write);
        IsPoisoned = true;
        _file.Write(bytes, Length);
        Length += bytes.Length;
        IsPoisoned = false;
    }

    /// <summary>Returns when everything appended is on disk.</summary>
    /// <exception cref="DurabilityException">The sync failed, or an earlier call did.</exception>
    public void Sync()
    {
        ThrowIfPoisoned(FileOperation.SyncFile);
        IsPoisoned = true;
        _file.Sync();
        DurableLength = Length;
        IsPoisoned = false;
    }

    /// <summary>Closes the file. What was appended and not synced may or may not be found again.</summary>
    public void Dispose()
    {
        IsPoisoned = true;
        _file.Dispose();
    }

    private static void WriteAgain(IFileHandle file, long from, long to)
    {
        byte[] block = new byte[(int)Math.Min(to - from, 64 * 1024)];
        while (from < to)
        {
            Span<byte> part = block.AsSpan(0, (int)Math.Min(block.Length, to - from));
            if (file.ReadFully(part, from) < part.Length)
                throw new DurabilityException(FileOperation.Read, DurabilityFault.Io);
            file.Write(part, from);
            from += part.Length;
        }
    }

    private void ThrowIfPoisoned(FileOperation operation)
    {
        if (IsPoisoned)
            throw new DurabilityException(operation, DurabilityFault.Poisoned);
    }
}

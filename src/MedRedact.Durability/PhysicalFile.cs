using Microsoft.Win32.SafeHandles;

namespace MedRedact.Durability;

/// <summary>A file of this machine; positions are given with each call, so the handle has no state of its own.</summary>
internal sealed class PhysicalFile(FileStream stream) : IFileHandle
{
    private readonly SafeFileHandle _handle = stream.SafeFileHandle;

    public long Length
    {
        get
        {
            try
            {
                return RandomAccess.GetLength(_handle);
            }
            catch (Exception fault) when (IsOfTheSystem(fault))
            {
                throw DurabilityException.From(FileOperation.Read, fault);
            }
        }
    }

    public int Read(Span<byte> buffer, long offset)
    {
        try
        {
            return RandomAccess.Read(_handle, buffer, offset);
        }
        catch (Exception fault) when (IsOfTheSystem(fault))
        {
            throw DurabilityException.From(FileOperation.Read, fault);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, offset);
        }
        catch (Exception fault) when (IsOfTheSystem(fault))
        {
            throw DurabilityException.From(FileOperation.Write, fault);
        }
    }

    public void SetLength(long length)
    {
        try
        {
            RandomAccess.SetLength(_handle, length);
        }
        catch (Exception fault) when (IsOfTheSystem(fault))
        {
            throw DurabilityException.From(FileOperation.SetLength, fault);
        }
    }

    public void Sync() => Synchronizer.SyncFile(_handle);

    public void Dispose() => stream.Dispose();

    private static bool IsOfTheSystem(Exception fault) => fault is IOException or UnauthorizedAccessException;
}

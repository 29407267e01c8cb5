using System.Buffers;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>A file from a position on through a window of fixed size: what was read and not yet taken, and more of it on demand.</summary>
internal sealed class ReadWindow(IFileHandle file, long offset, int size) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(size);
    private long _offset = offset;
    private int _begin;
    private int _end;

    /// <summary>What was read and not taken; valid until <see cref="Refill"/>.</summary>
    public ReadOnlySpan<byte> Rest => _buffer.AsSpan(_begin.._end);

    /// <summary>Where the rest begins, in bytes from the start of the file.</summary>
    public long Position => _offset - (_end - _begin);

    public void Take(int length) => _begin += length;

    public void Refill()
    {
        _buffer.AsSpan(_begin.._end).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        int read = file.ReadFully(_buffer.AsSpan(_end, size - _end), _offset);
        _end += read;
        _offset += read;
    }

    public void Dispose()
    {
        file.Dispose();
        byte[] buffer = _buffer;
        (_buffer, _begin, _end) = ([], 0, 0);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}

using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Reads the frames of one segment from front to back, in a fixed amount of memory.</summary>
internal sealed class SegmentReader(IFileHandle file, long offset) : IDisposable
{
    private readonly byte[] _buffer = new byte[2 * (Frame.HeaderSize + LeafFormat.MaxSize)];
    private long _offset = offset;
    private int _begin;
    private int _end;

    /// <summary>Reads the next leaf; it is valid until the next call.</summary>
    /// <returns>Whether there was a whole and undamaged frame; otherwise <see cref="AtEnd"/> tells the end from damage.</returns>
    public bool TryNext(out ReadOnlySpan<byte> leaf)
    {
        if (!Frame.TryRead(_buffer.AsSpan(_begin.._end), out leaf, out _))
        {
            Refill();
            if (!Frame.TryRead(_buffer.AsSpan(_begin.._end), out leaf, out _))
                return false;
        }

        _begin += Frame.HeaderSize + leaf.Length;
        return true;
    }

    /// <summary>Whether nothing follows.</summary>
    public bool AtEnd => _begin == _end;

    /// <summary>Where the next frame begins, in bytes from the start of the file.</summary>
    public long Position => _offset - (_end - _begin);

    public void Dispose() => file.Dispose();

    private void Refill()
    {
        _buffer.AsSpan(_begin.._end).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        int read = file.ReadFully(_buffer.AsSpan(_end), _offset);
        _end += read;
        _offset += read;
    }
}

using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Reads exported events line by line, in a fixed amount of memory, and stops at the first that is none.</summary>
internal sealed class EventLines(IFileHandle file, long first, CancellationToken cancellationToken) : IDisposable
{
    private readonly byte[] _buffer = new byte[2 * (LeafFormat.MaxSize + 1)];
    private long _read;
    private long _offset;
    private int _begin;
    private int _end;

    /// <summary>The line of the first that is no event, or not the next one, 1-based.</summary>
    public long? Malformed { get; private set; }

    /// <summary>Whether nothing follows.</summary>
    public bool AtEnd
    {
        get
        {
            Refill();
            return _begin == _end;
        }
    }

    /// <summary>The leaf hash of the next line.</summary>
    /// <returns><see langword="null"/> at the end, and where the line is no event.</returns>
    public Digest256? Next()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Malformed is not null)
            return null;

        int length = Line();
        if (length < 0)
        {
            Refill();
            length = Line();
        }

        if (length < 0 && _begin == _end)
            return null;

        ReadOnlySpan<byte> leaf = _buffer.AsSpan(_begin, Math.Max(length, 0));
        var hash = new LeafHash(MerkleHash.Leaf(leaf));
        if (length is < 1 or > LeafFormat.MaxSize || LeafParser.Read(leaf, hash) is not { } record || record.Sequence != first + _read)
        {
            Malformed = _read + 1;
            return null;
        }

        _begin += length + 1;
        _read++;
        return hash.Value;
    }

    public void Dispose() => file.Dispose();

    private int Line() => _buffer.AsSpan(_begin.._end).IndexOf((byte)'\n');

    private void Refill()
    {
        _buffer.AsSpan(_begin.._end).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        int read = file.ReadFully(_buffer.AsSpan(_end), _offset);
        _end += read;
        _offset += read;
    }
}

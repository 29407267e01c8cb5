using System.Buffers;

namespace MedRedact.Envelope;

/// <summary>Reads a message, batch by batch of chunks, through a window of authenticated bytes.</summary>
/// <remarks>Not thread-safe, as streams are not. The window lies in a buffer of our own, never in the caller's: a caller's memory receives
/// only what has been authenticated. A failure is final.</remarks>
internal sealed class CobblestoneReadStream : SpanStream
{
    private readonly Stream _ciphertext;
    private readonly CobblestoneKey _key;
    private readonly bool _leaveOpen;
    private readonly byte[] _sealed = ArrayPool<byte>.Shared.Rent(Cobblestone.Batch * Cobblestone.SealedChunkSize);
    private readonly byte[] _window = ArrayPool<byte>.Shared.Rent(Cobblestone.Batch * Cobblestone.ChunkSize);

    // Where the first chunk and the end lie in the ciphertext, and the bytes of the message; -1 where the ciphertext cannot seek.
    private readonly long _firstChunkAt = -1;
    private readonly long _endAt = -1;
    private readonly long _length = -1;

    private long _position;
    private long _windowStart;
    private int _windowLength;
    private bool _lastChunkSeen;
    private (EnvelopeDamage Damage, long Chunk)? _failure;
    private bool _disposed;

    private CobblestoneReadStream(Stream ciphertext, CobblestoneKey key, bool leaveOpen, long length)
    {
        (_ciphertext, _key, _leaveOpen, _length) = (ciphertext, key, leaveOpen, length);
        if (length >= 0)
            (_firstChunkAt, _endAt) = (ciphertext.Position, ciphertext.Length);
    }

    public static async ValueTask<CobblestoneReadStream> OpenAsync(
        Stream ciphertext, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, bool leaveOpen, CancellationToken cancellationToken)
    {
        byte[] header = new byte[Cobblestone.HeaderSize];
        if (await ciphertext.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) < header.Length)
            throw new DamagedException(EnvelopeDamage.Truncated);

        long length = ciphertext.CanSeek ? MessageLength(ciphertext.Length - ciphertext.Position) : -1;
        CobblestoneKey derived = CobblestoneKey.Matching(key.Span, header, context.Span)
            ?? throw new DamagedException(EnvelopeDamage.CommitmentMismatch);

        var reader = new CobblestoneReadStream(ciphertext, derived, leaveOpen, length);
        try
        {
            await reader.AuthenticateLengthAsync(cancellationToken);
            return reader;
        }
        catch
        {
            reader.Release();
            throw;
        }
    }

    public override bool CanRead => !_disposed;

    public override bool CanSeek => !_disposed && _length >= 0;

    public override long Length
    {
        get
        {
            Demand();
            return _length >= 0 ? _length : throw new NotSupportedException();
        }
    }

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        long start = origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => _position,
            _ => Length,
        };
        if (!CanSeek)
            throw new NotSupportedException();

        long target = checked(start + offset);
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        return _position = target;
    }

    public override int Read(Span<byte> buffer)
    {
        Demand();
        if (buffer.IsEmpty || AtEnd)
            return 0;

        if (!InWindow)
        {
            Memory<byte> request = Request();
            Open(request.Length, _ciphertext.ReadAtLeast(request.Span, request.Length, throwOnEndOfStream: false));
        }

        return Take(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Demand();
        if (buffer.IsEmpty || AtEnd)
            return 0;

        if (!InWindow)
            await FillAsync(cancellationToken);

        return Take(buffer.Span);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            Release();
            if (!_leaveOpen)
                _ciphertext.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool InWindow => _position >= _windowStart && _position < _windowStart + _windowLength;

    private bool AtEnd => _length >= 0 ? _position >= _length : _lastChunkSeen && !InWindow;

    private static long MessageLength(long body)
    {
        (long whole, long rest) = Math.DivRem(body, Cobblestone.SealedChunkSize);
        return rest >= Cobblestone.TagSize
            ? whole * Cobblestone.ChunkSize + rest - Cobblestone.TagSize
            : throw new DamagedException(EnvelopeDamage.Truncated, whole);
    }

    /// <summary>Opens the last chunk before the length is believed, so that a cut is noticed before the first byte is given out.</summary>
    private async ValueTask AuthenticateLengthAsync(CancellationToken cancellationToken)
    {
        if (_length < 0)
            return;

        _position = _length;
        await FillAsync(cancellationToken);
        _position = 0;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        Memory<byte> request = Request();
        Open(request.Length, await _ciphertext.ReadAtLeastAsync(request, request.Length, throwOnEndOfStream: false, cancellationToken));
    }

    /// <summary>Moves the window to the chunk of the position and says how much ciphertext it wants: a batch when reading on, one chunk after a jump.</summary>
    private Memory<byte> Request()
    {
        bool readsOn = _position == _windowStart + _windowLength;
        long chunk = _position / Cobblestone.ChunkSize;
        (_windowStart, _windowLength) = (chunk * Cobblestone.ChunkSize, 0);

        int wanted = (readsOn ? Cobblestone.Batch : 1) * Cobblestone.SealedChunkSize;
        if (_length >= 0)
        {
            long at = _firstChunkAt + chunk * Cobblestone.SealedChunkSize;
            wanted = (int)Math.Min(wanted, _endAt - at);
            if (_ciphertext.Position != at)
                _ciphertext.Position = at;
        }

        return _sealed.AsMemory(0, wanted);
    }

    private void Open(int wanted, int read)
    {
        long chunk = _windowStart / Cobblestone.ChunkSize;
        (int whole, int rest) = Math.DivRem(read, Cobblestone.SealedChunkSize);

        // Whole chunks are never the last one, so a batch that is not filled must end with a short chunk; a known length must be met.
        bool ends = rest > 0 || read < wanted;
        if ((ends && rest < Cobblestone.TagSize) || (_length >= 0 && read < wanted))
            throw Fail(EnvelopeDamage.Truncated, chunk + whole);

        int length = 0;
        for (int at = 0; at < read; at += Cobblestone.SealedChunkSize, chunk++)
        {
            ReadOnlySpan<byte> next = _sealed.AsSpan(at, Math.Min(Cobblestone.SealedChunkSize, read - at));
            int size = next.Length - Cobblestone.TagSize;
            if (chunk >= Cobblestone.MaxChunks || !_key.TryOpen(chunk, next, _window.AsSpan(length, size)))
                throw Fail(EnvelopeDamage.ChunkDamaged, chunk);

            length += size;
        }

        (_windowLength, _lastChunkSeen) = (length, ends);
    }

    private int Take(Span<byte> buffer)
    {
        if (!InWindow)
            return 0;

        int from = (int)(_position - _windowStart);
        int taken = Math.Min(buffer.Length, _windowLength - from);
        _window.AsSpan(from, taken).CopyTo(buffer);
        _position += taken;
        return taken;
    }

    private DamagedException Fail(EnvelopeDamage damage, long chunk)
    {
        _failure = (damage, chunk);
        return new DamagedException(damage, chunk);
    }

    private void Demand()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_failure is { } failure)
            throw new DamagedException(failure.Damage, failure.Chunk);
    }

    private void Release()
    {
        _disposed = true;
        _key.Dispose();
        ArrayPool<byte>.Shared.Return(_window, clearArray: true);
        ArrayPool<byte>.Shared.Return(_sealed);
    }
}

using System.Buffers;

namespace MedRedact.Envelope;

/// <summary>Seals chunk after chunk into the stream below. Disposal seals the last, short chunk; the stream below stays open.</summary>
internal sealed class CobblestoneWriteStream(Stream ciphertext, CobblestoneKey key) : SpanStream
{
    private readonly byte[] _partial = ArrayPool<byte>.Shared.Rent(Cobblestone.ChunkSize);
    private readonly byte[] _sealed = ArrayPool<byte>.Shared.Rent(Cobblestone.Batch * Cobblestone.SealedChunkSize);
    private int _partialLength;
    private int _sealedLength;
    private long _chunk;
    private long _written;
    private bool _failed;
    private bool _disposed;

    public override bool CanWrite => !_disposed;

    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Demand();
        while (!buffer.IsEmpty)
        {
            buffer = buffer[Absorb(buffer)..];
            if (BatchIsFull)
                Drain();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Demand();
        while (!buffer.IsEmpty)
        {
            buffer = buffer[Absorb(buffer.Span)..];
            if (BatchIsFull)
                await DrainAsync(cancellationToken);
        }
    }

    /// <summary>Passes on the chunks that are full. The rest stays here until more is written or the stream is disposed.</summary>
    public override void Flush()
    {
        Demand();
        Drain();
        ciphertext.Flush();
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        Demand();
        await DrainAsync(cancellationToken);
        await ciphertext.FlushAsync(cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            try
            {
                if (!_failed)
                {
                    SealPartial();
                    Drain();
                    ciphertext.Flush();
                }
            }
            finally
            {
                Release();
            }
        }

        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            try
            {
                if (!_failed)
                {
                    SealPartial();
                    await DrainAsync(CancellationToken.None);
                    await ciphertext.FlushAsync(CancellationToken.None);
                }
            }
            finally
            {
                Release();
            }
        }

        await base.DisposeAsync();
    }

    private bool BatchIsFull => _sealedLength > (Cobblestone.Batch - 1) * Cobblestone.SealedChunkSize;

    /// <summary>Takes some of the input, one chunk at most, and seals what became a full chunk.</summary>
    private int Absorb(ReadOnlySpan<byte> input)
    {
        if (_partialLength == 0 && input.Length >= Cobblestone.ChunkSize)
        {
            Seal(input[..Cobblestone.ChunkSize]);
            _written += Cobblestone.ChunkSize;
            return Cobblestone.ChunkSize;
        }

        int taken = Math.Min(input.Length, Cobblestone.ChunkSize - _partialLength);
        input[..taken].CopyTo(_partial.AsSpan(_partialLength));
        _partialLength += taken;
        _written += taken;
        if (_partialLength == Cobblestone.ChunkSize)
            SealPartial();

        return taken;
    }

    private void SealPartial()
    {
        Seal(_partial.AsSpan(0, _partialLength));
        _partialLength = 0;
    }

    private void Seal(ReadOnlySpan<byte> message)
    {
        if (_chunk >= Cobblestone.MaxChunks)
        {
            _failed = true;
            throw Faults.Refuse(Faults.TooLong);
        }

        int length = message.Length + Cobblestone.TagSize;
        key.Seal(_chunk++, message, _sealed.AsSpan(_sealedLength, length));
        _sealedLength += length;
    }

    // A write that failed or was cancelled may have written half: from then on the message cannot be completed.
    private void Drain()
    {
        _failed = true;
        ciphertext.Write(_sealed, 0, _sealedLength);
        _sealedLength = 0;
        _failed = false;
    }

    private async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        _failed = true;
        await ciphertext.WriteAsync(_sealed.AsMemory(0, _sealedLength), cancellationToken);
        _sealedLength = 0;
        _failed = false;
    }

    private void Demand()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_failed)
            throw Faults.Refuse(Faults.Incomplete);
    }

    private void Release()
    {
        _disposed = true;
        key.Dispose();
        ArrayPool<byte>.Shared.Return(_partial, clearArray: true);
        ArrayPool<byte>.Shared.Return(_sealed);
    }
}

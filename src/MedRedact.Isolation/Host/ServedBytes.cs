namespace MedRedact.Isolation;

/// <summary>A stretch of a document that a worker asks for.</summary>
internal readonly record struct ByteRange(long Offset, int Count)
{
    /// <summary>The most that one request may ask for.</summary>
    public const int Most = 1 << 20;

    public PayloadWriter Write()
    {
        var frame = new PayloadWriter(FrameKind.Read);
        frame.Int64(Offset);
        frame.Int32(Count);
        return frame;
    }

    public static ByteRange Read(Frame frame)
    {
        var reader = new PayloadReader(frame.Payload);
        var range = new ByteRange(reader.Int64(0, long.MaxValue - Most), reader.Int32(1, Most));
        reader.End();
        return range;
    }
}

/// <summary>Hands out bytes of one document, which is decrypted as far as it is asked for and never in clear on a disk.</summary>
internal sealed class ServedBytes(SourceDocument? source) : IAsyncDisposable
{
    private Stream? _stream;

    /// <returns>A frame with the bytes: fewer than asked for where the document ends.</returns>
    public async ValueTask<PayloadWriter> ServeAsync(ByteRange range, CancellationToken cancellationToken)
    {
        if (source is null)
            throw new ProtocolException();

        var frame = new PayloadWriter(FrameKind.Bytes);
        try
        {
            _stream ??= await source.RevealAsync(cancellationToken);
            _stream.Position = range.Offset;
            Memory<byte> room = frame.TakeMemory(range.Count);
            int read = await _stream.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancellationToken);
            frame.Drop(room.Length - read);
            return frame;
        }
        catch (Exception fault)
        {
            frame.Dispose();
            // No worker is to blame, and another would fare no better.
            if (fault is IOException or NotSupportedException)
                throw new PageFaultException(Faults.Unforeseen, Faults.Elsewhere);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
            await _stream.DisposeAsync();
    }
}

namespace MedRedact.Storage.S3;

/// <summary>An object as a seekable, read-only stream that holds one stretch in memory and asks for others when they are read.</summary>
internal sealed class S3ObjectStream(S3Object source, S3Stretch first) : Stream
{
    private readonly S3Stretch _first = first;
    private S3Stretch _stretch = first;
    private long _from;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _first.Length;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Position >= Length || buffer.IsEmpty)
            return 0;

        if (Position < _from || Position >= _from + _stretch.Bytes.Length)
        {
            long from = Position / source.Stretch * source.Stretch;
            _stretch = await source.NextAsync(from, _first, cancellationToken);
            _from = from;
        }

        ReadOnlyMemory<byte> here = _stretch.Bytes[(int)(Position - _from)..];
        int count = Math.Min(buffer.Length, here.Length);
        here[..count].CopyTo(buffer);
        Position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Where the bytes are in memory; otherwise a synchronous reader waits for the network on a thread of the pool.</summary>
    public override int Read(Span<byte> buffer)
    {
        byte[] copy = new byte[buffer.Length];
        int count = Task.Run(async () => await ReadAsync(copy.AsMemory())).GetAwaiter().GetResult();
        copy.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin)
    {
        long start = origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => Position,
            _ => Length,
        };
        return Position = start + offset >= 0 ? start + offset : throw new ArgumentOutOfRangeException(nameof(offset));
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

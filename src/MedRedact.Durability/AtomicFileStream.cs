namespace MedRedact.Durability;

/// <summary>Sequential writes into a file, in blocks. Nothing is written behind the owner's back: disposing drops what was not flushed.</summary>
internal sealed class AtomicFileStream(IFileHandle file) : Stream
{
    private const int BlockSize = 64 * 1024;

    private byte[]? _block;
    private int _filled;
    private long _position;
    private bool _closed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_closed;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position + _filled;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_filled + buffer.Length > BlockSize)
            Flush();

        if (buffer.Length >= BlockSize)
        {
            file.Write(buffer, _position);
            _position += buffer.Length;
            return;
        }

        _block ??= new byte[BlockSize];
        buffer.CopyTo(_block.AsSpan(_filled));
        _filled += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Hands the bytes to the system; whether they are on disk is the owner's question.</summary>
    public override void Flush()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_filled == 0)
            return;
        file.Write(_block.AsSpan(0, _filled), _position);
        _position += _filled;
        _filled = 0;
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Flush();
        return Task.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _closed = true;
        base.Dispose(disposing);
    }
}

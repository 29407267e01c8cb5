using System.Buffers;

namespace MedRedact.Documents.Images;

/// <summary>Random access to the bytes of a source through one window. A read past the end is the rejection <see cref="ImageFaults.Truncated"/>.</summary>
/// <remarks>Owns the stream. The window held PHI, so it is cleared before it goes back to the pool. Not thread-safe.</remarks>
internal sealed class SourceBytes : IDisposable
{
    /// <summary>The most that one <see cref="Slice"/> may ask for.</summary>
    public const int WindowBytes = 64 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _window = ArrayPool<byte>.Shared.Rent(WindowBytes);
    private readonly CancellationToken _cancellationToken;
    private long _start;
    private int _count;

    public SourceBytes(Stream stream, CancellationToken cancellationToken)
    {
        (_stream, _cancellationToken) = (stream, cancellationToken);
        Length = stream.Length;
    }

    public long Length { get; }

    public ReadOnlySpan<byte> Slice(long offset, int count)
    {
        CheckInside(offset, count);
        if (offset < _start || offset + count > _start + _count)
            Fill(offset);

        return _window.AsSpan((int)(offset - _start), count);
    }

    /// <summary>As many bytes as are at hand from an offset, at least one.</summary>
    public ReadOnlySpan<byte> From(long offset)
    {
        Slice(offset, 1);
        return _window.AsSpan((int)(offset - _start)..Math.Min(_count, WindowBytes));
    }

    public byte At(long offset) => Slice(offset, 1)[0];

    public void CopyTo(long offset, Span<byte> destination)
    {
        CheckInside(offset, destination.Length);
        _stream.Position = offset;
        ReadAll(destination);
    }

    public void CheckInside(long offset, long count)
    {
        if (offset < 0 || count < 0 || offset > Length || count > Length - offset)
            throw new RejectedException(ImageFaults.Truncated);
    }

    public void Dispose()
    {
        _window.AsSpan().Clear();
        ArrayPool<byte>.Shared.Return(_window);
        _stream.Dispose();
    }

    private void Fill(long offset)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _count = 0;
        _stream.Position = offset;
        int wanted = (int)Math.Min(WindowBytes, Length - offset);
        ReadAll(_window.AsSpan(0, wanted));
        (_start, _count) = (offset, wanted);
    }

    private void ReadAll(Span<byte> destination)
    {
        // A source that shrank since it was measured is as truncated as one that arrived so.
        if (_stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
            throw new RejectedException(ImageFaults.Truncated);
    }
}

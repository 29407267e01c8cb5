using System.Buffers;

namespace MedRedact.Documents.Images;

/// <summary>Working memory for coded bytes or samples: pooled, zeroed when it is taken and cleared before it goes back, because it held a page.</summary>
internal sealed class ClearedBuffer : IDisposable
{
    private byte[]? _array;

    public ClearedBuffer(int length)
    {
        _array = ArrayPool<byte>.Shared.Rent(length);
        Memory = _array.AsMemory(0, length);
        Memory.Span.Clear();
    }

    public Memory<byte> Memory { get; }

    public Span<byte> Span => Memory.Span;

    /// <summary>The array itself, for a library that takes no span; longer than what was asked for.</summary>
    public byte[] Array => _array ?? throw new ObjectDisposedException(nameof(ClearedBuffer));

    public void Dispose()
    {
        if (_array is not { } array)
            return;

        _array = null;
        Memory.Span.Clear();
        ArrayPool<byte>.Shared.Return(array);
    }
}

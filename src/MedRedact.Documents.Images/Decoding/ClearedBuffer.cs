using System.Buffers;

namespace MedRedact.Documents.Images;

/// <summary>Working memory for coded bytes or samples: pooled, zeroed when it is taken and cleared before it goes back, because it held a page.</summary>
internal sealed class ClearedBuffer : IDisposable
{
    private const int LongestKept = 64 << 20, MostOfOneSize = 64;

    // The shared pool would keep a segment of each size for every thread that ever decoded one; this one keeps as many as were in use at once.
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(LongestKept, MostOfOneSize);

    private byte[]? _array;

    public ClearedBuffer(int length)
    {
        _array = Pool.Rent(length);
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
        Pool.Return(array);
    }
}

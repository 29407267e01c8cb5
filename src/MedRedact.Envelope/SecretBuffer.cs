using System.Buffers;
using System.Security.Cryptography;

namespace MedRedact.Envelope;

/// <summary>Bytes of a key: pinned, so that the collector leaves no copy behind, and cleared on disposal.</summary>
/// <remarks>Not pooled. Use after disposal throws <see cref="ObjectDisposedException"/>. Memory handed out earlier must not be used after
/// disposal. What a process swaps out or dumps is beyond this type's reach; switch core dumps off.</remarks>
public sealed class SecretBuffer : IMemoryOwner<byte>
{
    private readonly byte[] _bytes;
    private bool _disposed;

    /// <summary>Makes a buffer of zero bytes.</summary>
    /// <param name="length">Number of bytes, 0 or more.</param>
    public SecretBuffer(int length) => _bytes = GC.AllocateArray<byte>(length, pinned: true);

    /// <summary>Clears the bytes where nobody disposed the buffer.</summary>
    ~SecretBuffer() => CryptographicOperations.ZeroMemory(_bytes);

    /// <summary>Makes a buffer of cryptographically random bytes.</summary>
    /// <param name="length">Number of bytes, 0 or more.</param>
    /// <returns>The buffer; the caller disposes it.</returns>
    public static SecretBuffer Random(int length)
    {
        var buffer = new SecretBuffer(length);
        RandomNumberGenerator.Fill(buffer._bytes);
        return buffer;
    }

    /// <summary>Copies bytes into a new buffer. Clearing the source stays the caller's work.</summary>
    /// <param name="bytes">What to copy.</param>
    /// <returns>The buffer; the caller disposes it.</returns>
    public static SecretBuffer Copy(ReadOnlySpan<byte> bytes)
    {
        var buffer = new SecretBuffer(bytes.Length);
        bytes.CopyTo(buffer._bytes);
        return buffer;
    }

    /// <summary>Number of bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The bytes. Do not keep them beyond the buffer's life.</summary>
    public Memory<byte> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    /// <summary>The bytes. Do not keep them beyond the buffer's life.</summary>
    public Span<byte> Span => Memory.Span;

    /// <summary>Clears the bytes.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_bytes);
        _disposed = true;
        GC.SuppressFinalize(this);
    }
}

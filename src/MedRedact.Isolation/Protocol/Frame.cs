using System.Buffers;

namespace MedRedact.Isolation;

/// <summary>What a frame is.</summary>
internal enum FrameKind : byte
{
    /// <summary>No frame is this.</summary>
    None = 0,

    /// <summary>Host to worker, once: limits and settings.</summary>
    Hello,

    /// <summary>Worker to host, once: what it is and holds.</summary>
    Ready,

    /// <summary>Host to worker: one page.</summary>
    Job,

    /// <summary>Worker to host, during a job: asks for bytes of the document.</summary>
    Read,

    /// <summary>Host to worker: the bytes.</summary>
    Bytes,

    /// <summary>Worker to host: the page is done.</summary>
    Done,

    /// <summary>Worker to host: a coded fault in the place of <see cref="Ready"/> or <see cref="Done"/>.</summary>
    Fault,
}

/// <summary>One message. Its bytes may be PHI and are cleared on disposal.</summary>
internal sealed class Frame(FrameKind kind, byte[] rented, int length) : IDisposable
{
    private byte[]? _rented = rented;

    public FrameKind Kind { get; } = kind;

    public ReadOnlySpan<byte> Payload => (_rented ?? throw new ObjectDisposedException(nameof(Frame))).AsSpan(0, length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is not { } bytes)
            return;

        bytes.AsSpan(0, length).Clear();
        ArrayPool<byte>.Shared.Return(bytes);
    }
}

/// <summary>The other side did not keep to the protocol.</summary>
internal sealed class ProtocolException() : Exception("The protocol of isolated workers was broken.");

using System.Buffers;
using System.Buffers.Binary;

namespace MedRedact.Isolation;

/// <summary>Frames over two pipes: magic, version, kind, length, payload. Lengths are bounded before anything is allocated; at the first byte that does not fit,
/// the conversation is over. One reader and one writer at a time.</summary>
/// <param name="incoming">Read from.</param>
/// <param name="outgoing">Written to.</param>
/// <param name="mostBytes">The longest payload that is taken.</param>
internal sealed class FrameStream(Stream incoming, Stream outgoing, int mostBytes)
{
    /// <summary>Of this protocol. Host and worker are of one release, so there is no negotiation.</summary>
    public const byte Version = 2;

    public const int HeaderBytes = 8;

    /// <summary>What a worker takes: jobs, settings and document bytes.</summary>
    public const int MostToWorker = 4 << 20;

    /// <summary>What a host takes: the text of a page at the most.</summary>
    public const int MostToHost = 64 << 20;

    private static ReadOnlySpan<byte> Magic => "MR"u8;

    public static void WriteHeader(Span<byte> header, FrameKind kind, int length)
    {
        Magic.CopyTo(header);
        header[2] = Version;
        header[3] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], length);
    }

    /// <exception cref="EndOfStreamException">The other side is gone.</exception>
    /// <exception cref="ProtocolException">What came is no frame.</exception>
    public async ValueTask<Frame> ReadAsync(CancellationToken cancellationToken)
    {
        byte[] header = new byte[HeaderBytes];
        await incoming.ReadExactlyAsync(header, cancellationToken);
        (FrameKind kind, int length) = ReadHeader(header);
        byte[] payload = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        try
        {
            await incoming.ReadExactlyAsync(payload.AsMemory(0, length), cancellationToken);
            return new Frame(kind, payload, length);
        }
        catch
        {
            new Frame(kind, payload, length).Dispose();
            throw;
        }
    }

    /// <summary>The same on a thread that has nothing else to do.</summary>
    public Frame Read()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        incoming.ReadExactly(header);
        (FrameKind kind, int length) = ReadHeader(header);
        byte[] payload = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        incoming.ReadExactly(payload, 0, length);
        return new Frame(kind, payload, length);
    }

    public async ValueTask WriteAsync(PayloadWriter frame, CancellationToken cancellationToken)
    {
        await outgoing.WriteAsync(frame.Complete(), cancellationToken);
        await outgoing.FlushAsync(cancellationToken);
    }

    public void Write(PayloadWriter frame)
    {
        outgoing.Write(frame.Complete().Span);
        outgoing.Flush();
    }

    private (FrameKind Kind, int Length) ReadHeader(ReadOnlySpan<byte> header)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        var kind = (FrameKind)header[3];
        return header[..2].SequenceEqual(Magic) && header[2] == Version && kind is > FrameKind.None and <= FrameKind.Fault && length >= 0 && length <= mostBytes
            ? (kind, length)
            : throw new ProtocolException();
    }
}

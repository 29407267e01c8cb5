using System.Buffers.Binary;

namespace MedRedact.Documents.Images;

/// <summary>Collects PNG chunks in memory until they are drained. Written to as a stream it takes compressed pixels, which become IDAT chunks.</summary>
internal sealed class PngChunkWriter(int chunkBytes) : Stream
{
    private const int DeflateBytes = 16 * 1024;   // more than the compressor hands on at once

    // They never grow: what grows past 85,000 bytes is collected late, and pages pile it up.
    private readonly MemoryStream _ready = new((2 * chunkBytes) + DeflateBytes);
    private readonly MemoryStream _data = new(chunkBytes + DeflateBytes);

    public bool IsFull => _ready.Length >= chunkBytes;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Signature() => _ready.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

    public void Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        _ready.Write(number);
        _ready.Write(type);
        _ready.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc32.Append(Crc32.Append(uint.MaxValue, type), body));
        _ready.Write(number);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _data.Write(buffer);
        if (_data.Length >= chunkBytes)
            CloseData();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Turns what is left of the compressed pixels into a chunk.</summary>
    public void CloseData()
    {
        if (_data.Length == 0)
            return;

        Chunk("IDAT"u8, _data.GetBuffer().AsSpan(0, (int)_data.Length));
        _data.SetLength(0);
    }

    public async ValueTask DrainAsync(Stream destination, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(_ready.GetBuffer().AsMemory(0, (int)_ready.Length), cancellationToken);
        _ready.SetLength(0);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

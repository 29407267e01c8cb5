namespace MedRedact.Envelope.Tests;

/// <summary>Gives at most a few bytes a read and cannot seek, as a network stream does.</summary>
internal sealed class TrickleStream(byte[] bytes, int most) : MemoryStream(bytes, writable: false)
{
    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));
}

internal static class Messages
{
    /// <summary>Bytes that differ from chunk to chunk, so that a swap would show.</summary>
    public static byte[] Of(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    public static async Task<byte[]> SealAsync(byte[] message, byte[] key, byte[] context, int piece = int.MaxValue)
    {
        using var sealedBytes = new MemoryStream();
        await using (Stream writer = await Cobblestone.OpenWriteAsync(sealedBytes, key, context))
        {
            for (int at = 0; at < message.Length; at += piece == int.MaxValue ? message.Length : piece)
                await writer.WriteAsync(message.AsMemory(at, Math.Min(piece, message.Length - at)));
        }

        return sealedBytes.ToArray();
    }

    public static async Task<byte[]> OpenAsync(Stream ciphertext, byte[] key, byte[] context)
    {
        await using Stream reader = await Cobblestone.OpenReadAsync(ciphertext, key, context);
        using var message = new MemoryStream();
        await reader.CopyToAsync(message);
        return message.ToArray();
    }
}

namespace MedRedact.Envelope.Tests;

/// <summary>A disk that is full after some bytes, until it is healed.</summary>
internal sealed class FailingStream(long failAfter) : MemoryStream
{
    private long _left = failAfter;

    public void Heal() => _left = long.MaxValue;

    public override void Write(byte[] buffer, int offset, int count)
    {
        Charge(count);
        base.Write(buffer, offset, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Charge(buffer.Length);
        base.Write(buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    private void Charge(int count) => _left = _left >= count ? _left - count : throw new IOException("No space left on device.");
}

using System.Buffers.Binary;
using System.Text;

namespace MedRedact.Isolation;

/// <summary>Reads one frame. Every value is bounded, nothing may be left over, and no type is made by its name.</summary>
/// <param name="payload">Of the frame, which outlives the reader.</param>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _left = payload;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        _ => throw new ProtocolException(),
    };

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>A number between two bounds, both included.</summary>
    public int Int32(int least, int most) => Int32() is var value && value >= least && value <= most ? value : throw new ProtocolException();

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public long Int64(long least, long most) => Int64() is var value && value >= least && value <= most ? value : throw new ProtocolException();

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public string Text(int mostBytes)
    {
        try
        {
            return Strict.GetString(Take(Int32(0, mostBytes)));
        }
        catch (DecoderFallbackException)
        {
            throw new ProtocolException();
        }
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _left.Length)
            throw new ProtocolException();

        ReadOnlySpan<byte> taken = _left[..count];
        _left = _left[count..];
        return taken;
    }

    /// <summary>All that is left.</summary>
    public ReadOnlySpan<byte> Rest()
    {
        ReadOnlySpan<byte> rest = _left;
        _left = [];
        return rest;
    }

    public readonly void End()
    {
        if (!_left.IsEmpty)
            throw new ProtocolException();
    }
}

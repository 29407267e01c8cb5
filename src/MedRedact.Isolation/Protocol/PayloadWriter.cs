using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MedRedact.Isolation;

/// <summary>Builds one frame. Its bytes may be PHI and are cleared on disposal.</summary>
internal sealed class PayloadWriter : IDisposable
{
    private readonly FrameKind _kind;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(1024);
    private int _length = FrameStream.HeaderBytes;

    public PayloadWriter(FrameKind kind) => _kind = kind;

    public ReadOnlyMemory<byte> Complete()
    {
        FrameStream.WriteHeader(_bytes, _kind, _length - FrameStream.HeaderBytes);
        return _bytes.AsMemory(0, _length);
    }

    public void Byte(byte value) => Take(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    public void Text(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        Int32(length);
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    /// <summary>Room for bytes that the caller fills in.</summary>
    public Span<byte> Take(int count)
    {
        if (_length + count > _bytes.Length)
        {
            byte[] grown = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + count));
            _bytes.AsSpan(0, _length).CopyTo(grown);
            GiveBack();
            _bytes = grown;
        }

        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }

    /// <summary>Room for up to <paramref name="count"/> bytes at the end, of which <see cref="Drop"/> takes back what stays unused.</summary>
    public Memory<byte> TakeMemory(int count)
    {
        Take(count);
        return _bytes.AsMemory(_length - count, count);
    }

    public void Drop(int count) => _length -= count;

    public void Dispose()
    {
        GiveBack();
        _bytes = [];
        _length = 0;
    }

    private void GiveBack()
    {
        if (_bytes.Length == 0)
            return;

        _bytes.AsSpan(0, Math.Min(_length, _bytes.Length)).Clear();
        ArrayPool<byte>.Shared.Return(_bytes);
    }
}

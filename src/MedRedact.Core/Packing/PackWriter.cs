namespace MedRedact.Packing;

/// <summary>Writes numbers and characters closely into one buffer, which is used for page after page and zeroed after each.</summary>
/// <remarks>The buffer is pinned, so that the collector leaves no copies of a page behind.</remarks>
internal sealed class PackWriter : IDisposable
{
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(1 << 14, pinned: true);
    private int _length;

    /// <summary>Seven bits a byte, the sign in the lowest.</summary>
    public void Number(long value)
    {
        ulong rest = (ulong)((value << 1) ^ (value >> 63));
        for (; rest > 0x7F; rest >>= 7)
            Byte((byte)(rest | 0x80));
        Byte((byte)rest);
    }

    /// <summary>Four bytes where they hold the value exactly, else eight.</summary>
    public void Real(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        bool isShort = (float)value == value;
        if (isShort)
            BitConverter.TryWriteBytes(bytes, (float)value);
        else
            BitConverter.TryWriteBytes(bytes, value);
        Byte(isShort ? (byte)4 : (byte)8);
        foreach (byte part in isShort ? bytes[..4] : bytes)
            Byte(part);
    }

    /// <summary>Every UTF-16 unit as a number, so that also what is no valid text comes back as it was.</summary>
    public void Characters(ReadOnlySpan<char> text)
    {
        Number(text.Length);
        foreach (char unit in text)
        {
            uint rest = unit;
            for (; rest > 0x7F; rest >>= 7)
                Byte((byte)(rest | 0x80));
            Byte((byte)rest);
        }
    }

    /// <summary>Bytes as they are; the reader knows how many.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        foreach (byte each in bytes)
            Byte(each);
    }

    /// <summary>Takes out what was written, which is no PHI.</summary>
    public byte[] Take() => TakeInto(new byte[_length]);

    /// <summary>Takes out what was written, as an array of which the collector leaves no copies behind.</summary>
    public byte[] TakePinned() => TakeInto(GC.AllocateUninitializedArray<byte>(_length, pinned: true));

    private byte[] TakeInto(byte[] taken)
    {
        _bytes.AsSpan(0, _length).CopyTo(taken);
        Clear();
        return taken;
    }

    /// <summary>Zeroes what a failure left.</summary>
    public void Dispose() => Clear();

    private void Clear()
    {
        _bytes.AsSpan(0, _length).Clear();
        _length = 0;
    }

    private void Byte(byte value)
    {
        if (_length == _bytes.Length)
        {
            byte[] grown = GC.AllocateUninitializedArray<byte>(_bytes.Length * 2, pinned: true);
            _bytes.CopyTo(grown, 0);
            Array.Clear(_bytes);
            _bytes = grown;
        }

        _bytes[_length++] = value;
    }
}

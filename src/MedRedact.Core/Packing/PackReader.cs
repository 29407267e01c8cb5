namespace MedRedact.Packing;

/// <summary>Reads what a <see cref="PackWriter"/> wrote, in the same order.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public long Number()
    {
        ulong value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int Int() => checked((int)Number());

    /// <summary>How many parts follow: each takes a byte or more, so that no number that was read makes an array larger than what it was read from.</summary>
    public int Count()
    {
        int count = Int();
        return count >= 0 && count <= _rest.Length ? count : throw new InvalidDataException();
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        ReadOnlySpan<byte> bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    public double Real()
    {
        int size = _rest[0];
        double value = size == 4 ? BitConverter.ToSingle(_rest[1..]) : BitConverter.ToDouble(_rest[1..]);
        _rest = _rest[(1 + size)..];
        return value;
    }

    /// <summary>The characters, in an array that is pinned and that the caller zeroes.</summary>
    public char[] Characters()
    {
        char[] text = GC.AllocateUninitializedArray<char>(Count(), pinned: true);
        for (int i = 0; i < text.Length; i++)
            text[i] = (char)Unsigned();
        return text;
    }

    private ulong Unsigned()
    {
        ulong value = 0;
        int shift = 0;
        int read = 0;
        byte part;
        do
        {
            part = _rest[read++];
            value |= (ulong)(part & 0x7F) << shift;
            shift += 7;
        }
        while (part > 0x7F);

        _rest = _rest[read..];
        return value;
    }
}

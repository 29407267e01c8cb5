namespace MedRedact.Documents.Images;

/// <summary>The bits of one entropy-coded segment of a JPEG. Past its end come zeros, which are counted, so that a caller can tell at the end of each
/// unit whether it lived on bits that are not there.</summary>
internal ref struct JpegBitReader(ReadOnlySpan<byte> data, int position)
{
    private const int ToleratedPadding = 8;

    private readonly ReadOnlySpan<byte> _data = data;
    private ulong _bits;
    private int _count, _borrowed, _position = position;

    /// <summary>Whether more bits were taken than the segment has.</summary>
    public readonly bool IsExhausted => _count < _borrowed;

    /// <summary>Whether nothing but padding is left: ones or zeros up to the next byte, then a few zero bytes, which some writers add.</summary>
    public readonly bool IsAtEnd
    {
        get
        {
            int left = Math.Max(0, _count - _borrowed), partial = left % 8;
            ulong bits = left == 0 ? 0 : (_bits >> _borrowed) & (ulong.MaxValue >> (64 - left));
            ulong whole = bits & ((1UL << (left - partial)) - 1), rest = bits >> (left - partial);
            int unread = BytesToMarker();
            return whole == 0 && (rest == 0 || rest == (1UL << partial) - 1)
                && (left / 8) + unread <= ToleratedPadding && _data.Slice(_position, unread).IndexOfAnyExcept((byte)0) < 0;
        }
    }

    public int Peek16()
    {
        if (_count < 16)
            Refill();

        return (int)(_bits >> (_count - 16)) & 0xFFFF;
    }

    public void Skip(int count)
    {
        while (count > 0)
        {
            if (_count < 16)
                Refill();

            int step = Math.Min(count, 16);
            _count -= step;
            count -= step;
        }
    }

    public int Take(int count)
    {
        int value = count == 0 ? 0 : Peek16() >> (16 - count);
        _count -= count;
        return value;
    }

    /// <summary>Drops the padding and steps over the restart marker that must follow.</summary>
    public bool TryRestart(int number)
    {
        if (!IsAtEnd)
            return false;

        int marker = _position + BytesToMarker();
        if (marker + 1 >= _data.Length || _data[marker + 1] != 0xD0 + number)
            return false;

        (_bits, _count, _borrowed, _position) = (0, 0, 0, marker + 2);
        return true;
    }

    private void Refill()
    {
        while (_count <= 48)
        {
            byte next = 0;
            if (_position < _data.Length && (_data[_position] != 0xFF || (_position + 1 < _data.Length && _data[_position + 1] == 0)))
            {
                next = _data[_position];
                _position += next == 0xFF ? 2 : 1;
            }
            else
            {
                _borrowed += 8;
            }

            _bits = (_bits << 8) | next;
            _count += 8;
        }
    }

    /// <summary>Bytes up to the next marker, not counting fill.</summary>
    private readonly int BytesToMarker()
    {
        int at = _position;
        while (at + 1 < _data.Length && !(_data[at] == 0xFF && _data[at + 1] is not (0x00 or 0xFF)))
            at++;

        return Math.Min(at, _data.Length) - _position;
    }
}

namespace MedRedact.Documents.Images;

/// <summary>A Huffman table of a JPEG (ITU-T T.81, C.2 and F.2.2.3): the length and symbol of the code at the head of 16 bits.</summary>
internal sealed class JpegHuffmanTable
{
    private const int FastBits = 10;

    // Length in the upper byte, symbol in the lower; 0: no code this short.
    private readonly ushort[] _fast = new ushort[1 << FastBits];
    private readonly int[] _lastOfLength = new int[17];
    private readonly int[] _symbolOffset = new int[17];
    private readonly byte[] _symbols;

    /// <exception cref="PageFaultException">The counts describe no prefix code.</exception>
    public JpegHuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        int code = 0, index = 0;
        for (int length = 1; length <= 16; length++, code <<= 1)
        {
            _symbolOffset[length] = index - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, index++)
            {
                if (code >= 1 << length)
                    throw ImageFaults.Page(ImageFaults.PixelsDamaged);

                if (length <= FastBits)
                    _fast.AsSpan(code << (FastBits - length), 1 << (FastBits - length)).Fill((ushort)((length << 8) | _symbols[index]));
            }

            _lastOfLength[length] = code;
        }
    }

    /// <summary>Reads one symbol.</summary>
    /// <exception cref="PageFaultException">The bits are no code.</exception>
    public int Decode(ref JpegBitReader bits)
    {
        int head = bits.Peek16();
        int entry = _fast[head >> (16 - FastBits)];
        if (entry != 0)
        {
            bits.Skip(entry >> 8);
            return entry & 0xFF;
        }

        for (int length = FastBits + 1; length <= 16; length++)
        {
            int code = head >> (16 - length);
            if (code >= _lastOfLength[length] || code + _symbolOffset[length] < 0)
                continue;

            bits.Skip(length);
            return _symbols[code + _symbolOffset[length]];
        }

        throw ImageFaults.Page(ImageFaults.PixelsDamaged);
    }
}

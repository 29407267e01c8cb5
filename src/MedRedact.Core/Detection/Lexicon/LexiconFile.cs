using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace MedRedact.Detection;

/// <summary>
/// Reads <c>lexicon.bin</c>, entry by entry: "MRLX", version 1, then Brotli of a count (int32) and entries in ordinal order, each
/// { letters shared with the entry before, letters that follow, those letters in ASCII, given &lt;&lt; 4 | surname, city &lt;&lt; 4 | word class }.
/// A space inside an entry separates the words of a place. eng/tools/BuildLexicon.cs writes it.
/// </summary>
internal ref struct LexiconFile
{
    private readonly char[] _word = new char[byte.MaxValue * 2];
    private ReadOnlySpan<byte> _rest;
    private int _left;
    private int _length;

    /// <summary>Takes the whole file in.</summary>
    public LexiconFile(Stream file)
    {
        Span<byte> header = stackalloc byte[5];
        file.ReadExactly(header);
        if (!header.SequenceEqual("MRLX\u0001"u8))
            throw new InvalidDataException("lexicon.bin has another format version");
        using var entries = new MemoryStream(1 << 21);
        using (var packed = new BrotliStream(file, CompressionMode.Decompress))
            packed.CopyTo(entries);
        _rest = entries.GetBuffer().AsSpan(0, (int)entries.Length);
        _left = BinaryPrimitives.ReadInt32LittleEndian(_rest);
        _rest = _rest[4..];
    }

    /// <summary>The entry's words; valid until the next entry is read.</summary>
    public readonly ReadOnlySpan<char> Text => _word.AsSpan(0, _length);
    public byte Given { get; private set; }
    public byte Surname { get; private set; }
    public byte City { get; private set; }
    public WordClass Class { get; private set; }

    // Runs once, but a hundred thousand times: optimized at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Next()
    {
        if (_left-- <= 0)
            return false;
        int shared = _rest[0];
        int length = _rest[1];
        for (int i = 0; i < length; i++)
            _word[shared + i] = (char)_rest[2 + i];
        _length = shared + length;
        byte names = _rest[2 + length];
        byte others = _rest[3 + length];
        (Given, Surname, City, Class) = ((byte)(names >> 4), (byte)(names & 15), (byte)(others >> 4), (WordClass)(others & 15));
        _rest = _rest[(4 + length)..];
        return true;
    }
}

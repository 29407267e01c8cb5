using System.IO.Compression;
using System.Text;

namespace MedRedact.Detection;

/// <summary>
/// Reads <c>lexicon.bin</c>: "MRLX", version 1, then Brotli of a count (int32) and entries in ordinal order, each
/// { letters shared with the entry before, letters that follow, those letters in ASCII, given &lt;&lt; 4 | surname, city &lt;&lt; 4 | word class }.
/// A space inside an entry separates the words of a place. eng/tools/BuildLexicon.cs writes it.
/// </summary>
internal static class LexiconFile
{
    public readonly record struct Entry(string Text, byte Given, byte Surname, byte City, WordClass Class);

    public static IEnumerable<Entry> Read(Stream file)
    {
        Span<byte> header = stackalloc byte[5];
        file.ReadExactly(header);
        if (!header.SequenceEqual("MRLX\u0001"u8))
            throw new InvalidDataException("lexicon.bin has another format version");
        return ReadEntries(file);
    }

    private static IEnumerable<Entry> ReadEntries(Stream file)
    {
        using var reader = new BinaryReader(new BrotliStream(file, CompressionMode.Decompress), Encoding.ASCII);
        int count = reader.ReadInt32();
        var word = new char[256];
        for (int i = 0; i < count; i++)
        {
            int shared = reader.ReadByte();
            int rest = reader.ReadByte();
            for (int j = 0; j < rest; j++)
                word[shared + j] = (char)reader.ReadByte();
            byte names = reader.ReadByte();
            byte others = reader.ReadByte();
            yield return new Entry(new string(word, 0, shared + rest), (byte)(names >> 4), (byte)(names & 15), (byte)(others >> 4), (WordClass)(others & 15));
        }
    }
}

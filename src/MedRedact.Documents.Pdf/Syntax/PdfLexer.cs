using System.Globalization;
using System.Text;

namespace MedRedact.Documents.Pdf;

/// <summary>Reads objects and keywords from bytes: a file, a decompressed object stream or a content stream.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="position">Where to begin.</param>
/// <param name="budget">Counts what is read.</param>
internal sealed class PdfLexer(ReadOnlyMemory<byte> bytes, int position, WalkBudget budget)
{
    private const int LongestName = 1024;
    private static readonly PdfKeyword CloseArray = new("]"), CloseDictionary = new(">>");

    public int Position { get; set; } = position;

    private ReadOnlySpan<byte> Bytes => bytes.Span;

    /// <summary>Reads one object or keyword.</summary>
    /// <param name="references">Whether <c>1 0 R</c> is a reference; not in content streams.</param>
    /// <returns>The object, or <see langword="null"/> at the end of the bytes.</returns>
    public PdfObject? Read(bool references = true)
    {
        PdfObject? read = Read(0, references);
        return ReferenceEquals(read, CloseArray) || ReferenceEquals(read, CloseDictionary) ? throw new RejectedException(PdfFaults.Malformed) : read;
    }

    /// <summary>Reads a whole number that is not negative.</summary>
    public int ReadCount() => (Read(references: false) as PdfNumber)?.AsCount ?? throw new RejectedException(PdfFaults.Malformed);

    /// <summary>Reads a keyword, which must be this one.</summary>
    public void Expect(string keyword)
    {
        if (Read(references: false) is not PdfKeyword read || read.Value != keyword)
            throw new RejectedException(PdfFaults.Malformed);
    }

    /// <summary>Moves past white space and comments.</summary>
    public void SkipSpace()
    {
        ReadOnlySpan<byte> all = Bytes;
        while (Position < all.Length)
        {
            if (all[Position] == '%')
            {
                int end = all[Position..].IndexOfAny((byte)'\r', (byte)'\n');
                Position = end < 0 ? all.Length : Position + end;
            }
            else if (!PdfCharacters.IsSpace(all[Position]))
            {
                return;
            }
            else
            {
                Position++;
            }
        }
    }

    private PdfObject? Read(int depth, bool references)
    {
        SkipSpace();
        ReadOnlySpan<byte> all = Bytes;
        if (Position >= all.Length)
            return null;

        budget.Object();
        if (depth > WalkBudget.MaxDepth)
            throw new RejectedException(PdfFaults.TooComplex);

        byte first = all[Position];
        byte second = Position + 1 < all.Length ? all[Position + 1] : (byte)0;
        switch (first)
        {
            case (byte)'/':
                return new PdfName(ReadName());
            case (byte)'(':
                return new PdfString(PdfStrings.ReadLiteral(all, this));
            case (byte)'<' when second == '<':
                Position += 2;
                return ReadDictionary(depth, references);
            case (byte)'<':
                return new PdfString(PdfStrings.ReadHexadecimal(all, this));
            case (byte)'>' when second == '>':
                Position += 2;
                return CloseDictionary;
            case (byte)'[':
                Position++;
                return new PdfArray(ReadItems(depth, references));
            case (byte)']':
                Position++;
                return CloseArray;
            case (byte)'{' or (byte)'}' or (byte)')' or (byte)'>':
                Position++;
                return new PdfKeyword(((char)first).ToString());
            case (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-' or (byte)'.':
                return ReadNumber(references);
            default:
                return new PdfKeyword(Encoding.Latin1.GetString(TakeRegular()));
        }
    }

    private List<PdfObject> ReadItems(int depth, bool references)
    {
        var items = new List<PdfObject>();
        while (true)
        {
            PdfObject item = Read(depth + 1, references) ?? throw new RejectedException(PdfFaults.Truncated);
            if (ReferenceEquals(item, CloseArray))
                return items;
            if (ReferenceEquals(item, CloseDictionary))
                throw new RejectedException(PdfFaults.Malformed);
            items.Add(item);
        }
    }

    private PdfDictionary ReadDictionary(int depth, bool references)
    {
        var entries = new Dictionary<string, PdfObject>(StringComparer.Ordinal);
        while (true)
        {
            PdfObject key = Read(depth + 1, references) ?? throw new RejectedException(PdfFaults.Truncated);
            if (ReferenceEquals(key, CloseDictionary))
                return new PdfDictionary(entries);
            if (key is not PdfName name)
                throw new RejectedException(PdfFaults.Malformed);

            PdfObject value = Read(depth + 1, references) ?? throw new RejectedException(PdfFaults.Truncated);
            if (ReferenceEquals(value, CloseDictionary) || ReferenceEquals(value, CloseArray))
                throw new RejectedException(PdfFaults.Malformed);
            entries.TryAdd(name.Value, value);
        }
    }

    private string ReadName()
    {
        Position++;
        ReadOnlySpan<byte> raw = TakeRegular(mayBeEmpty: true);
        if (raw.Length > LongestName)
            throw new RejectedException(PdfFaults.TooComplex);

        var name = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            bool escaped = raw[i] == '#' && i + 2 < raw.Length && char.IsAsciiHexDigit((char)raw[i + 1]) && char.IsAsciiHexDigit((char)raw[i + 2]);
            name.Append(escaped ? (char)Convert.ToByte(Encoding.ASCII.GetString(raw.Slice(i + 1, 2)), 16) : (char)raw[i]);
            i += escaped ? 2 : 0;
        }

        return name.ToString();
    }

    private PdfObject ReadNumber(bool references)
    {
        ReadOnlySpan<byte> raw = TakeRegular();
        if (!double.TryParse(raw, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value))
            return new PdfKeyword(Encoding.Latin1.GetString(raw));

        var number = new PdfNumber(value);
        if (!references || number.AsCount is not { } count || !char.IsAsciiDigit((char)raw[^1]))
            return number;

        // "1 0 R" is one object; whatever else follows a number is read again.
        int back = Position;
        if (TakeDigits() && TakeLetter((byte)'R'))
            return new PdfReference(count);

        Position = back;
        return number;
    }

    private bool TakeDigits()
    {
        SkipSpace();
        int start = Position;
        while (Position < Bytes.Length && Position - start < 6 && char.IsAsciiDigit((char)Bytes[Position]))
            Position++;
        return Position > start;
    }

    private bool TakeLetter(byte letter)
    {
        int before = Position;
        SkipSpace();
        if (Position == before || Position >= Bytes.Length || Bytes[Position] != letter
            || (Position + 1 < Bytes.Length && PdfCharacters.IsRegular(Bytes[Position + 1])))
            return false;

        Position++;
        return true;
    }

    private ReadOnlySpan<byte> TakeRegular(bool mayBeEmpty = false)
    {
        int start = Position;
        while (Position < Bytes.Length && PdfCharacters.IsRegular(Bytes[Position]))
            Position++;

        // A byte that begins nothing would be read for ever.
        if (Position == start && !mayBeEmpty)
            throw new RejectedException(PdfFaults.Malformed);
        return Bytes[start..Position];
    }
}

/// <summary>The three classes of characters.</summary>
internal static class PdfCharacters
{
    public static bool IsSpace(byte value) => value is 0 or 9 or 10 or 12 or 13 or 32;

    public static bool IsRegular(byte value) => !IsSpace(value)
        && value is not ((byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%');
}

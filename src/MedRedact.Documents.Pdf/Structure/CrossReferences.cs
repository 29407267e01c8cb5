namespace MedRedact.Documents.Pdf;

/// <summary>Where an object lies.</summary>
/// <param name="Offset">Its offset in the file, or the number of the object stream that holds it.</param>
/// <param name="IsPacked">Whether it lies in an object stream.</param>
internal readonly record struct ObjectPlace(int Offset, bool IsPacked);

/// <summary>The cross-references of a file: where each object lies, and the newest trailer.</summary>
internal sealed class CrossReferences
{
    private const int MaxEntries = 1_000_000;

    private readonly Dictionary<int, ObjectPlace> _places = [];
    private readonly HashSet<int> _free = [];

    public IReadOnlyDictionary<int, ObjectPlace> Places => _places;

    public PdfDictionary Trailer { get; private set; } = new(new Dictionary<string, PdfObject>());

    /// <summary>Follows the chain of sections from the newest to the oldest; what a newer section says of an object stands.</summary>
    public static CrossReferences Read(ReadOnlyMemory<byte> file, int newest, WalkBudget budget)
    {
        var found = new CrossReferences();
        var waiting = new Stack<int>([newest]);
        var seen = new HashSet<int>();
        while (waiting.TryPop(out int offset))
        {
            if (!seen.Add(offset))
                throw new RejectedException(PdfFaults.Loop);

            PdfDictionary trailer = found.ReadSection(file, offset, budget);
            if (seen.Count == 1)
                found.Trailer = trailer;

            // The stream of a hybrid file counts before what came earlier.
            Push(waiting, trailer["Prev"]);
            Push(waiting, trailer["XRefStm"]);
        }

        return found;
    }

    /// <summary>Makes cross-references of a file that has none, from objects found otherwise.</summary>
    public static CrossReferences Of(IEnumerable<KeyValuePair<int, ObjectPlace>> places, PdfDictionary trailer)
    {
        var found = new CrossReferences { Trailer = trailer };
        foreach ((int number, ObjectPlace place) in places)
            found.Add(number, place);
        return found;
    }

    private static void Push(Stack<int> waiting, PdfObject offset)
    {
        if (offset is PdfNumber number)
            waiting.Push(number.AsCount ?? throw new RejectedException(PdfFaults.Malformed));
    }

    private PdfDictionary ReadSection(ReadOnlyMemory<byte> file, int offset, WalkBudget budget)
    {
        if (offset >= file.Length)
            throw new RejectedException(PdfFaults.Malformed);

        var lexer = new PdfLexer(file, offset, budget);
        switch (lexer.Read(references: false))
        {
            case PdfKeyword { Value: "xref" }:
                return ReadTable(lexer);
            case PdfNumber { AsCount: { } number }:
                lexer.ReadCount();
                lexer.Expect("obj");
                return ReadStream(file, PdfStreams.Open(lexer, number) ?? throw new RejectedException(PdfFaults.Malformed), budget);
            default:
                throw new RejectedException(PdfFaults.Malformed);
        }
    }

    private PdfDictionary ReadTable(PdfLexer lexer)
    {
        while (true)
        {
            switch (lexer.Read(references: false))
            {
                case PdfKeyword { Value: "trailer" }:
                    return lexer.Read() as PdfDictionary ?? throw new RejectedException(PdfFaults.Malformed);
                case PdfNumber { AsCount: { } first }:
                    ReadSubsection(lexer, first, lexer.ReadCount());
                    break;
                default:
                    throw new RejectedException(PdfFaults.Malformed);
            }
        }
    }

    private void ReadSubsection(PdfLexer lexer, int first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int offset = lexer.ReadCount();
            lexer.ReadCount();
            switch (lexer.Read(references: false))
            {
                case PdfKeyword { Value: "n" }:
                    Add(checked(first + i), new ObjectPlace(offset, IsPacked: false));
                    break;
                case PdfKeyword { Value: "f" }:
                    Free(checked(first + i));
                    break;
                default:
                    throw new RejectedException(PdfFaults.Malformed);
            }
        }
    }

    private PdfStream ReadStream(ReadOnlyMemory<byte> file, PdfStream stream, WalkBudget budget)
    {
        int[] widths = [.. (stream["W"] as PdfArray)?.Items.Select(width => (width as PdfNumber)?.AsCount ?? -1) ?? []];
        if (widths is not [>= 0 and <= 4, >= 0 and <= 8, >= 0 and <= 8] || widths.Sum() == 0)
            throw new RejectedException(PdfFaults.Malformed);

        int size = (stream["Size"] as PdfNumber)?.AsCount ?? throw new RejectedException(PdfFaults.Malformed);
        int[] index = [.. (stream["Index"] as PdfArray)?.Items.Select(item => (item as PdfNumber)?.AsCount ?? -1) ?? [0, size]];
        if (index.Length % 2 != 0 || index.Contains(-1))
            throw new RejectedException(PdfFaults.Malformed);

        ReadOnlySpan<byte> rows = PdfStreams.Decode(file, stream, (stream["Length"] as PdfNumber)?.AsCount, cipher: null, budget).Span;
        for (int section = 0; section < index.Length; section += 2)
        {
            for (int i = 0; i < index[section + 1]; i++)
            {
                if (rows.Length < widths.Sum())
                    throw new RejectedException(PdfFaults.Malformed);

                AddRow(checked(index[section] + i), rows, widths);
                rows = rows[widths.Sum()..];
            }
        }

        return stream;
    }

    private void AddRow(int number, ReadOnlySpan<byte> row, int[] widths)
    {
        long kind = widths[0] == 0 ? 1 : Field(row[..widths[0]]);
        long second = Field(row.Slice(widths[0], widths[1]));
        if (kind is 1 or 2 && second is < 0 or > int.MaxValue)
            throw new RejectedException(PdfFaults.Malformed);
        if (kind is 1 or 2)
            Add(number, new ObjectPlace((int)second, IsPacked: kind == 2));
        else
            Free(number);
    }

    private static long Field(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (byte each in bytes)
            value = (value << 8) | each;
        return value;
    }

    private void Add(int number, ObjectPlace place)
    {
        if (!_free.Contains(number))
            _places.TryAdd(number, place);
        if (_places.Count > MaxEntries)
            throw new RejectedException(PdfFaults.TooComplex);
    }

    private void Free(int number)
    {
        if (!_places.ContainsKey(number))
            _free.Add(number);
        if (_free.Count > MaxEntries)
            throw new RejectedException(PdfFaults.TooComplex);
    }
}

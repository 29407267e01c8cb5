namespace MedRedact.Documents.Pdf;

/// <summary>The objects of an object stream (7.5.7).</summary>
internal sealed class PackedObjects
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Dictionary<int, int> _offsets;
    private readonly WalkBudget _budget;

    private PackedObjects(ReadOnlyMemory<byte> bytes, Dictionary<int, int> offsets, WalkBudget budget) =>
        (_bytes, _offsets, _budget) = (bytes, offsets, budget);

    public IEnumerable<int> Numbers => _offsets.Keys;

    public static PackedObjects Read(PdfStream stream, ReadOnlyMemory<byte> bytes, WalkBudget budget)
    {
        int count = (stream["N"] as PdfNumber)?.AsCount ?? throw new RejectedException(PdfFaults.Malformed);
        int first = (stream["First"] as PdfNumber)?.AsCount ?? throw new RejectedException(PdfFaults.Malformed);
        var offsets = new Dictionary<int, int>();
        var lexer = new PdfLexer(bytes, 0, budget);
        for (int i = 0; i < count; i++)
        {
            int number = lexer.ReadCount(), offset = lexer.ReadCount();
            if (offset > bytes.Length - (long)first)
                throw new RejectedException(PdfFaults.Malformed);
            offsets.TryAdd(number, first + offset);
        }

        return new PackedObjects(bytes, offsets, budget);
    }

    public PdfObject Find(int number) => _offsets.TryGetValue(number, out int offset)
        ? new PdfLexer(_bytes, offset, _budget).Read() ?? PdfObject.Null
        : PdfObject.Null;
}

namespace MedRedact.Documents.Pdf;

/// <summary>The objects of a file, found through its cross-references. Not thread-safe.</summary>
internal sealed class PdfFile
{
    private const int TailBytes = 1024;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly WalkBudget _budget;
    private readonly CrossReferences _references;
    private readonly Dictionary<int, PdfObject> _known = [];
    private readonly Dictionary<int, PackedObjects> _packed = [];
    private readonly HashSet<int> _unpacking = [];
    private PdfCipher? _cipher;

    private PdfFile(ReadOnlyMemory<byte> bytes, CrossReferences references, WalkBudget budget) =>
        (_bytes, _references, _budget) = (bytes, references, budget);

    public PdfDictionary Trailer => _references.Trailer;

    public IEnumerable<int> Numbers => _references.Places.Keys;

    /// <summary>Finds the objects of a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="budget">What the walk may take.</param>
    /// <param name="rebuild">Whether the objects are looked for, because the cross-references lead nowhere.</param>
    /// <exception cref="RejectedException">The file is refused.</exception>
    public static PdfFile Open(ReadOnlyMemory<byte> bytes, WalkBudget budget, bool rebuild)
    {
        ReadOnlySpan<byte> all = bytes.Span;
        if (!all.StartsWith("%PDF-"u8))
            throw new RejectedException(PdfFaults.Malformed);

        int end = all.LastIndexOf("%%EOF"u8);
        if (end >= 0 && all.Length - end > TailBytes)
            throw new RejectedException(PdfFaults.Trailing);

        var file = new PdfFile(bytes, rebuild ? ObjectScan.Find(bytes, budget) : ReadReferences(bytes, budget), budget);
        if (file.Resolve(file.Trailer["Encrypt"]) is PdfDictionary encryption)
            file._cipher = PdfCipher.Open(encryption, file);
        else if (file.Trailer.Entries.ContainsKey("Encrypt"))
            throw new RejectedException(PdfFaults.EncryptionUnknown);
        return file;
    }

    /// <summary>The object behind a reference, or what is none.</summary>
    public PdfObject Resolve(PdfObject value)
    {
        for (int hops = 0; value is PdfReference reference; hops++)
        {
            if (hops == 32)
                throw new RejectedException(PdfFaults.Loop);
            value = Find(reference.Number);
        }

        return value;
    }

    /// <summary>The decompressed bytes of a stream; <see langword="null"/> where it is coded in another way than with Flate.</summary>
    public ReadOnlyMemory<byte>? TryDecode(PdfStream stream)
    {
        PdfObject filter = Resolve(stream["Filter"]);
        bool isPlain = ReferenceEquals(filter, PdfObject.Null) || filter is PdfName { Value: "FlateDecode" or "Fl" }
            or PdfArray { Items: [] or [PdfName { Value: "FlateDecode" or "Fl" }] };
        return isPlain ? PdfStreams.Decode(_bytes, stream, LengthOf(stream), _cipher, _budget, Resolve) : null;
    }

    /// <summary>Checks that the coded bytes of a stream lie in the file as its dictionary says.</summary>
    public void CheckExtent(PdfStream stream) => PdfStreams.Coded(_bytes, stream, LengthOf(stream));

    private static CrossReferences ReadReferences(ReadOnlyMemory<byte> bytes, WalkBudget budget)
    {
        int from = Math.Max(0, bytes.Length - (2 * TailBytes));
        int at = bytes.Span[from..].LastIndexOf("startxref"u8);
        return at >= 0
            ? CrossReferences.Read(bytes, new PdfLexer(bytes, from + at + "startxref".Length, budget).ReadCount(), budget)
            : throw new RejectedException(PdfFaults.Truncated);
    }

    private int? LengthOf(PdfStream stream) => (Resolve(stream["Length"]) as PdfNumber)?.AsCount;

    private PdfObject Find(int number)
    {
        if (_known.TryGetValue(number, out PdfObject? known))
            return known;
        if (!_references.Places.TryGetValue(number, out ObjectPlace place))
            return PdfObject.Null;

        PdfObject found = place.IsPacked ? Unpack(place.Offset, number) : Read(place.Offset, number);
        _known[number] = found;
        return found;
    }

    private PdfObject Read(int offset, int number)
    {
        if (offset >= _bytes.Length)
            throw new RejectedException(PdfFaults.Malformed);

        var lexer = new PdfLexer(_bytes, offset, _budget);
        if (lexer.ReadCount() != number)
            throw new RejectedException(PdfFaults.Malformed);
        lexer.ReadCount();
        lexer.Expect("obj");
        return PdfStreams.OpenAny(lexer, number);
    }

    private PdfObject Unpack(int container, int number)
    {
        if (!_packed.TryGetValue(container, out PackedObjects? packed))
        {
            // An object stream that is needed to read itself.
            if (!_unpacking.Add(container) || !_references.Places.TryGetValue(container, out ObjectPlace place) || place.IsPacked)
                throw new RejectedException(PdfFaults.Loop);

            var stream = Read(place.Offset, container) as PdfStream ?? throw new RejectedException(PdfFaults.Malformed);
            packed = PackedObjects.Read(stream, PdfStreams.Decode(_bytes, stream, LengthOf(stream), _cipher, _budget, Resolve), _budget);
            _packed[container] = packed;
            _unpacking.Remove(container);
        }

        return packed.Find(number);
    }
}

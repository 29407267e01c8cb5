using System.IO.Compression;

namespace MedRedact.Documents.Pdf;

/// <summary>Opens and decompresses the streams that carry structure. Only Flate is needed for that; image data is never decoded here.</summary>
internal static class PdfStreams
{
    private const int MostDecoded = 32 << 20;

    // Writers put a line end, or two, before the word that ends a stream; more would be data.
    private const int LineEnd = 4;

    /// <summary>Reads what stands after <c>obj</c>: a dictionary with <c>stream</c> behind it.</summary>
    public static PdfStream? Open(PdfLexer lexer, int number) => OpenAny(lexer, number) as PdfStream;

    /// <summary>Reads what stands after <c>obj</c>.</summary>
    public static PdfObject OpenAny(PdfLexer lexer, int number)
    {
        PdfObject read = lexer.Read() ?? throw new RejectedException(PdfFaults.Truncated);
        if (read is not PdfDictionary dictionary)
            return read;

        int end = lexer.Position;
        return lexer.Read(references: false) is PdfKeyword { Value: "stream" }
            ? new PdfStream(dictionary, lexer.Position, number)
            : Back();

        PdfDictionary Back()
        {
            lexer.Position = end;
            return dictionary;
        }
    }

    /// <summary>The coded bytes of a stream.</summary>
    /// <param name="file">The file.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="length">What its dictionary says; <see langword="null"/>: no number.</param>
    public static ReadOnlyMemory<byte> Coded(ReadOnlyMemory<byte> file, PdfStream stream, int? length)
    {
        ReadOnlySpan<byte> all = file.Span;
        int start = stream.Start;
        if (start < all.Length && all[start] == '\r')
            start++;
        if (start < all.Length && all[start] == '\n')
            start++;
        if (length is not { } count || count > all.Length - start)
            throw new RejectedException(PdfFaults.Truncated);

        // A length that lies would have another reader see other bytes.
        int end = start + count;
        while (end < all.Length && end < start + count + LineEnd && PdfCharacters.IsSpace(all[end]))
            end++;
        return all[end..].StartsWith("endstream"u8) ? file.Slice(start, count) : throw new RejectedException(PdfFaults.Malformed);
    }

    /// <summary>The decompressed bytes of a stream.</summary>
    public static ReadOnlyMemory<byte> Decode(
        ReadOnlyMemory<byte> file, PdfStream stream, int? length, PdfCipher? cipher, WalkBudget budget, Func<PdfObject, PdfObject>? resolve = null)
    {
        PdfObject parameters = Follow(stream["DecodeParms"]);
        ReadOnlyMemory<byte> coded = Coded(file, stream, length);
        if (cipher is not null)
            coded = cipher.DecryptStream(stream, coded);

        return Follow(stream["Filter"]) switch
        {
            PdfName { Value: "FlateDecode" or "Fl" } => Unpredict(Inflate(coded, budget), parameters),
            PdfArray { Items: [PdfName { Value: "FlateDecode" or "Fl" }] } =>
                Unpredict(Inflate(coded, budget), parameters is PdfArray { Items: [var only] } ? Follow(only) : parameters),
            PdfArray { Items.Count: 0 } => coded,
            var none when ReferenceEquals(none, PdfObject.Null) => coded,
            _ => throw new RejectedException(PdfFaults.Malformed),
        };

        PdfObject Follow(PdfObject value) => resolve is null ? value : resolve(value);
    }

    private static ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> coded, WalkBudget budget)
    {
        using var output = new MemoryStream();
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(coded.ToArray(), writable: false), CompressionMode.Decompress);
            byte[] piece = new byte[32 * 1024];
            int read;
            while ((read = zlib.Read(piece)) > 0)
            {
                budget.Decoded(read);
                output.Write(piece.AsSpan(0, read));
                if (output.Length > MostDecoded)
                    throw new RejectedException(PdfFaults.TooComplex);
            }
        }
        catch (InvalidDataException)
        {
            throw new RejectedException(PdfFaults.Malformed);
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    /// <summary>Undoes PNG prediction (7.4.4.4); cross-reference streams use it.</summary>
    private static ReadOnlyMemory<byte> Unpredict(ReadOnlyMemory<byte> data, PdfObject parameters)
    {
        if (parameters is not PdfDictionary how || how["Predictor"] is not PdfNumber { Value: > 1 } predictor)
            return data;

        int row = (how["Columns"] as PdfNumber)?.AsCount ?? 1;
        bool isPlain = (how["Colors"] as PdfNumber)?.Value is null or 1 && (how["BitsPerComponent"] as PdfNumber)?.Value is null or 8;
        if (predictor.Value < 10 || !isPlain || row is < 1 or > 4096)
            throw new RejectedException(PdfFaults.Malformed);

        byte[] plain = new byte[data.Length / (row + 1) * row];
        for (int y = 0; y < plain.Length / row; y++)
        {
            ReadOnlySpan<byte> from = data.Span.Slice(y * (row + 1), row + 1);
            Span<byte> to = plain.AsSpan(y * row, row);
            ReadOnlySpan<byte> above = y == 0 ? new byte[row] : plain.AsSpan((y - 1) * row, row);
            Unpredict(from[0], from[1..], above, to);
        }

        return plain;
    }

    private static void Unpredict(byte kind, ReadOnlySpan<byte> from, ReadOnlySpan<byte> above, Span<byte> to)
    {
        for (int x = 0; x < to.Length; x++)
        {
            int left = x == 0 ? 0 : to[x - 1], upper = above[x], corner = x == 0 ? 0 : above[x - 1];
            int add = kind switch
            {
                0 => 0,
                1 => left,
                2 => upper,
                3 => (left + upper) / 2,
                4 => Paeth(left, upper, corner),
                _ => throw new RejectedException(PdfFaults.Malformed),
            };
            to[x] = (byte)(from[x] + add);
        }
    }

    private static int Paeth(int left, int upper, int corner)
    {
        int estimate = left + upper - corner;
        int toLeft = Math.Abs(estimate - left), toUpper = Math.Abs(estimate - upper), toCorner = Math.Abs(estimate - corner);
        return toLeft <= toUpper && toLeft <= toCorner ? left : toUpper <= toCorner ? upper : corner;
    }
}

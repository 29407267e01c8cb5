namespace MedRedact.Documents.Pdf;

/// <summary>Finds the objects of a file whose cross-references are broken, as viewers do: by looking for <c>N G obj</c> from start to end, the last
/// of a number counting.</summary>
internal static class ObjectScan
{
    public static CrossReferences Find(ReadOnlyMemory<byte> file, WalkBudget budget)
    {
        ReadOnlySpan<byte> all = file.Span;
        var places = new Dictionary<int, ObjectPlace>();
        PdfDictionary? trailer = null;
        for (int at = 0; at < all.Length;)
        {
            int next = all[at..].IndexOfAny("obj"u8[0], "trailer"u8[0]);
            if (next < 0)
                break;

            at += next;
            if (all[at..].StartsWith("trailer"u8))
                trailer = TryReadTrailer(file, at + "trailer".Length, budget) ?? trailer;
            else if (all[at..].StartsWith("obj"u8) && StartOf(all, at) is { } start)
                trailer = Add(file, start.Number, start.Offset, at + "obj".Length, places, budget) ?? trailer;
            at++;
        }

        return trailer is null ? throw new RejectedException(PdfFaults.Truncated) : CrossReferences.Of(places, trailer);
    }

    /// <summary>Adds an object and, of an object stream, what it holds.</summary>
    /// <returns>A trailer, where the object is a cross-reference stream.</returns>
    private static PdfStream? Add(
        ReadOnlyMemory<byte> file, int number, int offset, int content, Dictionary<int, ObjectPlace> places, WalkBudget budget)
    {
        places[number] = new ObjectPlace(offset, IsPacked: false);
        if (!file.Span[content..Math.Min(file.Length, content + 4096)].ContainsAny("<["u8) || TryOpen(file, content, number, budget) is not { } stream)
            return null;

        if (stream["Type"] is PdfName { Value: "XRef" })
            return stream.Entries.ContainsKey("Root") ? stream : null;
        if (stream["Type"] is PdfName { Value: "ObjStm" } && stream["Length"] is PdfNumber { AsCount: { } length })
        {
            foreach (int packed in PackedObjects.Read(stream, PdfStreams.Decode(file, stream, length, cipher: null, budget), budget).Numbers)
                places[packed] = new ObjectPlace(number, IsPacked: true);
        }

        return null;
    }

    private static PdfStream? TryOpen(ReadOnlyMemory<byte> file, int content, int number, WalkBudget budget)
    {
        try
        {
            return PdfStreams.Open(new PdfLexer(file, content, budget), number);
        }
        catch (RejectedException fault) when (fault.Code is PdfFaults.Malformed or PdfFaults.Truncated)
        {
            // What looks like an object inside other bytes; a real one is judged when it is needed.
            return null;
        }
    }

    private static PdfDictionary? TryReadTrailer(ReadOnlyMemory<byte> file, int at, WalkBudget budget)
    {
        try
        {
            return new PdfLexer(file, at, budget).Read() is PdfDictionary found && found.Entries.ContainsKey("Root") ? found : null;
        }
        catch (RejectedException fault) when (fault.Code is PdfFaults.Malformed or PdfFaults.Truncated)
        {
            return null;
        }
    }

    /// <summary>Reads <c>N G </c> backwards from <c>obj</c>.</summary>
    private static (int Number, int Offset)? StartOf(ReadOnlySpan<byte> all, int at)
    {
        int i = at - 1;
        if (!SkipSpace(all, ref i) || TakeDigits(all, ref i) is null || !SkipSpace(all, ref i) || TakeDigits(all, ref i) is not { } number)
            return null;
        return (number, i + 1);
    }

    private static bool SkipSpace(ReadOnlySpan<byte> all, ref int i)
    {
        int before = i;
        while (i >= 0 && PdfCharacters.IsSpace(all[i]))
            i--;
        return i < before;
    }

    private static int? TakeDigits(ReadOnlySpan<byte> all, ref int i)
    {
        long value = 0, place = 1;
        int before = i;
        while (i >= 0 && before - i < 9 && char.IsAsciiDigit((char)all[i]))
        {
            value += (all[i] - '0') * place;
            place *= 10;
            i--;
        }

        return i < before ? (int)value : null;
    }
}

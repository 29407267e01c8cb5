namespace MedRedact.Documents.Pdf;

/// <summary>An object of a PDF file (ISO 32000-1, 7.3) as far as a structural walk needs it.</summary>
internal abstract class PdfObject
{
    public static PdfObject Null { get; } = new PdfNull();

    private sealed class PdfNull : PdfObject;
}

/// <summary>An integer or a real.</summary>
internal sealed class PdfNumber(double value) : PdfObject
{
    public double Value { get; } = value;

    /// <summary>The value as an offset, a count or an object number; <see langword="null"/> where it is none.</summary>
    public int? AsCount => Value is >= 0 and <= int.MaxValue && Value == Math.Floor(Value) ? (int)Value : null;
}

/// <summary>A name without its slash, with <c>#xx</c> decoded.</summary>
internal sealed class PdfName(string value) : PdfObject
{
    public string Value { get; } = value;
}

/// <summary>The bytes of a string. PHI.</summary>
internal sealed class PdfString(byte[] value) : PdfObject
{
    public byte[] Value { get; } = value;
}

/// <summary>What is neither delimiter, number nor name: <c>true</c>, <c>endobj</c>, an operator of a content stream.</summary>
internal sealed class PdfKeyword(string value) : PdfObject
{
    public string Value { get; } = value;
}

/// <summary>A reference to an indirect object; generations are not told apart.</summary>
internal sealed class PdfReference(int number) : PdfObject
{
    public int Number { get; } = number;
}

/// <summary>An array.</summary>
internal sealed class PdfArray(IReadOnlyList<PdfObject> items) : PdfObject
{
    public IReadOnlyList<PdfObject> Items { get; } = items;
}

/// <summary>A dictionary; of a key that stands twice the first entry counts.</summary>
internal class PdfDictionary(IReadOnlyDictionary<string, PdfObject> entries) : PdfObject
{
    public IReadOnlyDictionary<string, PdfObject> Entries { get; } = entries;

    public PdfObject this[string key] => Entries.GetValueOrDefault(key, Null);
}

/// <summary>A stream: its dictionary and where its coded bytes begin.</summary>
internal sealed class PdfStream(PdfDictionary dictionary, int start, int number) : PdfDictionary(dictionary.Entries)
{
    public int Start { get; } = start;

    /// <summary>The number of the indirect object that it is.</summary>
    public int Number { get; } = number;
}

namespace MedRedact.Documents.Pdf;

/// <summary>What one walk may take altogether, whatever a file asks for.</summary>
internal sealed class WalkBudget
{
    public const int MaxDepth = 100;
    private const int MaxObjects = 4_000_000;
    private const long MaxDecodedBytes = 96L << 20;

    private int _objects;
    private long _decoded;

    /// <summary>Counts one parsed object.</summary>
    public void Object()
    {
        if (++_objects > MaxObjects)
            throw new RejectedException(PdfFaults.TooComplex);
    }

    /// <summary>Counts decompressed bytes.</summary>
    public void Decoded(long bytes)
    {
        _decoded += bytes;
        if (_decoded > MaxDecodedBytes)
            throw new RejectedException(PdfFaults.TooComplex);
    }
}

/// <summary>Leaves a walk. It never crosses the package's boundary: the reader turns it into a rejection.</summary>
internal sealed class RejectedException(string code) : Exception(code)
{
    public string Code { get; } = code;
}

namespace MedRedact.Documents.Images;

/// <summary>Leaves a structural walk. It never crosses the package's boundary: the reader turns it into a rejection or a page fault.</summary>
internal sealed class RejectedException(string code) : Exception(code)
{
    public string Code { get; } = code;
}

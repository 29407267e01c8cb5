namespace MedRedact.Documents.Pdf;

/// <summary>The bytes of a document where a program of ours can open them, and nobody else: for as long as this object lives.</summary>
internal abstract class Handover : IDisposable
{
    /// <summary>What the program opens.</summary>
    public abstract string Path { get; }

    /// <summary>Copies a document: on Linux into memory that has no name in any folder, elsewhere into a private file that is deleted again.</summary>
    /// <param name="bytes">The document.</param>
    /// <exception cref="MedRedactException"><see cref="PdfFaults.NoHandover"/>.</exception>
    public static Handover Of(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return OperatingSystem.IsLinux() ? SealedMemory.Of(bytes) : PrivateFile.Of(bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw PdfFaults.Document(PdfFaults.NoHandover);
        }
    }

    public abstract void Dispose();
}

using MedRedact.Isolation;

namespace MedRedact.Documents.Pdf;

/// <summary>The document in a memory file that nobody can change.</summary>
internal sealed class SealedMemory : Handover
{
    private readonly MemoryFile _file;

    private SealedMemory(MemoryFile file) => _file = file;

    public override string Path => _file.Path;

    public static new SealedMemory Of(ReadOnlySpan<byte> bytes) => new(MemoryFile.CopyOf(bytes));

    public override void Dispose() => _file.Dispose();
}

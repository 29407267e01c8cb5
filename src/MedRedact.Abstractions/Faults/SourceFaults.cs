namespace MedRedact;

/// <summary>The codes of a source document that this package opens itself.</summary>
public static class SourceFaults
{
    /// <summary><c>MR-SRC-001</c>: the source file cannot be opened. What to do: check that it exists, that nobody writes to it and that this
    /// process may read it.</summary>
    public static FaultCode FileNotOpened { get; } = new("MR-SRC-001");

    internal static MedRedactException CannotOpen() =>
        new(FileNotOpened, "The source file cannot be opened. Check that it exists, that nobody writes to it and that this process may read it.");
}

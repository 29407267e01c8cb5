namespace MedRedact.Policies;

/// <summary>A policy file was refused. The message names the code, the place and what to do; it repeats nothing of the file.</summary>
public sealed class PolicyFileException : MedRedactException
{
    internal PolicyFileException(PolicyFault fault, TextPlace place)
        : base(new FaultCode(fault.Code), $"line {place.Line}, column {place.Column}: {fault.Remedy}") => (Line, Column) = (place.Line, place.Column);

    /// <summary>The line of the fault, 1-based.</summary>
    public int Line { get; }

    /// <summary>The column of the fault in characters, 1-based.</summary>
    public int Column { get; }
}

/// <summary>A place in a text file, both numbers 1-based.</summary>
internal readonly record struct TextPlace(int Line, int Column)
{
    /// <summary>Finds the place of a byte in UTF-8.</summary>
    public static TextPlace Of(ReadOnlySpan<byte> utf8, int offset)
    {
        ReadOnlySpan<byte> before = utf8[..Math.Min(offset, utf8.Length)];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        int column = 1;
        foreach (byte b in before[lineStart..])
            column += (b & 0xC0) == 0x80 ? 0 : 1;

        return new(before.Count((byte)'\n') + 1, column);
    }
}

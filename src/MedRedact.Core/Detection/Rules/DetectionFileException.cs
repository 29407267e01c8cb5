using MedRedact.Policies;

namespace MedRedact.Detection;

/// <summary>A file of detection rules or of form templates was refused. The message names the code, the place and what to do; it repeats nothing of the file.</summary>
public sealed class DetectionFileException : MedRedactException
{
    internal DetectionFileException(DetectionFileFault fault, TextPlace place)
        : base(new FaultCode(fault.Code), $"line {place.Line}, column {place.Column}: {fault.Remedy}") => (Line, Column) = (place.Line, place.Column);

    /// <summary>The line of the fault, 1-based.</summary>
    public int Line { get; }

    /// <summary>The column of the fault in characters, 1-based.</summary>
    public int Column { get; }
}

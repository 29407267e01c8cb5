using MedRedact.Detection;

namespace MedRedact.Access;

/// <summary>An access policy or a file of its cases was refused. The message names the code, the place and what to do; it repeats nothing of the file.</summary>
public sealed class AccessPolicyException : MedRedactException
{
    private AccessPolicyException(FaultCode code, string remedy, int line, int column)
        : base(code, remedy) => (Line, Column) = (line, column);

    /// <summary>The line of the fault, 1-based.</summary>
    public int Line { get; }

    /// <summary>The column of the fault in characters, 1-based.</summary>
    public int Column { get; }

    /// <summary>Says under this room's codes what the reader of JSON found under its own.</summary>
    internal static AccessPolicyException Of(DetectionFileException fault)
    {
        DetectionFileFault? own = fault.Code.Value switch
        {
            "MR-DET-101" => AccessFileFaults.Syntax,
            "MR-DET-102" => AccessFileFaults.UnknownKey,
            "MR-DET-104" => AccessFileFaults.Value,
            "MR-DET-105" => AccessFileFaults.Missing,
            "MR-DET-109" => AccessFileFaults.TooMany,
            _ => null,
        };
        return own is null
            ? new(fault.Code, fault.Remedy!, fault.Line, fault.Column)
            : new(new FaultCode(own.Code), $"line {fault.Line}, column {fault.Column}: {own.Remedy}", fault.Line, fault.Column);
    }
}

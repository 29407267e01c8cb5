namespace MedRedact.Isolation;

/// <summary>A fault that a worker reports.</summary>
/// <param name="Code">A code of the common grammar.</param>
/// <param name="OfPage">Whether it concerns the page alone.</param>
/// <param name="Remedy">What to do. It is believed only of a worker that has seen no page yet: later it could hold content.</param>
internal sealed record WorkerFault(FaultCode Code, bool OfPage, string Remedy)
{
    private const int MostBytes = 2048;
    private static readonly string[] s_rooms = ["MR-ISO-", "MR-OCR-", "MR-SRC-", "MR-PIP-"];

    public static WorkerFault Of(Exception fault) => fault switch
    {
        PageFaultException page => new(page.Code, OfPage: true, page.Remedy ?? ""),
        MedRedactException machine => new(machine.Code, OfPage: false, machine.Remedy ?? ""),
        _ => new(Faults.Unforeseen, OfPage: true, ""),
    };

    public PayloadWriter Write()
    {
        var frame = new PayloadWriter(FrameKind.Fault);
        frame.Text(Code.Value);
        frame.Flag(OfPage);
        frame.Text(Remedy);
        return frame;
    }

    public static WorkerFault Read(Frame frame)
    {
        var reader = new PayloadReader(frame.Payload);
        string code = reader.Text(16);
        bool ofPage = reader.Flag();
        string remedy = reader.Text(MostBytes);
        reader.End();
        try
        {
            return new WorkerFault(new FaultCode(code), ofPage, remedy);
        }
        catch (ArgumentException)
        {
            throw new ProtocolException();
        }
    }

    /// <summary>The fault as the host throws it for a page. The code goes into the ledger, so it is one of those that a reader, a preparer or an engine of ours has,
    /// and only a worker that sees its first page is believed that the machine is to blame.</summary>
    /// <param name="pages">Pages the worker was given so far.</param>
    public MedRedactException ToException(int pages)
    {
        FaultCode code = Array.Exists(s_rooms, room => Code.Value.StartsWith(room, StringComparison.Ordinal)) ? Code : Faults.Unforeseen;
        return OfPage || pages > 1 ? new PageFaultException(code, Faults.Elsewhere) : new MedRedactException(code, Faults.Elsewhere);
    }
}

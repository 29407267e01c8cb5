namespace MedRedact.Isolation;

/// <summary>The codes of this package. A fault of a page withholds that page; the others end the run, for the machine is to blame.</summary>
public static class Faults
{
    /// <summary>A worker process cannot be started, or does not greet in time. Install the worker beside the host's program and check that the runtime is
    /// there, or choose to work in the host's process.</summary>
    public static readonly FaultCode NotStarted = new("MR-ISO-001");

    /// <summary>A worker process lacks a part that the host wants isolated, or is of another release. Install host and worker together.</summary>
    public static readonly FaultCode OtherParts = new("MR-ISO-002");

    /// <summary>A page ended two worker processes. It is withheld; treat it as hostile, or scan it again.</summary>
    public static readonly FaultCode Crashed = new("MR-ISO-003");

    /// <summary>A page took two worker processes longer than <see cref="PageWorkerOptions.Patience"/>. It is withheld; scan it with less noise, or raise the limit.</summary>
    public static readonly FaultCode TooSlow = new("MR-ISO-004");

    /// <summary>A page took two worker processes more memory than <see cref="PageWorkerOptions.MemoryBytes"/> allows. It is withheld; scan it at a lower
    /// resolution, or raise the limit.</summary>
    public static readonly FaultCode TooMuchMemory = new("MR-ISO-005");

    /// <summary>A page made two worker processes answer what is no answer, or say too much. It is withheld; treat it as hostile.</summary>
    public static readonly FaultCode NoAnswer = new("MR-ISO-006");

    /// <summary>A decoder, a preparation step or an engine failed on a page in an unforeseen way. The page is withheld; scan it again.</summary>
    public static readonly FaultCode Unforeseen = new("MR-ISO-007");

    /// <summary>A page has more pixels than can be shared with a worker process. It is withheld; scan it at a lower resolution.</summary>
    public static readonly FaultCode TooLarge = new("MR-ISO-008");

    /// <summary>Memory could not be shared with a worker process. Check that this process may create memory files, and its limits.</summary>
    public static readonly FaultCode NoSharing = new("MR-ISO-009");

    /// <summary>Stands in the place of what a worker said: once it has seen a page, its words may be the page's.</summary>
    internal const string Elsewhere = "It happened in a worker process; the documentation of the code says what to do.";

    internal static MedRedactException NoStart() => new(
        NotStarted, "No worker process can be started. Install MedRedact.Worker beside the program, check the .NET runtime, or choose to work in this process.");

    internal static MedRedactException NotTheParts() => new(OtherParts, "The worker process is of another release or lacks a part. Install host and worker together.");

    internal static MedRedactException NotShared() => new(NoSharing, "Memory cannot be shared with a worker. Check that this process may create memory files, and its limits.");

    internal static PageFaultException Large() => new(TooLarge, "The page has more pixels than can be shared with a worker. Scan it at a lower resolution.");

    internal static PageFaultException Page(WorkerEnd end) => end switch
    {
        WorkerEnd.Slow => new(TooSlow, "The page took too long twice. Scan it with less noise, or raise PageWorkerOptions.Patience."),
        WorkerEnd.Greedy => new(TooMuchMemory, "The page took too much memory twice. Scan it at a lower resolution, or raise PageWorkerOptions.MemoryBytes."),
        WorkerEnd.Garbled => new(NoAnswer, "The page made two workers answer what is no answer. Treat it as hostile."),
        _ => new(Crashed, "The page ended two worker processes. Treat it as hostile, or scan it again."),
    };
}

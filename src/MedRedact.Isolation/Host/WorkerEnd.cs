namespace MedRedact.Isolation;

/// <summary>Why a worker is of no further use.</summary>
internal enum WorkerEnd
{
    /// <summary>It ended in the middle of its work.</summary>
    Crashed = 0,

    /// <summary>It did not answer in time.</summary>
    Slow,

    /// <summary>It took too much memory.</summary>
    Greedy,

    /// <summary>It answered what is no answer, or said too much.</summary>
    Garbled,
}

/// <summary>A worker is of no further use; another may do its work.</summary>
internal sealed class WorkerLostException(WorkerEnd end) : Exception("A worker process was lost.")
{
    public WorkerEnd End { get; } = end;
}

namespace MedRedact.Audit;

/// <summary>How far something covers the ledger, a signature or witnesses, and since when events stand that it does not cover. Guarded by its owner; the time is read without.</summary>
internal sealed class Coverage(TimeProvider time)
{
    private long _since;

    /// <summary>The number of events that are covered.</summary>
    public long Size { get; private set; }

    /// <summary>How long the oldest event that is not covered has been waiting.</summary>
    public TimeSpan OpenFor => Volatile.Read(ref _since) is var since and not 0 ? time.GetElapsedTime(since) : TimeSpan.Zero;

    public void Added()
    {
        if (_since == 0)
            Volatile.Write(ref _since, Now());
    }

    public void Covered(long size, long of)
    {
        Size = size;
        Volatile.Write(ref _since, of == size ? 0 : Now());
    }

    private long Now() => Math.Max(1, time.GetTimestamp());
}

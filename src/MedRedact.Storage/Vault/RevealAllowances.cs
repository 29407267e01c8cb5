namespace MedRedact.Storage;

/// <summary>What each actor has left of each tenant: a bucket that fills at a steady rate. Thread-safe; of this process alone.</summary>
/// <remarks>The clock is monotonic: setting the wall clock gives nobody more. A bucket that is full again is forgotten.</remarks>
internal sealed class RevealAllowances(RevealLimit limit, TimeProvider time)
{
    private const int SweepAt = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<(TenantId, ActorId), Bucket> _buckets = [];
    private int _sweepAt = SweepAt;

    /// <summary>Takes so many, or none.</summary>
    public bool TryTake(TenantId tenant, ActorId actor, int count)
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            if (_buckets.Count >= _sweepAt)
                Sweep(now);

            double left = _buckets.TryGetValue((tenant, actor), out Bucket bucket) ? Left(bucket, now) : limit.Burst;
            if (left < count)
                return false;

            _buckets[(tenant, actor)] = new Bucket(left - count, now);
            return true;
        }
    }

    private double Left(Bucket bucket, long now) => Math.Min(limit.Burst, bucket.Left + time.GetElapsedTime(bucket.At, now).TotalMinutes * limit.PerMinute);

    private void Sweep(long now)
    {
        foreach ((TenantId, ActorId) full in _buckets.Where(each => Left(each.Value, now) >= limit.Burst).Select(each => each.Key).ToList())
            _buckets.Remove(full);

        // Twice of what is in use: sweeping costs little, however many actors there are.
        _sweepAt = Math.Max(SweepAt, _buckets.Count * 2);
    }

    private readonly record struct Bucket(double Left, long At);
}

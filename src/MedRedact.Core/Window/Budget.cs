namespace MedRedact.Window;

/// <summary>A quantity that all runs of the process share: first come, first served, so that a large page is not starved by small ones.</summary>
internal sealed class Budget(long total)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private long _free = total;

    public long Total { get; } = total;

    /// <summary>Waits until <paramref name="amount"/> is free and takes it.</summary>
    /// <returns>Gives the amount back when disposed.</returns>
    public async ValueTask<Lease> TakeAsync(long amount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, Total);
        Waiter waiter;
        lock (_gate)
        {
            if (_waiting.Count == 0 && amount <= _free)
            {
                _free -= amount;
                return new Lease(this, amount);
            }

            waiter = new Waiter(amount);
            _waiting.AddLast(waiter);
        }

        await using CancellationTokenRegistration registration = cancellationToken.Register(
            static state => ((Waiter)state!).Admitted.TrySetCanceled(), waiter);
        try
        {
            await waiter.Admitted.Task;
            return new Lease(this, amount);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
                _waiting.Remove(waiter);
            Admit(0);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    private void Admit(long returned)
    {
        lock (_gate)
        {
            _free += returned;
            while (_waiting.First is { } first && first.Value.Amount <= _free)
            {
                _waiting.RemoveFirst();
                // A waiter that was cancelled meanwhile takes nothing.
                if (first.Value.Admitted.TrySetResult())
                    _free -= first.Value.Amount;
            }
        }
    }

    private sealed class Waiter(long amount)
    {
        public long Amount { get; } = amount;

        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>What was taken; disposing it twice gives it back once.</summary>
    public sealed class Lease(Budget budget, long amount) : IDisposable
    {
        private long _held = amount;

        /// <summary>Gives back all but <paramref name="kept"/>; does nothing where no more than that is held.</summary>
        public void Shrink(long kept)
        {
            long held = Volatile.Read(ref _held);
            while (kept < held)
            {
                long seen = Interlocked.CompareExchange(ref _held, kept, held);
                if (seen == held)
                {
                    budget.Admit(held - kept);
                    return;
                }

                held = seen;
            }
        }

        public void Dispose() => Shrink(0);
    }
}

using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace MedRedact.Audit;

/// <summary>The promise of a receipt. Used again once the receipt was taken, so that a busy ledger allocates next to nothing.</summary>
internal sealed class PendingAppend : IValueTaskSource<AuditReceipt>
{
    private const int MostKept = 1_024;

    private static readonly ConcurrentQueue<PendingAppend> Kept = [];

    private ManualResetValueTaskSourceCore<AuditReceipt> _promise = new() { RunContinuationsAsynchronously = true };

    private PendingAppend()
    {
    }

    /// <summary>What is answered once the event is durable; known as soon as it is in a batch.</summary>
    public AuditReceipt Receipt { get; set; }

    /// <summary>Completes with the answer; to be awaited once.</summary>
    public ValueTask<AuditReceipt> Answer => new(this, _promise.Version);

    public static PendingAppend Rent() => Kept.TryDequeue(out PendingAppend? kept) ? kept : new();

    public void Acknowledge() => _promise.SetResult(Receipt);

    public void Refuse(MedRedactException fault) => _promise.SetException(fault);

    /// <summary>Gives back what was answered, or never promised.</summary>
    public void Return()
    {
        if (Kept.Count < MostKept)
            Kept.Enqueue(this);
    }

    AuditReceipt IValueTaskSource<AuditReceipt>.GetResult(short token)
    {
        bool mine = token == _promise.Version;
        try
        {
            return _promise.GetResult(token);
        }
        finally
        {
            if (mine)
            {
                _promise.Reset();
                Return();
            }
        }
    }

    ValueTaskSourceStatus IValueTaskSource<AuditReceipt>.GetStatus(short token) => _promise.GetStatus(token);

    void IValueTaskSource<AuditReceipt>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _promise.OnCompleted(continuation, state, token, flags);
}

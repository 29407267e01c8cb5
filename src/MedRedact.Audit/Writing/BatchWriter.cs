using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>The one writer: a thread of its own takes whatever is waiting, writes it as one batch, waits for the disk, adds it to the tree and
/// only then answers.</summary>
/// <remarks>A thread rather than a task: it blocks on the disk, and a starved thread pool must not delay the audit.</remarks>
internal sealed class BatchWriter
{
    private readonly object _gate = new();
    private readonly SegmentWriter _segment;
    private readonly LedgerState _state;
    private readonly DocumentChains _chains;
    private readonly BatchBuffer _batch = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _capacity;
    private List<PendingAppend> _waiting = [];
    private List<PendingAppend> _taken = [];
    private MedRedactException? _failure;
    private long _next;
    private bool _sleeping;
    private bool _stopping;

    public BatchWriter(SegmentWriter segment, LedgerState state, DocumentChains chains, int capacity)
    {
        (_segment, _state, _chains, _capacity, _next) = (segment, state, chains, capacity, state.Size);
        new Thread(Run) { IsBackground = true, Name = "MedRedact audit ledger" }.Start();
    }

    /// <summary>Completes when everything queued is answered and the thread has ended.</summary>
    public Task Ended => _ended.Task;

    /// <exception cref="MedRedactException"><c>MR-AUD-003</c>: the queue is full; <c>MR-AUD-001</c>: the ledger stopped.</exception>
    public void Enqueue(PendingAppend pending)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, typeof(AuditLedger));
            if (_failure is not null)
                throw Faults.Refuse(Faults.Storage, _failure.InnerException);
            if (_waiting.Count >= _capacity)
                throw Faults.Refuse(Faults.QueueFull);
            _waiting.Add(pending);
            Wake();
        }
    }

    /// <summary>Refuses what comes from now on; what is queued is still written.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Wake();
        }
    }

    private void Run()
    {
        while (Take())
        {
            for (int done = 0; done < _taken.Count;)
                done += Write(done);
        }

        _ended.SetResult();
    }

    private bool Take()
    {
        _taken.Clear();
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_stopping)
                    return false;
                _sleeping = true;
                Monitor.Wait(_gate);
            }

            (_waiting, _taken) = (_taken, _waiting);
            return true;
        }
    }

    private void Wake()
    {
        if (!_sleeping)
            return;
        _sleeping = false;
        Monitor.Pulse(_gate);
    }

    /// <summary>Writes one batch of what was taken, from <paramref name="begin"/> on.</summary>
    /// <returns>How many events it held.</returns>
    private int Write(int begin)
    {
        int count = 0;
        try
        {
            if (_failure is not null)
                throw _failure;

            count = Compose(begin);
            if (_segment.MustBeginFor(_batch.Length))
                _segment.Begin(_next, _state.Snapshot().Root);
            FramePosition position = _segment.Write(_batch.Bytes);
            Acknowledge(begin, position);
            return count;
        }
        catch (Exception fault)
        {
            return Fail(begin, fault);
        }
    }

    private int Compose(int begin)
    {
        _batch.Clear();
        int count = 0;
        while (begin + count < _taken.Count && !_batch.IsFull)
        {
            PendingAppend pending = _taken[begin + count];
            long sequence = _next + count;
            AuditReceipt? previous = pending.Document is { } document ? _chains.Last(document) : null;
            LeafHash hash = _batch.Add(sequence, pending.Document, previous, pending.Body);
            pending.ReleaseBody();
            if (pending.Document is { } chained)
                _chains.Extend(chained, new(sequence, hash));
            count++;
        }

        return count;
    }

    private void Acknowledge(int begin, FramePosition position)
    {
        ReadOnlySpan<int> offsets = _batch.Offsets;
        var positions = new FramePosition[offsets.Length];
        for (int i = 0; i < positions.Length; i++)
            positions[i] = position with { Offset = position.Offset + offsets[i] };
        _state.Add(_batch.Leaves, positions);

        for (int i = 0; i < positions.Length; i++)
            _taken[begin + i].SetResult(new(_next + i, new(_batch.Leaves[i])));
        _next += positions.Length;
    }

    /// <summary>Stops the ledger: what the disk holds is unknown now, and no later event may be numbered after one that is perhaps lost.</summary>
    private int Fail(int begin, Exception fault)
    {
        MedRedactException failure = fault switch
        {
            DurabilityException disk => Faults.Refuse(disk),
            MedRedactException known => known,
            _ => Faults.Refuse(Faults.Storage),
        };
        lock (_gate)
            _failure ??= failure;

        for (int i = begin; i < _taken.Count; i++)
            _taken[i].TrySetException(Faults.Refuse(Faults.Storage, failure.InnerException));
        return _taken.Count - begin;
    }
}

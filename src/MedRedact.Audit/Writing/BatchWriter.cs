using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Group commit. Appenders put their events into the open batch, numbered, chained and hashed; whoever writes takes the batch as a whole,
/// writes it, waits for the disk, adds it to the tree and only then answers. Meanwhile the next batch fills.</summary>
/// <remarks>One writes at a time. An appender that finds nobody else appending does it itself, with a batch of its own event: two changes of threads would take as long as a fast
/// disk. Where several append it is a thread of the ledger's own, so that a starved thread pool does not delay the audit.</remarks>
internal sealed class BatchWriter
{
    /// <summary>A batch of no more events is answered by the writer; a larger one on the pool, while the writer goes on.</summary>
    private const int FewAnswers = 8;

    private readonly object _gate = new();
    private readonly SegmentWriter _segment;
    private readonly LedgerState _state;
    private readonly DocumentChains _chains;
    private readonly DocumentTally _tally;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _capacity;
    private Batch _open = new();
    private Batch _taken = new();
    private MedRedactException? _failure;
    private long _next;
    private bool _writing;
    private bool _isQuiet = true;
    private bool _sleeping;
    private bool _stopping;

    /// <param name="segment">Where batches are written.</param>
    /// <param name="state">The ledger.</param>
    /// <param name="chains">The last event of each document.</param>
    /// <param name="tally">The same of the segment that is continued.</param>
    /// <param name="capacity">How many events may wait.</param>
    public BatchWriter(SegmentWriter segment, LedgerState state, DocumentChains chains, DocumentTally tally, int capacity)
    {
        (_segment, _state, _chains, _tally, _capacity, _next) = (segment, state, chains, tally, capacity, state.Size);
        new Thread(Run) { IsBackground = true, Name = "MedRedact audit ledger" }.Start();
    }

    /// <summary>Is given what a seal is to say of each segment that ended.</summary>
    public Action<SegmentSeal> SegmentEnded { get; init; } = _ => { };

    /// <summary>Completes when everything that was taken in is answered and the thread has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Takes an event in.</summary>
    /// <returns>The answer, to be awaited once.</returns>
    /// <exception cref="MedRedactException">Not taken in: <c>MR-AUD-001</c>, <c>MR-AUD-008</c>, <c>MR-AUD-009</c>, <c>MR-AUD-012</c> the ledger stopped, or, for <c>MR-AUD-001</c>,
    /// a seal that names the event before it cannot be read; <c>MR-AUD-003</c> the queue is full,
    /// <c>MR-AUD-004</c> the event is not valid.</exception>
    public ValueTask<AuditReceipt> Append(AuditEvent auditEvent)
    {
        int bound = LeafFormat.BodyBound(auditEvent);
        PendingAppend pending = PendingAppend.Rent();

        // Before the event is in the batch: from then on another thread may answer, and use the promise again.
        ValueTask<AuditReceipt> answer = pending.Answer;
        bool promised = false;
        try
        {
            bool leads;
            lock (_gate)
            {
                ThrowUnlessRoomFor(bound);
                AuditReceipt? previous = auditEvent.Document is { } document ? _chains.Last(document) : null;
                pending.Receipt = new(_next, _open.Add(pending, auditEvent, bound, _next, previous));
                promised = true;
                _next++;
                if (auditEvent.Document is { } chained)
                    _chains.Extend(chained, pending.Receipt);
                leads = MayLead;
                if (leads)
                    Take();
                else if (!_writing)
                    Wake();
            }

            if (leads)
                WriteTaken();
            return answer;
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
        finally
        {
            if (!promised)
                pending.Return();
        }
    }

    /// <summary>Refuses what comes from now on; what was taken in is still written.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Wake();
        }
    }

    /// <summary>Lets the chains go what a seal on disk says.</summary>
    public void Settle(SegmentSeal seal)
    {
        lock (_gate)
            _chains.Settle(seal);
    }

    /// <summary>Refuses everything from now on, with this reason; a batch that is on disk by then is still acknowledged.</summary>
    public void Close(MedRedactException reason)
    {
        lock (_gate)
            _failure ??= reason;
    }

    /// <summary>Whether the appender writes itself: nobody does, nobody came with the last event or while it was written, no file has to be made, for which this thread may lack
    /// the rights, and this thread is nobody's only one.</summary>
    private bool MayLead => !_writing && _isQuiet && _open.Count == 1 && !_segment.MustBeginFor(_open.Length)
        && SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;

    private void Run()
    {
        while (TakeOrEnd())
            WriteTaken();
        _ended.SetResult();
    }

    private bool TakeOrEnd()
    {
        AwaitBriefly();
        lock (_gate)
        {
            while (_open.Count == 0 || _writing)
            {
                if (_stopping && !_writing)
                    return false;
                _sleeping = true;
                Monitor.Wait(_gate);
            }

            Take();
            return true;
        }
    }

    private void Take()
    {
        (_open, _taken) = (_taken, _open);
        _writing = true;
    }

    private void WriteTaken()
    {
        bool answered = false;
        try
        {
            Write();
            answered = true;
        }
        finally
        {
            LetGo(answered);
        }
    }

    /// <summary>Lets the next one write, whatever became of this one: a thread that somebody else owns can be interrupted wherever it waits, and nobody may wait for it for ever.</summary>
    private void LetGo(bool answered)
    {
        bool interrupted = false;
        while (!TryLetGo(answered))
            interrupted = true;
        if (interrupted)
            Thread.CurrentThread.Interrupt();
    }

    private bool TryLetGo(bool answered)
    {
        try
        {
            lock (_gate)
            {
                if (!answered)
                    _failure ??= Faults.Refuse(Faults.Storage);
                _isQuiet = _taken.Count == 1 && _open.Count == 0;
                _taken.Clear();
                _writing = false;
                if (_open.Count > 0 || _stopping)
                    Wake();
                return true;
            }
        }
        catch (ThreadInterruptedException)
        {
            return false;
        }
    }

    /// <summary>Producers that wait for each answer append again within microseconds: too soon to be worth a sleep.</summary>
    private void AwaitBriefly()
    {
        if (Volatile.Read(ref _isQuiet))
            return;

        var spin = new SpinWait();
        while (!spin.NextSpinWillYield && Volatile.Read(ref _open).Count == 0)
            spin.SpinOnce();
    }

    private void Write()
    {
        try
        {
            if (_failure is not null)
                throw _failure;

            if (_segment.MustBeginFor(_taken.Length))
                BeginSegment();
            _state.Add(_taken, _segment.Write(_taken.Bytes));
            Acknowledge();
            foreach ((DocumentId document, AuditReceipt receipt) in _taken.Documents)
                _tally.Add(document, receipt);
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
    }

    private void BeginSegment()
    {
        SegmentSeal ended = _state.Summarize(_segment.Header, _segment.Length, _tally);
        _segment.Begin(_state.Size, ended.RootAfter);
        _tally.Clear();
        SegmentEnded(ended);
    }

    private void Acknowledge()
    {
        if (_taken.Count <= FewAnswers)
        {
            foreach (PendingAppend pending in _taken.Waiting)
                pending.Acknowledge();
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            static waiting =>
            {
                foreach (PendingAppend pending in waiting)
                    pending.Acknowledge();
            },
            _taken.Waiting.ToArray(),
            preferLocal: false);
    }

    /// <summary>Stops the ledger: what the disk holds is unknown now, and no later event may stand behind one that is perhaps lost.</summary>
    private void Fail(Exception fault)
    {
        lock (_gate)
        {
            _failure ??= fault switch
            {
                DurabilityException disk => Faults.Refuse(disk),
                MedRedactException known => known,
                _ => Faults.Refuse(Faults.Storage),
            };
        }

        foreach (PendingAppend pending in _taken.Waiting)
            pending.Refuse(Stopped());
    }

    private void ThrowUnlessRoomFor(int bodyBound)
    {
        ObjectDisposedException.ThrowIf(_stopping, typeof(AuditLedger));
        if (_failure is not null)
            throw Stopped();
        if (_open.Count >= _capacity || !_open.HasRoomFor(bodyBound))
            throw Faults.Refuse(Faults.QueueFull);
    }

    /// <summary>A new exception for each who is refused: they are thrown on many threads.</summary>
    private MedRedactException Stopped() => Faults.Refuse(_failure!.Code, _failure is AuditForkException ? _failure : _failure.InnerException);

    private void Wake()
    {
        if (!_sleeping)
            return;
        _sleeping = false;
        Monitor.Pulse(_gate);
    }
}

namespace MedRedact.Audit.Forwarding;

/// <summary>Places up to which events were accepted and have not settled. A few are kept, whatever comes: places close together in time become the later of them.</summary>
internal sealed class Unsettled(TimeSpan settleTime)
{
    private const int Steps = 16;

    private readonly Queue<(AuditLedgerPosition Place, DateTimeOffset First, DateTimeOffset Last)> _older = [];
    private (AuditLedgerPosition Place, DateTimeOffset First, DateTimeOffset Last)? _newest;

    public bool IsEmpty => _newest is null && _older.Count == 0;

    public void Add(AuditLedgerPosition place, DateTimeOffset now)
    {
        if (_newest is { } newest && now - newest.First < settleTime / Steps)
        {
            _newest = (place, newest.First, now);
            return;
        }

        if (_newest is { } whole)
            _older.Enqueue(whole);
        _newest = (place, now, now);
    }

    /// <summary>Takes what has settled by now.</summary>
    /// <returns>The furthest place, or <see langword="null"/> where none has settled.</returns>
    public AuditLedgerPosition? Take(DateTimeOffset now)
    {
        AuditLedgerPosition? settled = null;
        while (_older.TryPeek(out var oldest) && now - oldest.Last >= settleTime)
            settled = _older.Dequeue().Place;

        if (_older.Count == 0 && _newest is { } newest && now - newest.Last >= settleTime)
            (settled, _newest) = (newest.Place, null);
        return settled;
    }

    public void Clear()
    {
        _older.Clear();
        _newest = null;
    }
}

using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Reads an open ledger again, a bounded share at each tick, so that within a cycle every event that is in a whole tile was read: damage to what was sealed long ago
/// is found while copies of it still exist, not at the next opening.</summary>
/// <param name="check">Reads tiles.</param>
/// <param name="state">The ledger.</param>
/// <param name="cycle">The time in which all of it is read once.</param>
/// <param name="time">Times the ticks.</param>
internal sealed class OnlineVerifier(TileCheck check, LedgerState state, TimeSpan cycle, TimeProvider time)
{
    /// <summary>How many shares a cycle has: a minute each where the cycle is a day.</summary>
    public const int Shares = 1_440;

    private long _next;
    private long _end;
    private int _share;
    private bool _unreadable;

    /// <summary>How many events the pass that is under way has read.</summary>
    public long Read => Volatile.Read(ref _next) * TileTree.TileSize;

    /// <summary>What was found, if anything was: nothing is read from then on.</summary>
    public AuditFinding? Damage { get; private set; }

    /// <summary>Is told of a pass that ended well, with the number of events it was over, and of damage.</summary>
    public Func<AuditEvent, Task> Report { get; set; } = _ => Task.CompletedTask;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (cycle == Timeout.InfiniteTimeSpan)
            return;

        using var timer = new PeriodicTimer(cycle / Shares, time);
        try
        {
            while (Damage is null && await timer.WaitForNextTickAsync(cancellationToken))
                await Task.Run(() => TakeShareAsync(cancellationToken), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The ledger is being closed.
        }
    }

    /// <summary>Reads the next share; with the last one of a cycle the pass ends and is reported.</summary>
    public async Task TakeShareAsync(CancellationToken cancellationToken)
    {
        if (_share == 0)
            (_next, _end) = (0, state.Size / TileTree.TileSize);

        long to = (_end * (_share + 1)) / Shares;
        if (to > _next && Check(to, cancellationToken) is { } finding)
        {
            Damage = finding;
            await Report(LedgerEvents.DamagedAt(time.GetUtcNow(), finding));
            return;
        }

        if (_unreadable)
            return;

        Volatile.Write(ref _next, to);
        _share = (_share + 1) % Shares;
        if (_share == 0 && _end > 0)
            await Report(LedgerEvents.VerifiedAt(time.GetUtcNow(), _end * TileTree.TileSize));
    }

    private AuditFinding? Check(long to, CancellationToken cancellationToken)
    {
        try
        {
            AuditFinding? finding = check.Run(_next, to, cancellationToken);
            _unreadable = false;
            return finding;
        }
        catch (DurabilityException) when (!_unreadable)
        {
            // Once may be the disk's bad moment. What cannot be read the next time either is not evidence any more.
            _unreadable = true;
            return null;
        }
        catch (DurabilityException)
        {
            return new(AuditFindingKind.FrameDamaged, Sequence: _next * TileTree.TileSize);
        }
    }
}

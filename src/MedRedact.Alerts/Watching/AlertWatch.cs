using MedRedact.Audit;
using MedRedact.Durability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MedRedact.Alerts;

/// <summary>Follows the ledger, puts on record which rules hold, and has done what they ask for. What it knows it reads from the ledger, its own alerts included: after a crash it
/// raises what is missing and answers what is owed.</summary>
internal sealed class AlertWatch : BackgroundService
{
    /// <summary>How many of the latest events are looked at where no place was kept.</summary>
    private const long WithoutPlace = 100_000;

    /// <summary>What is older than this when a watch without a place begins is history, and nothing is done about it any more.</summary>
    private static readonly TimeSpan History = TimeSpan.FromDays(1);

    private readonly AuditLedger _ledger;
    private readonly AlertOptions _options;
    private readonly TimeProvider _time;
    private readonly AlertEngine _engine;
    private readonly OwedResponses _owed;
    private readonly WatchPlace _place;
    private readonly AlertStatus _status;
    private readonly DateTimeOffset _start;
    private readonly List<AlertFiring> _due = [];
    private long _next = -1, _replayed, _judged;
    private bool _hasPlace;
    private DateTimeOffset _unreadableUntil = DateTimeOffset.MinValue;

    public AlertWatch(
        AuditLedger ledger, IOptions<AlertOptions> options, IEnumerable<IAlertResponse> responses, TimeProvider time, AlertStatus? status = null, IFileOperations? operations = null)
    {
        (_ledger, _options, _time, _status, _start) = (ledger, options.Value, time, status ?? new AlertStatus(), time.GetUtcNow());
        _engine = new AlertEngine(_options.Rules, time);
        _owed = new OwedResponses(_options.Rules, responses, _options.ResponseTimeout, time);
        _owed.Check();
        _place = new WatchPlace(_options.Folder, operations ?? PhysicalFileOperations.Instance);
    }

    /// <summary>Looks at what is new, raises alerts and answers them.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(cancellationToken);
        }
        catch (AuditLedgerException damaged)
        {
            _status.Failed(damaged);
            await SayUnreadableAsync(cancellationToken);
            return;
        }

        _due.AddRange(_engine.Listen(_time.GetUtcNow()));
        while (_due.Count > 0)
        {
            for (; _due.Count > 0; _due.RemoveAt(0))
                await _ledger.AppendAsync(AlertEvents.Raised(_due[0], _options.Actor, _time.GetUtcNow()), cancellationToken);
            await ReadAsync(cancellationToken);
        }

        await _owed.RespondAsync(_ledger, _options.Actor, cancellationToken);
        DateTimeOffset now = _time.GetUtcNow();
        _place.Keep(now - _engine.Reach, _owed.Oldest ?? long.MaxValue, _next);
        _status.Completed(now);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.Interval, _time);
        do
        {
            try
            {
                await PassAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // A disk that fails, a full queue, a plug-in that throws: what is due stays due, and the host lives.
                _status.Failed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        long size = await _ledger.GetSizeAsync(cancellationToken);
        if (_next < 0)
            Begin(size);
        if (_next >= size)
            return;

        await foreach (AuditRecord record in _ledger.ReadAsync(_next, cancellationToken))
        {
            _owed.See(record);
            if (record.Sequence < _replayed && record.Kind == AuditKind.AlertRaised.Name && AlertEvents.Read(record) is { } raised)
            {
                _due.RemoveAll(firing => IsSaid(firing, raised));
                _engine.Said(raised);
            }

            _due.AddRange(_engine.See(record).Where(firing => !IsHistory(firing)));
            _place.Pass(record.Sequence, record.At < _time.GetUtcNow() ? record.At : _time.GetUtcNow());
            _next = record.Sequence + 1;
        }
    }

    /// <summary>A place beyond the ledger is one of another ledger, or of one that was cut: then it is none.</summary>
    private void Begin(long size)
    {
        (long Event, long Judged)? place = _place.Read() is { } kept && kept.Judged <= size ? kept : null;
        _hasPlace = place is not null;
        (_next, _judged, _replayed) = (place?.Event ?? Math.Max(0, size - WithoutPlace), place?.Judged ?? 0, size);
    }

    /// <summary>What an earlier life judged it raised, or was quiet about.</summary>
    private bool IsHistory(AlertFiring firing) => firing.Event < _judged || (!_hasPlace && firing.Event < _replayed && _start - firing.At > History);

    /// <summary>Whether an alert of an earlier life says what was found again: the same one, or, as counting may have begun at another event, one that the rule would be quiet about.</summary>
    private static bool IsSaid(AlertFiring firing, Alert raised) =>
        firing.Rule.Id == raised.Rule && firing.Group.Actor == raised.Actor && firing.Group.Document == raised.Document
        && (firing.Event == raised.Event || (firing.At - raised.Since).Duration() < firing.Rule.Quiet);

    /// <summary>That the ledger cannot be read to its end is the gravest of alerts, and no rule can be asked about it.</summary>
    private async ValueTask SayUnreadableAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (now < _unreadableUntil)
            return;

        var rule = new AlertRule { Id = new RuleId("ledger-unreadable"), Severity = AlertSeverity.Critical };
        await _ledger.AppendAsync(AlertEvents.Raised(new AlertFiring(rule, Math.Max(0, _next), now, 1, default), _options.Actor, now), cancellationToken);
        _unreadableUntil = now + TimeSpan.FromHours(1);
    }
}

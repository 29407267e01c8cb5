using System.Collections.Immutable;
using MedRedact.Audit;

namespace MedRedact.Alerts;

/// <summary>Says which rules hold, event by event. The same events from the same beginning give the same alerts.</summary>
/// <remarks>Events say themselves when they were. What claims to be of the future counts as of now, so that no event can make a rule deaf; what claims to be older counts as that.</remarks>
internal sealed class AlertEngine
{
    private readonly ImmutableArray<(AlertRule Rule, RuleCount? Count)> _rules;
    private readonly Dictionary<RuleId, (DateTimeOffset Heard, long Event, DateTimeOffset QuietUntil)> _silence = [];
    private readonly Dictionary<RuleId, DateTimeOffset> _clock = [];
    private readonly TimeProvider _time;
    private DateTimeOffset? _before;

    public AlertEngine(AlertRules rules, TimeProvider time)
    {
        _time = time;
        _rules = [.. rules.Rules.Select(rule => (rule, rule.Count is null ? null : new RuleCount(rule)))];
        Reach = rules.Rules.Max(rule => rule.Reach);
        DateTimeOffset start = time.GetUtcNow();
        foreach (AlertRule rule in rules.Rules.Where(rule => rule.SilentFor is not null))
            _silence[rule.Id] = (start, 0, start);
    }

    /// <summary>How far back events can still matter.</summary>
    public TimeSpan Reach { get; }

    /// <summary>Takes an event in.</summary>
    public IEnumerable<AlertFiring> See(AuditRecord record)
    {
        DateTimeOffset now = _time.GetUtcNow(), at = record.At > now ? now : record.At < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : record.At;
        TimeSpan ahead = record.At - now, back = (_before ?? record.At) - record.At;
        _before = record.At;
        if (record.Kind == AuditKind.AccessRestored.Name)
            Forget(record);

        foreach ((AlertRule rule, RuleCount? count) in _rules)
        {
            if (!rule.Sees(record))
                continue;

            EventGroup group = EventGroup.Of(rule.By, record);
            if (count?.Add(group, record.Document, at) is { } many)
                yield return new(rule, record.Sequence, at, many, group);
            else if (rule.SilentFor is not null)
                _silence[rule.Id] = (at, record.Sequence, _silence[rule.Id].QuietUntil);
            else if (rule.ClockBack is { } least && (back >= least || ahead >= least) && !(_clock.TryGetValue(rule.Id, out DateTimeOffset quiet) && at < quiet && quiet - at <= rule.Quiet))
            {
                _clock[rule.Id] = at + rule.Quiet;
                yield return new(rule, record.Sequence, at, 1, default);
            }
        }
    }

    /// <summary>Heeds an alert of an earlier life: what was counted towards it is done with, and the rule is quiet from then on.</summary>
    public void Said(Alert alert)
    {
        foreach ((AlertRule rule, RuleCount? count) in _rules.Where(each => each.Rule.Id == alert.Rule))
            count?.Said(new EventGroup(alert.Actor, alert.Tenant, alert.Document), alert.Since);
    }

    /// <summary>Says which rules hold because nothing was heard.</summary>
    public IEnumerable<AlertFiring> Listen(DateTimeOffset now)
    {
        foreach ((AlertRule rule, _) in _rules)
        {
            if (rule.SilentFor is not { } silent)
                continue;

            (DateTimeOffset heard, long last, DateTimeOffset quiet) = _silence[rule.Id];
            if (now - heard < silent || now < quiet)
                continue;

            _silence[rule.Id] = (heard, last, now + rule.Quiet);
            yield return new(rule, last, now, 0, default);
        }
    }

    /// <summary>Whoever may act again is counted anew at once: what was quiet about them is no longer.</summary>
    private void Forget(AuditRecord restored)
    {
        EventGroup group = AlertEvents.SubjectOf(restored) is { } actor ? new(actor, null, null) : new(null, restored.Tenant, restored.Document);
        foreach ((_, RuleCount? count) in _rules)
            count?.Forget(group);
    }
}

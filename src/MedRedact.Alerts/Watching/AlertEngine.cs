using System.Collections.Immutable;
using MedRedact.Audit;

namespace MedRedact.Alerts;

/// <summary>Says which rules hold, event by event. The same events from the same beginning give the same alerts.</summary>
internal sealed class AlertEngine
{
    private readonly ImmutableArray<(AlertRule Rule, RuleCount? Count)> _rules;
    private readonly Dictionary<RuleId, (DateTimeOffset Heard, long Event, DateTimeOffset QuietUntil)> _silence = [];
    private DateTimeOffset? _before;

    public AlertEngine(AlertRules rules, DateTimeOffset start)
    {
        _rules = [.. rules.Rules.Select(rule => (rule, rule.Count is null ? null : new RuleCount(rule)))];
        Reach = rules.Rules.Max(rule => rule.Reach);
        foreach (AlertRule rule in rules.Rules.Where(rule => rule.SilentFor is not null))
            _silence[rule.Id] = (start, 0, start);
    }

    /// <summary>How far back events can still matter.</summary>
    public TimeSpan Reach { get; }

    /// <summary>The latest time any event gave: a clock that was set back makes no window longer.</summary>
    public DateTimeOffset? Newest { get; private set; }

    /// <summary>Takes an event in.</summary>
    public IEnumerable<AlertFiring> See(AuditRecord record)
    {
        DateTimeOffset? before = _before;
        _before = record.At;
        DateTimeOffset now = record.At < Newest ? Newest.Value : record.At;
        Newest = now;
        foreach ((AlertRule rule, RuleCount? count) in _rules)
        {
            if (!rule.Sees(record))
                continue;

            EventGroup group = EventGroup.Of(rule.By, record);
            if (count?.Add(group, record.Document, now) is { } many)
                yield return new(rule, record.Sequence, now, many, group);
            else if (rule.SilentFor is not null)
                _silence[rule.Id] = (record.At, record.Sequence, _silence[rule.Id].QuietUntil);
            else if (rule.ClockBack is { } back && before - record.At >= back)
                yield return new(rule, record.Sequence, now, 1, default);
        }
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
}

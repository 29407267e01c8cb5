using MedRedact.Audit;

namespace MedRedact.Alerts;

/// <summary>What is still to be done about alerts: read from the ledger, where both the alerts and what was done about them stand.</summary>
internal sealed class OwedResponses(AlertRules rules, IEnumerable<IAlertResponse> responses, TimeSpan timeout, TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromMinutes(5);

    private readonly Dictionary<RuleId, IAlertResponse> _responses = responses.ToDictionary(response => response.Name);
    private readonly Dictionary<(RuleId Rule, long Event, RuleId Response), Owed> _owed = [];

    /// <summary>The oldest event by which something is owed.</summary>
    public long? Oldest => _owed.Count == 0 ? null : _owed.Values.Min(owed => owed.Sequence);

    /// <summary>Refuses rules that ask for what is not there.</summary>
    public void Check()
    {
        if (rules.Rules.SelectMany(rule => rule.Responses).Any(name => !_responses.ContainsKey(name)))
            throw Faults.Refuse(Faults.NoResponse);
    }

    /// <summary>Takes in what the ledger says of alerts.</summary>
    public void See(AuditRecord record)
    {
        if (record.Kind == AuditKind.AlertRaised.Name && AlertEvents.Read(record) is { } alert && rules.Rules.FirstOrDefault(rule => rule.Id == alert.Rule) is { } rule)
        {
            foreach (RuleId response in rule.Responses)
                _owed.TryAdd((alert.Rule, alert.Event, response), new Owed(alert, record.Sequence));
        }
        else if (record.Kind == AuditKind.AlertAnswered.Name && record.Decision == AuditDecision.Permitted && AlertEvents.ReadAnswer(record) is { } answered)
        {
            _owed.Remove(answered);
        }
    }

    /// <summary>Does what is due, and puts on record what came of it. What failed is tried again later, the first failure being on record too.</summary>
    public async ValueTask RespondAsync(IAuditSink audit, ActorId actor, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (((RuleId Rule, long Event, RuleId Response) key, Owed owed) in _owed.Where(each => each.Value.NotBefore <= now).ToList())
        {
            bool isDone = await TryAsync(_responses[key.Response], owed.Alert, cancellationToken);
            if (isDone || owed.Wait == TimeSpan.Zero)
                await audit.AppendAsync(AlertEvents.Answered(owed.Alert, key.Response, isDone, actor, now), cancellationToken);
            if (isDone)
            {
                _owed.Remove(key);
                continue;
            }

            owed.Wait = owed.Wait == TimeSpan.Zero ? FirstWait : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, owed.Wait.Ticks * 2));
            owed.NotBefore = now + owed.Wait;
        }
    }

    private async ValueTask<bool> TryAsync(IAlertResponse response, Alert alert, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // One that never ends must not keep the others waiting: it is let go, and asked again later.
            await response.RespondAsync(alert, limit.Token).AsTask().WaitAsync(timeout, time, cancellationToken);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What a plug-in throws may say anything, and is dropped here.
            await limit.CancelAsync();
            return false;
        }
    }

    private sealed class Owed(Alert alert, long sequence)
    {
        public Alert Alert { get; } = alert;

        public long Sequence { get; } = sequence;

        public TimeSpan Wait { get; set; }

        public DateTimeOffset NotBefore { get; set; } = DateTimeOffset.MinValue;
    }
}

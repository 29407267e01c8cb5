using System.Collections.Immutable;

namespace MedRedact.Audit.Forwarding;

/// <summary>A collector of events. Called by one forwarder, one call at a time.</summary>
public interface IAuditTarget : IAsyncDisposable
{
    /// <summary>How long what was accepted may still get lost on the other side, because the protocol has no answer that says "kept". Until then the forwarder holds its place back, and
    /// sends again what came after it if <see cref="IsIntactAsync"/> or a sending says that the way broke. Zero where accepting means keeping.</summary>
    TimeSpan SettleTime { get; }

    /// <summary>Sends events, in order and whole. The forwarder sends the same ones again until they are accepted; the collector knows them by their id.</summary>
    /// <param name="batch">The events; at least one.</param>
    /// <param name="cancellationToken">Stops the sending; whether it happened is then unknown.</param>
    /// <returns>What became of them. Nothing that a collector says is in it.</returns>
    ValueTask<ForwardingOutcome> SendAsync(AuditBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Says whether the way is still the one by which everything was sent that has not settled.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it is; otherwise what has not settled is sent again.</returns>
    ValueTask<bool> IsIntactAsync(CancellationToken cancellationToken = default);
}

/// <summary>Events on their way to a collector.</summary>
/// <param name="Origin">The ledger's name.</param>
/// <param name="Events">The events, in order, without gaps.</param>
public sealed record AuditBatch(string Origin, ImmutableArray<AuditRecord> Events)
{
    internal IEnumerable<EventFacts> Facts => Events.Select(record => new EventFacts(Origin, record));
}

/// <summary>What became of a sending.</summary>
public enum ForwardingVerdict
{
    /// <summary>It did not work, or nobody knows: try again soon.</summary>
    Retry = 0,

    /// <summary>The collector will not take these events as things stand. They are tried again at the longest delay, and never passed over.</summary>
    Refused,

    /// <summary>The collector has them.</summary>
    Accepted,
}

/// <summary>The answer of a target.</summary>
/// <param name="Verdict">What became of the events.</param>
/// <param name="Reason">Why, where they were not accepted.</param>
/// <param name="After">When the collector asked to be tried again, from now; honoured up to the forwarder's longest delay.</param>
public readonly record struct ForwardingOutcome(ForwardingVerdict Verdict, FaultCode? Reason = null, TimeSpan? After = null)
{
    /// <summary>The collector has them.</summary>
    public static ForwardingOutcome Accepted { get; } = new(ForwardingVerdict.Accepted);
}

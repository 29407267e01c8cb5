namespace MedRedact.KeyManagement.Recovery;

/// <summary>What the ledger says of ceremonies. Keys are named, never shown.</summary>
public static class RecoveryEvents
{
    /// <summary>The keys are about to be written down under a recovery key that was split; <c>key</c> names it.</summary>
    public static AuditKind Split { get; } = AuditKind.Register("key.split", "key", "threshold", "shares");

    /// <summary>A custodian opened a share; <c>custodian</c> is the fingerprint of his key, <c>opened</c> his word for when.</summary>
    public static AuditKind ShareOpened { get; } = AuditKind.Register("key.share-opened", "key", "index", "custodian", "opened");

    /// <summary>The keys are about to be put in place again.</summary>
    public static AuditKind Recovered { get; } = AuditKind.Register("key.recovered", "key", "threshold", "shares");

    internal static AuditEvent OfSplit(ShareHeader first, DateTimeOffset at, ActorId actor) => new(Split, at, actor) { Fields = Fields(first, first.Count) };

    internal static AuditEvent OfOpening(ShareHeader share, DateTimeOffset opened, DateTimeOffset at, ActorId actor) => new(ShareOpened, at, actor)
    {
        Fields =
        [
            new("key", AuditValue.Of(share.Key.Key)), new("index", AuditValue.Of(share.Index)),
            new("custodian", AuditValue.Of(share.Custodian)), new("opened", AuditValue.Of(opened)),
        ],
    };

    internal static AuditEvent OfRecovery(ShareHeader first, int shares, DateTimeOffset at, ActorId actor) => new(Recovered, at, actor) { Fields = Fields(first, shares) };

    private static System.Collections.Immutable.ImmutableArray<AuditField> Fields(ShareHeader first, int shares) =>
        [new("key", AuditValue.Of(first.Key.Key)), new("threshold", AuditValue.Of(first.Threshold)), new("shares", AuditValue.Of(shares))];
}

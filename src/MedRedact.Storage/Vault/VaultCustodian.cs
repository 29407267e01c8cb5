namespace MedRedact.Storage;

/// <summary>Holds and purges the tokens of a vault, on record. Thread-safe.</summary>
/// <remarks>Each deed is on record before it is done, so that without the record nothing is done; a purge is on record once more, with its count, when it is done. A purge
/// without a count was cut short. Whether the actor may is decided before, by whoever calls.</remarks>
/// <param name="vault">Keeps the tokens.</param>
/// <param name="audit">Records what is done.</param>
/// <param name="time">Dates the records, and says what has expired.</param>
public sealed class VaultCustodian(ITokenVault vault, IAuditSink audit, TimeProvider time)
{
    private static readonly AuditKind Held = AuditKind.Register("token.held", "scope", "token", "subject");
    private static readonly AuditKind Unheld = AuditKind.Register("token.unheld", "scope", "token", "subject");
    private static readonly AuditKind Purge = AuditKind.Register("token.purge", "scope", "before", "expired", "subject");
    private static readonly AuditKind Purged = AuditKind.Register("token.purged", "scope", "subject", "count");

    /// <summary>Puts a token under a legal hold: no purge takes it.</summary>
    /// <param name="token">The token.</param>
    /// <param name="scope">Its scope.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether the vault has the token. What was asked is on record either way, without the token where the vault has none.</returns>
    public ValueTask<bool> HoldAsync(Token token, TokenScope scope, ActorId actor, CancellationToken cancellationToken = default) =>
        SetAsync(token, scope, actor, isHeld: true, cancellationToken);

    /// <summary>Ends the legal hold of a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="scope">Its scope.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether the vault has the token.</returns>
    public ValueTask<bool> ReleaseAsync(Token token, TokenScope scope, ActorId actor, CancellationToken cancellationToken = default) =>
        SetAsync(token, scope, actor, isHeld: false, cancellationToken);

    /// <summary>Puts all values that are now one subject's under a legal hold. Values that others share are nobody's: hold them by token. Values that come later are not
    /// held: hold again.</summary>
    /// <param name="tenant">Whose records.</param>
    /// <param name="subject">Whose values.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many values the subject has.</returns>
    public ValueTask<int> HoldAsync(TenantId tenant, SubjectId subject, ActorId actor, CancellationToken cancellationToken = default) =>
        SetAsync(tenant, subject, actor, isHeld: true, cancellationToken);

    /// <summary>Ends the legal hold of all values of one subject.</summary>
    /// <param name="tenant">Whose records.</param>
    /// <param name="subject">Whose values.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many values the subject has.</returns>
    public ValueTask<int> ReleaseAsync(TenantId tenant, SubjectId subject, ActorId actor, CancellationToken cancellationToken = default) =>
        SetAsync(tenant, subject, actor, isHeld: false, cancellationToken);

    /// <summary>Deletes the tokens of a scope that were made before a moment. What is held stays.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="olderThan">Tokens made before it go.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many went.</returns>
    public ValueTask<int> PurgeAsync(TokenScope scope, DateTimeOffset olderThan, ActorId actor, CancellationToken cancellationToken = default) => PurgeAsync(
        actor, null, new AuditField("scope", AuditValue.Of(scope)), new AuditField("before", AuditValue.Of(olderThan)),
        () => vault.PurgeAsync(scope, olderThan, cancellationToken), cancellationToken);

    /// <summary>Deletes the tokens of a scope that have expired. What is held stays.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many went.</returns>
    public ValueTask<int> PurgeExpiredAsync(TokenScope scope, ActorId actor, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        return PurgeAsync(
            actor, null, new AuditField("scope", AuditValue.Of(scope)), new AuditField("expired", AuditValue.Of(now)),
            () => vault.PurgeExpiredAsync(scope, now, cancellationToken), cancellationToken);
    }

    /// <summary>Deletes the tokens of one subject that were made up to a moment. What is held stays, and so does what others share.</summary>
    /// <param name="tenant">Whose records.</param>
    /// <param name="subject">Whose values.</param>
    /// <param name="upTo">The last moment.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many went.</returns>
    public ValueTask<int> PurgeAsync(TenantId tenant, SubjectId subject, DateTimeOffset upTo, ActorId actor, CancellationToken cancellationToken = default) => PurgeAsync(
        actor, tenant, new AuditField("subject", AuditValue.Of(subject.Value)), new AuditField("before", AuditValue.Of(upTo)),
        () => vault.PurgeAsync(tenant, subject, upTo, cancellationToken), cancellationToken);

    private async ValueTask<bool> SetAsync(Token token, TokenScope scope, ActorId actor, bool isHeld, CancellationToken cancellationToken)
    {
        var within = new AuditField("scope", AuditValue.Of(scope));
        VaultEntry? entry = TokenFormat.TryParse(token.Value, out Token parsed) ? await vault.FindAsync(parsed, scope, cancellationToken) : null;
        if (entry is null)
        {
            await AppendAsync(isHeld ? Held : Unheld, actor, null, AuditDecision.Denied, [within], cancellationToken);
            return false;
        }

        await AppendAsync(
            isHeld ? Held : Unheld, actor, entry.Tenant, AuditDecision.Permitted, [within, new AuditField("token", AuditValue.Of(parsed))], cancellationToken);
        return await vault.SetHoldAsync(parsed, scope, isHeld, cancellationToken);
    }

    private async ValueTask<int> SetAsync(TenantId tenant, SubjectId subject, ActorId actor, bool isHeld, CancellationToken cancellationToken)
    {
        await AppendAsync(
            isHeld ? Held : Unheld, actor, tenant, AuditDecision.Permitted, [new AuditField("subject", AuditValue.Of(subject.Value))], cancellationToken);
        return await vault.SetHoldAsync(tenant, subject, isHeld, cancellationToken);
    }

    private async ValueTask<int> PurgeAsync(
        ActorId actor, TenantId? tenant, AuditField of, AuditField? until, Func<ValueTask<int>> purge, CancellationToken cancellationToken)
    {
        await AppendAsync(Purge, actor, tenant, AuditDecision.Permitted, until is { } moment ? [of, moment] : [of], cancellationToken);
        int count = await purge();
        await AppendAsync(Purged, actor, tenant, AuditDecision.Permitted, [of, new AuditField("count", AuditValue.Of(count))], cancellationToken);
        return count;
    }

    private async ValueTask AppendAsync(
        AuditKind kind, ActorId actor, TenantId? tenant, AuditDecision decision, AuditField[] fields, CancellationToken cancellationToken) =>
        await audit.AppendAsync(new AuditEvent(kind, time.GetUtcNow(), actor) { Tenant = tenant, Decision = decision, Fields = [.. fields] }, cancellationToken);
}

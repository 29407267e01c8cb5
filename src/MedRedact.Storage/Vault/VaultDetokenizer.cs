using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>Gives back the value behind a token, under a grant, once that is on record.</summary>
/// <remarks>Every call with a valid grant is recorded, those included that find nothing; without the record there is no value. An unknown, a misread, a forged, an expired
/// and a purged token get one answer, and the same work is done for each. Thread-safe.</remarks>
public sealed class VaultDetokenizer : IDetokenizer
{
    /// <summary>Looked up in the place of what is no token, so that whoever forges one learns nothing from the time it takes.</summary>
    private static readonly Token StandIn = TokenFormat.Create(PhiCategory.Unique, new byte[16]);

    private readonly ITokenVault _vault;
    private readonly SealedValues _values;
    private readonly RevealRecord _record;
    private readonly RevealAllowances _allowances;
    private readonly TimeProvider _time;

    /// <summary>Makes a detokenizer.</summary>
    /// <param name="vault">Keeps the tokens.</param>
    /// <param name="sealer">Opens the values.</param>
    /// <param name="audit">Records the access.</param>
    /// <param name="time">Says whether a grant or a token has expired.</param>
    /// <param name="limit">How many values one actor may see of one tenant; <see langword="null"/>: the default one.</param>
    public VaultDetokenizer(ITokenVault vault, IObjectSealer sealer, IAuditSink audit, TimeProvider time, RevealLimit? limit = null)
    {
        limit ??= new RevealLimit();
        ArgumentOutOfRangeException.ThrowIfNotEqual(limit.IsValid, true, nameof(limit));
        _vault = vault;
        _values = new SealedValues(sealer);
        _record = new RevealRecord(audit);
        _allowances = new RevealAllowances(limit, time);
        _time = time;
    }

    /// <inheritdoc/>
    /// <remarks>A token of another tenant than the grant's is not found.</remarks>
    public async ValueTask<Phi<string>?> RevealAsync(
        Token token, TokenScope scope, AccessGrant grant, CancellationToken cancellationToken = default)
    {
        await AdmitAsync(grant, scope, 1, cancellationToken);
        return await RevealOneAsync(token, scope, grant, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>A batch that is larger than what the actor has left is refused as a whole.</remarks>
    public async ValueTask<ImmutableArray<Phi<string>?>> RevealAsync(
        ImmutableArray<Token> tokens, TokenScope scope, AccessGrant grant, CancellationToken cancellationToken = default)
    {
        await AdmitAsync(grant, scope, tokens.Length, cancellationToken);
        var values = ImmutableArray.CreateBuilder<Phi<string>?>(tokens.Length);
        foreach (Token token in tokens)
            values.Add(await RevealOneAsync(token, scope, grant, cancellationToken));

        return values.MoveToImmutable();
    }

    private async ValueTask AdmitAsync(AccessGrant grant, TokenScope scope, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        DateTimeOffset now = _time.GetUtcNow();
        if (grant.Request.Action != AccessAction.RevealToken || grant.ExpiresAt <= now)
            throw Faults.Refuse(Faults.NotGranted);

        if (_allowances.TryTake(grant.Request.Tenant, grant.Request.Actor, count))
            return;

        await _record.DeniedAsync(grant, now, scope, null, Faults.TooManyReveals, cancellationToken);
        throw Faults.Refuse(Faults.TooManyReveals);
    }

    private async ValueTask<Phi<string>?> RevealOneAsync(Token token, TokenScope scope, AccessGrant grant, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        bool isToken = TokenFormat.TryParse(token.Value, out Token parsed);
        VaultEntry? entry = await _vault.FindAsync(isToken ? parsed : StandIn, scope, cancellationToken);
        if (!isToken || entry is null || entry.Tenant != grant.Request.Tenant)
        {
            await _record.DeniedAsync(grant, now, scope, null, null, cancellationToken);
            return null;
        }

        if (entry.HasExpired(now))
        {
            await _record.DeniedAsync(grant, now, scope, entry.Token, Faults.TokenExpired, cancellationToken);
            return null;
        }

        Phi<string> value = await _values.OpenAsync(entry, cancellationToken);
        await _record.PermittedAsync(grant, now, scope, entry.Token, cancellationToken);
        return value;
    }
}

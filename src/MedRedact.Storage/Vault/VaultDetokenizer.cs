using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>Gives back the value behind a token, under a grant, once that is on record.</summary>
/// <remarks>Every call with a valid grant is recorded, those included that find nothing; without the record there is no value. Thread-safe.</remarks>
/// <param name="vault">Keeps the tokens.</param>
/// <param name="sealer">Opens the values.</param>
/// <param name="audit">Records the access.</param>
/// <param name="time">Says whether a grant has expired.</param>
public sealed class VaultDetokenizer(ITokenVault vault, IObjectSealer sealer, IAuditSink audit, TimeProvider time) : IDetokenizer
{
    private readonly SealedValues _values = new(sealer);

    /// <inheritdoc/>
    /// <remarks>A token of another tenant than the grant's is not found.</remarks>
    public async ValueTask<Phi<string>?> RevealAsync(
        Token token, TokenScope scope, AccessGrant grant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(grant);
        DateTimeOffset now = time.GetUtcNow();
        if (grant.Request.Action != AccessAction.RevealToken || grant.ExpiresAt <= now)
            throw Faults.Refuse(Faults.NotGranted);

        VaultEntry? entry = TokenFormat.TryParse(token.Value, out Token parsed) ? await vault.FindAsync(parsed, scope, cancellationToken) : null;
        if (entry is null || entry.Tenant != grant.Request.Tenant)
        {
            await RecordAsync(grant, now, scope, null, AuditDecision.Denied, cancellationToken);
            return null;
        }

        Phi<string> value = await _values.OpenAsync(entry, cancellationToken);
        await RecordAsync(grant, now, scope, entry.Token, AuditDecision.Permitted, cancellationToken);
        return value;
    }

    /// <summary>A token that was not found is not written down: whatever somebody typed does not belong in the ledger.</summary>
    private async ValueTask RecordAsync(
        AccessGrant grant, DateTimeOffset now, TokenScope scope, Token? token, AuditDecision decision, CancellationToken cancellationToken)
    {
        ImmutableArray<AuditField> fields =
        [
            .. token is { } known ? [new AuditField("token", AuditValue.Of(known))] : ImmutableArray<AuditField>.Empty,
            new("scope", AuditValue.Of(scope)),
            new("grant", AuditValue.Of(grant.Receipt.Sequence)),
        ];
        await audit.AppendAsync(
            new AuditEvent(AuditKind.TokenRevealed, now, grant.Request.Actor)
            {
                Tenant = grant.Request.Tenant,
                Document = grant.Request.Document,
                Purpose = grant.Request.Purpose,
                Decision = decision,
                Fields = fields,
            },
            cancellationToken);
    }
}

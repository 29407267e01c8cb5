using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.Storage;

/// <summary>Makes random tokens and keeps them in a vault. A token is derived from nothing (45 CFR 164.514(c)).</summary>
/// <remarks>Values that differ only in case, spacing or the way their letters are encoded are one value. Thread-safe.</remarks>
/// <param name="vault">Keeps the tokens.</param>
/// <param name="sealer">Seals the values.</param>
/// <param name="keys">Gives the key of the index.</param>
/// <param name="time">Dates the entries.</param>
public sealed class VaultTokenizer(ITokenVault vault, IObjectSealer sealer, IKeyProvider keys, TimeProvider time) : ITokenizer
{
    // Each further attempt is for what somebody else changed meanwhile: made, shared, extended, let expire. Nobody changes a row that often.
    private const int Attempts = 16;

    private readonly SealedValues _values = new(sealer);
    private readonly ValueIndex _index = new(keys);
    private readonly KnownValues _known = new(vault, new SealedValues(sealer));

    /// <summary>How long a token gives its value back after the value last came, in whole days; <see langword="null"/>, the default: without end. A context that names a
    /// moment goes before.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">Vault or keys failed; no token was made.</exception>
    public async ValueTask<Token> TokenizeAsync(
        Phi<string> value, PhiCategory category, TokenContext context, CancellationToken cancellationToken = default) =>
        (await TokenizeAsync([new TokenizedValue(value, category)], context, cancellationToken))[0];

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">Vault or keys failed; none of the tokens counts.</exception>
    public async ValueTask<ImmutableArray<Token>> TokenizeAsync(
        ImmutableArray<TokenizedValue> values, TokenContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ImmutableArray<ValueKey> order = await _index.OfAsync(values, context.Scope, cancellationToken);
        var asked = new Dictionary<ValueKey, TokenizedValue>();
        for (int i = 0; i < order.Length; i++)
            asked.TryAdd(order[i], values[i]);

        var tokens = new Dictionary<ValueKey, Token>();
        for (int attempt = 1; asked.Count > 0; attempt++)
        {
            if (attempt > Attempts)
                throw Faults.Refuse(Faults.VaultFailed);

            await AttemptAsync(asked, tokens, context, cancellationToken);
        }

        return [.. order.Select(key => tokens[key])];
    }

    /// <summary>Finds what is known and adds what is not; what somebody else changed meanwhile is left for the next attempt.</summary>
    private async ValueTask AttemptAsync(
        Dictionary<ValueKey, TokenizedValue> asked, Dictionary<ValueKey, Token> tokens, TokenContext context, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset? expiry = context.ExpiresAt ?? ExpiryAfter(now);
        ImmutableArray<ValueKey> keys = [.. asked.Keys];
        ImmutableArray<VaultEntry?> found = await vault.FindAsync(keys, context.Scope, cancellationToken);

        ImmutableArray<ValueKey> missing = [.. keys.Where((_, i) => found[i] is null)];
        var made = new VaultEntry[missing.Length];

        // Sealing is the work: a batch has all processors for it.
        if (missing.Length == 1)
            made[0] = await MakeAsync(missing[0], asked[missing[0]], context, now, expiry, cancellationToken);
        else
            await Parallel.ForAsync(0, missing.Length, cancellationToken, async (i, cancel) => made[i] = await MakeAsync(missing[i], asked[missing[i]], context, now, expiry, cancel));

        for (int i = 0; i < keys.Length; i++)
        {
            if (found[i] is { } entry && await _known.CanServeAsync(entry, asked[keys[i]], context.Subject, now, expiry, cancellationToken))
                Settle(keys[i], entry.Token);
        }

        if (missing.IsEmpty)
            return;

        ImmutableArray<bool> added = await vault.TryAddAsync([.. made], cancellationToken);
        for (int i = 0; i < added.Length; i++)
        {
            if (added[i])
                Settle(missing[i], made[i].Token);
        }

        void Settle(ValueKey key, Token token)
        {
            asked.Remove(key);
            tokens[key] = token;
        }
    }

    private async ValueTask<VaultEntry> MakeAsync(
        ValueKey key, TokenizedValue value, TokenContext context, DateTimeOffset now, DateTimeOffset? expiry, CancellationToken cancellationToken)
    {
        Token token = TokenFormat.Create(key.Category, RandomNumberGenerator.GetBytes(16));
        byte[] envelope = await _values.SealAsync(value.Value, token, key.Category, context.Tenant, context.Scope, context.Subject, cancellationToken);
        return new VaultEntry(token, context.Tenant, context.Scope, key.Category, key.Index, envelope, now) { Subject = context.Subject, ExpiresAt = expiry };
    }

    /// <summary>The end of a day, UTC, so that a value that comes often is written once a day at most.</summary>
    private DateTimeOffset? ExpiryAfter(DateTimeOffset now) =>
        Lifetime is { } lifetime ? new DateTimeOffset((now + lifetime).UtcDateTime.Date.AddDays(1), TimeSpan.Zero) : null;
}

using System.Collections.Immutable;

namespace MedRedact.Testing;

/// <summary>A vault in memory. Thread-safe; not durable.</summary>
public sealed class InMemoryTokenVault : ITokenVault
{
    private readonly Lock _gate = new();
    private ImmutableArray<VaultEntry> _entries = [];

    /// <summary>All entries, for assertions.</summary>
    public ImmutableArray<VaultEntry> Entries
    {
        get
        {
            lock (_gate)
                return _entries;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryAddAsync(VaultEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return ValueTask.FromResult(TryAdd(entry));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<bool>> TryAddAsync(ImmutableArray<VaultEntry> entries, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return ValueTask.FromResult<ImmutableArray<bool>>([.. entries.Select(TryAdd)]);
    }

    /// <inheritdoc/>
    public ValueTask<VaultEntry?> FindAsync(Token token, TokenScope scope, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Entries.FirstOrDefault(entry => entry.Token == token && entry.Scope == scope));
    }

    /// <inheritdoc/>
    public ValueTask<VaultEntry?> FindAsync(Digest256 index, PhiCategory category, TokenScope scope, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Find(Entries, new ValueKey(index, category), scope));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<VaultEntry?>> FindAsync(ImmutableArray<ValueKey> values, TokenScope scope, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ImmutableArray<VaultEntry> entries = Entries;
        return ValueTask.FromResult<ImmutableArray<VaultEntry?>>([.. values.Select(value => Find(entries, value, scope))]);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryReplaceAsync(VaultEntry known, VaultEntry changed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(changed);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            VaultEntry? now = _entries.FirstOrDefault(entry => entry.Token == known.Token && entry.Scope == known.Scope);
            if (now is null || (now.Index, now.Subject, now.ExpiresAt) != (known.Index, known.Subject, known.ExpiresAt) || !now.Envelope.Span.SequenceEqual(known.Envelope.Span)
                || (changed.Index != now.Index && Find(_entries, new ValueKey(changed.Index, now.Category), now.Scope) is not null))
            {
                return ValueTask.FromResult(false);
            }

            _entries = _entries.Replace(
                now, now with { Index = changed.Index, Envelope = changed.Envelope.ToArray(), Subject = changed.Subject, ExpiresAt = changed.ExpiresAt });
            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> SetHoldAsync(Token token, TokenScope scope, bool isHeld, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Hold(entry => entry.Token == token && entry.Scope == scope, isHeld, cancellationToken) == 1);

    /// <inheritdoc/>
    public ValueTask<int> SetHoldAsync(TenantId tenant, SubjectId subject, bool isHeld, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Hold(entry => entry.Tenant == tenant && entry.Subject == subject, isHeld, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<int> CountHeldAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return ValueTask.FromResult(_entries.Count(entry => entry.Tenant == tenant && entry.Subject == subject && entry.IsHeld));
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(TokenScope scope, DateTimeOffset olderThan, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Purge(entry => entry.Scope == scope && entry.CreatedAt < olderThan, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<int> PurgeExpiredAsync(TokenScope scope, DateTimeOffset asOf, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Purge(entry => entry.Scope == scope && entry.HasExpired(asOf), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(TenantId tenant, SubjectId subject, DateTimeOffset upTo, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Purge(entry => entry.Tenant == tenant && entry.Subject == subject && entry.CreatedAt <= upTo, cancellationToken));

    private static VaultEntry? Find(ImmutableArray<VaultEntry> entries, ValueKey value, TokenScope scope) =>
        entries.FirstOrDefault(entry => entry.Index == value.Index && entry.Category == value.Category && entry.Scope == scope);

    private bool TryAdd(VaultEntry entry)
    {
        if (_entries.Any(known => known.Scope == entry.Scope && (known.Token == entry.Token || (known.Index == entry.Index && known.Category == entry.Category))))
            return false;

        // The caller may reuse its memory.
        _entries = _entries.Add(entry with { Envelope = entry.Envelope.ToArray() });
        return true;
    }

    private int Hold(Func<VaultEntry, bool> which, bool isHeld, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _entries = [.. _entries.Select(entry => which(entry) ? entry with { IsHeld = isHeld } : entry)];
            return _entries.Count(which);
        }
    }

    private int Purge(Func<VaultEntry, bool> which, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ImmutableArray<VaultEntry> kept = [.. _entries.Where(entry => entry.IsHeld || !which(entry))];
            int gone = _entries.Length - kept.Length;
            _entries = kept;
            return gone;
        }
    }
}

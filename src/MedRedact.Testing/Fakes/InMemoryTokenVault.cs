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
        {
            if (_entries.Any(known => known.Scope == entry.Scope && (known.Token == entry.Token || (known.Index == entry.Index && known.Category == entry.Category))))
                return ValueTask.FromResult(false);

            // The caller may reuse its memory.
            _entries = _entries.Add(entry with { Envelope = entry.Envelope.ToArray() });
            return ValueTask.FromResult(true);
        }
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
        return ValueTask.FromResult(Entries.FirstOrDefault(entry => entry.Index == index && entry.Category == category && entry.Scope == scope));
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(TokenScope scope, DateTimeOffset olderThan, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ImmutableArray<VaultEntry> kept = [.. _entries.Where(entry => entry.Scope != scope || entry.CreatedAt >= olderThan)];
            int gone = _entries.Length - kept.Length;
            _entries = kept;
            return ValueTask.FromResult(gone);
        }
    }
}

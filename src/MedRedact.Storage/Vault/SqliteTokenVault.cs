using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>Keeps tokens in a SQLite file: the token, the MAC of its value, and the sealed value. Nothing in it is PHI in clear.</summary>
/// <remarks>Write-ahead log, every commit synced; writers that wait together share one commit. A token is unique in its scope, and so is a value
/// in its scope and category: races end with one row. Layout in <c>docs/formats/token-vault.md</c>. Thread-safe; several processes may share
/// the file.</remarks>
public sealed class SqliteTokenVault : ITokenVault, IDisposable
{
    private readonly GroupWriter _writer;
    private readonly ReaderPool _readers;

    private SqliteTokenVault(string path)
    {
        _writer = new GroupWriter(path, VaultFile.Kind, "MedRedact token vault");
        _readers = new ReaderPool(path, VaultFile.Kind);
    }

    /// <summary>Opens a vault, making it where it is missing: a file of mode 0600. A vault of version 1 becomes one of version 2 in one transaction.</summary>
    /// <param name="path">The database file.</param>
    /// <returns>The vault.</returns>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/> or <see cref="Faults.UnknownVault"/>.</exception>
    public static SqliteTokenVault Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new SqliteTokenVault(Path.GetFullPath(path));
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/>.</exception>
    public async ValueTask<bool> TryAddAsync(VaultEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (await TryAddAsync([entry], cancellationToken))[0];
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/>; none was added then.</exception>
    public ValueTask<ImmutableArray<bool>> TryAddAsync(ImmutableArray<VaultEntry> entries, CancellationToken cancellationToken = default) =>
        _writer.RunAsync<ImmutableArray<bool>>(statements => [.. entries.Select(entry => VaultRow.Add(statements, entry))], cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/> or <see cref="Faults.BrokenRow"/>.</exception>
    public ValueTask<VaultEntry?> FindAsync(Token token, TokenScope scope, CancellationToken cancellationToken = default) =>
        Read(statements => VaultRow.Find(statements, token, scope), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/> or <see cref="Faults.BrokenRow"/>.</exception>
    public ValueTask<VaultEntry?> FindAsync(Digest256 index, PhiCategory category, TokenScope scope, CancellationToken cancellationToken = default) =>
        Read(statements => VaultRow.Find(statements, new ValueKey(index, category), scope), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/> or <see cref="Faults.BrokenRow"/>.</exception>
    public ValueTask<ImmutableArray<VaultEntry?>> FindAsync(ImmutableArray<ValueKey> values, TokenScope scope, CancellationToken cancellationToken = default) =>
        Read<ImmutableArray<VaultEntry?>>(statements => [.. values.Select(value => VaultRow.Find(statements, value, scope))], cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/>.</exception>
    public ValueTask<bool> TryReplaceAsync(VaultEntry known, VaultEntry changed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(changed);
        return _writer.RunAsync(statements => VaultRow.Replace(statements, known, changed), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/>.</exception>
    public async ValueTask<bool> SetHoldAsync(Token token, TokenScope scope, bool isHeld, CancellationToken cancellationToken = default) => await ChangeAsync(
        "UPDATE token SET held = $1 WHERE scope = $2 AND token = $3", cancellationToken, isHeld ? 1L : 0L, scope.Value, token.Value) == 1;

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/>.</exception>
    public ValueTask<int> SetHoldAsync(TenantId tenant, SubjectId subject, bool isHeld, CancellationToken cancellationToken = default) => ChangeAsync(
        "UPDATE token SET held = $1 WHERE tenant = $2 AND subject = $3", cancellationToken, isHeld ? 1L : 0L, tenant.Value, subject.Value.ToArray());

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/>.</exception>
    public ValueTask<int> CountHeldAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default) => Read(
        statements => Rows.Read(
            statements.Query("SELECT count(*) FROM token WHERE tenant = $1 AND subject = $2 AND held = 1", tenant.Value, subject.Value.ToArray()),
            static row => row.GetInt32(0), Faults.BrokenRow)[0],
        cancellationToken);

    /// <inheritdoc/>
    /// <remarks>The rows are overwritten in the database, and its log is folded in and emptied.</remarks>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/>.</exception>
    public ValueTask<int> PurgeAsync(TokenScope scope, DateTimeOffset olderThan, CancellationToken cancellationToken = default) => DeleteAsync(
        "scope = $1 AND created < $2 AND held = 0", cancellationToken, scope.Value, VaultRow.Moment(olderThan));

    /// <inheritdoc/>
    /// <remarks>The rows are overwritten in the database, and its log is folded in and emptied.</remarks>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/>.</exception>
    public ValueTask<int> PurgeExpiredAsync(TokenScope scope, DateTimeOffset asOf, CancellationToken cancellationToken = default) => DeleteAsync(
        "scope = $1 AND expires <= $2 AND held = 0", cancellationToken, scope.Value, VaultRow.Moment(asOf));

    /// <inheritdoc/>
    /// <remarks>The rows are overwritten in the database, and its log is folded in and emptied.</remarks>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/>.</exception>
    public ValueTask<int> PurgeAsync(TenantId tenant, SubjectId subject, DateTimeOffset upTo, CancellationToken cancellationToken = default) => DeleteAsync(
        "tenant = $1 AND subject = $2 AND created <= $3 AND held = 0", cancellationToken, tenant.Value, subject.Value.ToArray(), VaultRow.Moment(upTo));

    /// <summary>Answers who still waits, then closes the file.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _readers.Dispose();
    }

    private ValueTask<int> ChangeAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        _writer.RunAsync(statements => statements.Execute(sql, values), cancellationToken);

    /// <summary>What was deleted is gone already; its log, which still holds it, is emptied, or at the next time where a reader stands in the way.</summary>
    private async ValueTask<int> DeleteAsync(string which, CancellationToken cancellationToken, params object?[] values)
    {
        int deleted = await ChangeAsync($"DELETE FROM token WHERE {which}", cancellationToken, values);
        await _writer.FoldAsync(isRequired: false);
        return deleted;
    }

    private ValueTask<T> Read<T>(Func<Statements, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_readers.Read(read));
    }
}

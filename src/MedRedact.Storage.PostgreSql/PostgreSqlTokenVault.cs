using System.Collections.Immutable;
using Npgsql;
using static MedRedact.Storage.PostgreSql.VaultRow;

namespace MedRedact.Storage.PostgreSql;

/// <summary>Keeps tokens on a PostgreSQL server, for hosts that share them: the token, the MAC of its value, and the sealed value. Nothing in it is PHI in clear.</summary>
/// <remarks>Every commit is durable on the server before it is acknowledged; a connection that promises less is refused. A token is unique in its scope, and so is a value in
/// its scope and category: races end with one row. Layout and grants in <c>docs/formats/token-vault.md</c>. Thread-safe.</remarks>
public sealed class PostgreSqlTokenVault : ITokenVault, IAsyncDisposable, IDisposable
{
    private const int Attempts = 5;

    private readonly NpgsqlDataSource _source;
    private readonly VaultStatements _statements;

    private PostgreSqlTokenVault(NpgsqlDataSource source, string schema) => (_source, _statements) = (source, new VaultStatements(schema));

    /// <summary>Connects to a vault, making its schema and tables where they are missing and the user may.</summary>
    /// <param name="options">Where; copied.</param>
    /// <returns>The vault.</returns>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>.</exception>
    /// <exception cref="ArgumentException">The options name no server or no plain schema.</exception>
    public static PostgreSqlTokenVault Open(PostgreSqlVaultOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (new PostgreSqlVaultOptionsValidator().Validate(null, options) is { Failed: true } wrong)
            throw new ArgumentException(wrong.FailureMessage, nameof(options));

        NpgsqlDataSource source = VaultServer.Source(options.ConnectionString);
        try
        {
            VaultSchema.Prepare(source, options.Schema);
            return new PostgreSqlTokenVault(source, options.Schema);
        }
        catch (Exception fault)
        {
            source.Dispose();
            if (ServerFault.IsOne(fault))
                throw ServerFault.Of(fault);

            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>.</exception>
    public async ValueTask<bool> TryAddAsync(VaultEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (await TryAddAsync([entry], cancellationToken))[0];
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>.</exception>
    public async ValueTask<ImmutableArray<bool>> TryAddAsync(ImmutableArray<VaultEntry> entries, CancellationToken cancellationToken = default)
    {
        if (entries.IsEmpty)
            return [];

        List<(string, string, string, Digest256)> added = await RowsAsync(
            _statements.Add,
            () => Parameters(entries),
            static row => (row.GetString(0), row.GetString(1), row.GetString(2), Digest256.From(row.GetFieldValue<byte[]>(3))),
            cancellationToken);
        var left = added.ToHashSet();
        return [.. entries.Select(entry => left.Remove((entry.Scope.Value, entry.Token.Value, entry.Category.ToString(), entry.Index)))];
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>, or a row is broken.</exception>
    public async ValueTask<VaultEntry?> FindAsync(Token token, TokenScope scope, CancellationToken cancellationToken = default) => (await RowsAsync(
        _statements.ByToken, () => [Text(scope.Value), Text(token.Value)], row => Read(row, scope), cancellationToken)).FirstOrDefault();

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>, or a row is broken.</exception>
    public async ValueTask<VaultEntry?> FindAsync(Digest256 index, PhiCategory category, TokenScope scope, CancellationToken cancellationToken = default) => (await RowsAsync(
        _statements.ByValue, () => [Text(scope.Value), Text(category.ToString()), Bytes(index.ToArray())], row => Read(row, scope), cancellationToken)).FirstOrDefault();

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>, or a row is broken.</exception>
    public async ValueTask<ImmutableArray<VaultEntry?>> FindAsync(
        ImmutableArray<ValueKey> values, TokenScope scope, CancellationToken cancellationToken = default)
    {
        if (values.IsEmpty)
            return [];

        ImmutableArray<ValueKey> asked = [.. values.Distinct()];
        List<VaultEntry> found = await RowsAsync(
            _statements.ByValues,
            () => [Text(scope.Value), Texts(asked.Select(value => value.Category.ToString())), Bytes(asked.Select(value => value.Index.ToArray()))],
            row => Read(row, scope),
            cancellationToken);
        var known = found.ToDictionary(entry => new ValueKey(entry.Index, entry.Category));
        return [.. values.Select(value => known.GetValueOrDefault(value))];
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>.</exception>
    public async ValueTask<bool> TryReplaceAsync(VaultEntry known, VaultEntry changed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(changed);
        return await ChangeAsync(
            _statements.Replace,
            () =>
            [
                Bytes(changed.Index.ToArray()), Bytes(changed.Envelope.ToArray()), Moment(changed.ExpiresAt), Bytes(changed.Subject?.Value.ToArray()),
                Text(known.Scope.Value), Text(known.Token.Value), Bytes(known.Index.ToArray()), Bytes(known.Envelope.ToArray()), Moment(known.ExpiresAt),
                Bytes(known.Subject?.Value.ToArray()),
            ],
            cancellationToken) == 1;
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>.</exception>
    public async ValueTask<bool> SetHoldAsync(Token token, TokenScope scope, bool isHeld, CancellationToken cancellationToken = default) => await ChangeAsync(
        _statements.HoldToken, () => [Flag(isHeld), Text(scope.Value), Text(token.Value)], cancellationToken) == 1;

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>.</exception>
    public ValueTask<int> SetHoldAsync(TenantId tenant, SubjectId subject, bool isHeld, CancellationToken cancellationToken = default) => ChangeAsync(
        _statements.HoldSubject, () => [Flag(isHeld), Text(tenant.Value), Bytes(subject.Value.ToArray())], cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>.</exception>
    public async ValueTask<int> CountHeldAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default) => (await RowsAsync(
        _statements.HeldOfSubject, () => [Text(tenant.Value), Bytes(subject.Value.ToArray())], static row => (int)row.GetInt64(0), cancellationToken))[0];

    /// <inheritdoc/>
    /// <remarks>The server keeps what was deleted until it is vacuumed, and in its log and backups: destroying keys is what closes values everywhere.</remarks>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>.</exception>
    public ValueTask<int> PurgeAsync(TokenScope scope, DateTimeOffset olderThan, CancellationToken cancellationToken = default) => ChangeAsync(
        _statements.PurgeOlder, () => [Text(scope.Value), Moment(olderThan)], cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>.</exception>
    public ValueTask<int> PurgeExpiredAsync(TokenScope scope, DateTimeOffset asOf, CancellationToken cancellationToken = default) => ChangeAsync(
        _statements.PurgeExpired, () => [Text(scope.Value), Moment(asOf)], cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">A fault of <see cref="Faults"/>.</exception>
    public ValueTask<int> PurgeAsync(TenantId tenant, SubjectId subject, DateTimeOffset upTo, CancellationToken cancellationToken = default) => ChangeAsync(
        _statements.PurgeSubject, () => [Text(tenant.Value), Bytes(subject.Value.ToArray()), Moment(upTo)], cancellationToken);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>Closes the connections.</summary>
    /// <returns>A task that ends when they are closed.</returns>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private ValueTask<List<T>> RowsAsync<T>(string sql, Func<NpgsqlParameter[]> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) => RunAsync(
        sql,
        parameters,
        async command =>
        {
            var rows = new List<T>();
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(read(reader));

            return rows;
        },
        cancellationToken);

    /// <summary>How many rows were changed; none where another row has the index already.</summary>
    private ValueTask<int> ChangeAsync(string sql, Func<NpgsqlParameter[]> parameters, CancellationToken cancellationToken) => RunAsync(
        sql,
        parameters,
        async command =>
        {
            try
            {
                return await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (PostgresException fault) when (ServerFault.IsTaken(fault))
            {
                return 0;
            }
        },
        cancellationToken);

    private async ValueTask<T> RunAsync<T>(string sql, Func<NpgsqlParameter[]> parameters, Func<NpgsqlCommand, Task<T>> run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await using NpgsqlCommand command = _source.CreateCommand(sql);
                command.Parameters.AddRange(parameters());
                return await run(command);
            }
            catch (Exception fault) when (ServerFault.IsOne(fault))
            {
                if (!ServerFault.IsDeadlock(fault) || attempt == Attempts)
                    throw ServerFault.Of(fault);
            }
        }
    }
}

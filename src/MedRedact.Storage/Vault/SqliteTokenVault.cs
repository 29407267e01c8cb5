using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>Keeps tokens in a SQLite file: the token, the MAC of its value, and the sealed value. Nothing in it is PHI in clear.</summary>
/// <remarks>Write-ahead log, every commit synced; writers that wait together share one commit. A token is unique in its scope, and so is a value
/// in its scope and category: races end with one row. Layout in <c>docs/formats/token-vault.md</c>. Thread-safe; several processes may share
/// the file.</remarks>
public sealed class SqliteTokenVault : ITokenVault, IDisposable
{
    private const string Columns = "token, tenant, category, idx, envelope, created";

    private readonly VaultWriter _writer;
    private readonly string _reading;

    private SqliteTokenVault(string path)
    {
        _writer = new VaultWriter(VaultDatabase.Open(path));
        _reading = VaultDatabase.ConnectionString(path, SqliteOpenMode.ReadOnly);
    }

    /// <summary>Opens a vault, making it where it is missing: a file of mode 0600.</summary>
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
        byte[] envelope = entry.Envelope.ToArray();
        int added = await _writer.ExecuteAsync(
            $"INSERT OR IGNORE INTO token (scope, {Columns}) VALUES ($scope, $token, $tenant, $category, $idx, $envelope, $created)",
            parameters =>
            {
                parameters.AddWithValue("$scope", entry.Scope.Value);
                parameters.AddWithValue("$token", entry.Token.Value);
                parameters.AddWithValue("$tenant", entry.Tenant.Value);
                parameters.AddWithValue("$category", entry.Category.ToString());
                parameters.AddWithValue("$idx", entry.Index.ToArray());
                parameters.AddWithValue("$envelope", envelope);
                parameters.AddWithValue("$created", entry.CreatedAt.ToUnixTimeMilliseconds());
            },
            cancellationToken);
        return added == 1;
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/> or <see cref="Faults.BrokenRow"/>.</exception>
    public ValueTask<VaultEntry?> FindAsync(Token token, TokenScope scope, CancellationToken cancellationToken = default) =>
        Find("token = $token", parameters => parameters.AddWithValue("$token", token.Value), scope, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/> or <see cref="Faults.BrokenRow"/>.</exception>
    public ValueTask<VaultEntry?> FindAsync(Digest256 index, PhiCategory category, TokenScope scope, CancellationToken cancellationToken = default) =>
        Find(
            "category = $category AND idx = $idx",
            parameters =>
            {
                parameters.AddWithValue("$category", category.ToString());
                parameters.AddWithValue("$idx", index.ToArray());
            },
            scope,
            cancellationToken);

    /// <inheritdoc/>
    /// <remarks>The rows are overwritten in the database; its log holds them until it is next folded in.</remarks>
    /// <exception cref="MedRedactException"><see cref="Faults.VaultFailed"/>.</exception>
    public ValueTask<int> PurgeAsync(TokenScope scope, DateTimeOffset olderThan, CancellationToken cancellationToken = default) => _writer.ExecuteAsync(
        "DELETE FROM token WHERE scope = $scope AND created < $created",
        parameters =>
        {
            parameters.AddWithValue("$scope", scope.Value);
            parameters.AddWithValue("$created", olderThan.ToUnixTimeMilliseconds());
        },
        cancellationToken);

    /// <summary>Answers who still waits, then closes the file.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        using var pooled = new SqliteConnection(_reading);
        SqliteConnection.ClearPool(pooled);
    }

    private ValueTask<VaultEntry?> Find(
        string where, Action<SqliteParameterCollection> bind, TokenScope scope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using var connection = new SqliteConnection(_reading);
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT {Columns} FROM token WHERE scope = $scope AND {where}";
            command.Parameters.AddWithValue("$scope", scope.Value);
            bind(command.Parameters);
            using SqliteDataReader row = command.ExecuteReader();
            return new(row.Read() ? Read(row, scope) : null);
        }
        catch (SqliteException fault)
        {
            throw VaultDatabase.Refuse(fault);
        }
    }

    private static VaultEntry Read(SqliteDataReader row, TokenScope scope)
    {
        try
        {
            return new VaultEntry(
                new Token(row.GetString(0)),
                new TenantId(row.GetString(1)),
                scope,
                PhiCategory.TryParse(row.GetString(2), out PhiCategory category) ? category : throw new FormatException(),
                Digest256.From(row.GetFieldValue<byte[]>(3)),
                row.GetFieldValue<byte[]>(4),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            throw Faults.Refuse(Faults.BrokenRow);
        }
    }
}

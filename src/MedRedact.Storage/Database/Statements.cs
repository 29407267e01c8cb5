using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>The statements of one connection, compiled once. Not thread-safe: a connection serves one thread at a time.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <summary>The connection itself, for what is asked of it once.</summary>
    public SqliteConnection Connection => connection;

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <param name="sql">With the parameters <c>$1</c>, <c>$2</c> and so on.</param>
    /// <param name="values">Their values, in this order.</param>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Runs a query; the reader must be disposed before the next call.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteReader();

    public bool IsDisposed { get; private set; }

    public void Dispose()
    {
        IsDisposed = true;
        foreach (SqliteCommand command in _prepared.Values)
            command.Dispose();

        connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out SqliteCommand? command))
        {
            _prepared[sql] = command = connection.CreateCommand();
            command.CommandText = sql;
            for (int i = 1; i <= values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }

        for (int i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;

        return command;
    }
}

using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>The reading connections of a vault, with their statements compiled. Each call has one to itself; there are as many as calls at the same time.</summary>
internal sealed class VaultReaders(string path) : IDisposable
{
    private readonly string _connection = VaultDatabase.ConnectionString(path, SqliteOpenMode.ReadOnly);
    private readonly ConcurrentBag<VaultStatements> _idle = [];
    private volatile bool _isDisposed;

    public T Read<T>(Func<VaultStatements, T> read)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteTokenVault));
        VaultStatements? statements = null;
        try
        {
            statements = _idle.TryTake(out VaultStatements? idle) ? idle : Open();
            T result = read(statements);
            _idle.Add(statements);
            statements = null;
            return result;
        }
        catch (SqliteException fault)
        {
            throw VaultDatabase.Refuse(fault);
        }
        finally
        {
            // After a fault the connection is not trusted any more.
            statements?.Dispose();
            if (_isDisposed)
                CloseIdle();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        CloseIdle();
    }

    private VaultStatements Open()
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            connection.Open();
            return new VaultStatements(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out VaultStatements? statements))
            statements.Dispose();
    }
}

using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>The reading connections of a database, with their statements compiled. Each call has one to itself; there are as many as calls at the same time.</summary>
internal sealed class ReaderPool(string path, DatabaseKind kind) : IDisposable
{
    private readonly string _connection = DatabaseFile.ConnectionString(path, SqliteOpenMode.ReadOnly);
    private readonly ConcurrentBag<Statements> _idle = [];
    private volatile bool _isDisposed;

    public T Read<T>(Func<Statements, T> read)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Statements? statements = null;
        try
        {
            statements = _idle.TryTake(out Statements? idle) ? idle : Open();
            T result = read(statements);
            _idle.Add(statements);
            statements = null;
            return result;
        }
        catch (SqliteException fault)
        {
            throw kind.Refuse(fault);
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

    private Statements Open()
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            connection.Open();
            return new Statements(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out Statements? statements))
            statements.Dispose();
    }
}

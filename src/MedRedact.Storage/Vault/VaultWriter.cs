using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>The one writer of a vault: takes what waits, up to a batch, into one transaction, and answers when that is on disk.</summary>
/// <remarks>One connection on one thread of its own: no two writers of a process meet in the database, one sync serves all who waited, and no
/// thread of the pool waits for the disk.</remarks>
internal sealed class VaultWriter : IDisposable
{
    private const int MostAtOnce = 512;

    private readonly BlockingCollection<Work> _queue = [];
    private readonly SqliteConnection _connection;
    private readonly Thread _thread;

    public VaultWriter(SqliteConnection connection)
    {
        _connection = connection;
        _thread = new Thread(Run) { IsBackground = true, Name = "MedRedact token vault" };
        _thread.Start();
    }

    /// <summary>Runs a statement in the next transaction; completes when that is durable.</summary>
    /// <returns>The number of rows it changed.</returns>
    public async ValueTask<int> ExecuteAsync(string sql, Action<SqliteParameterCollection> bind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var work = new Work(sql, bind);
        try
        {
            _queue.Add(work, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteTokenVault));
        }

        return await work.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Answers who still waits, then closes the connection.</summary>
    public void Dispose()
    {
        if (_queue.IsAddingCompleted)
            return;

        _queue.CompleteAdding();
        _thread.Join();
        _connection.Dispose();
    }

    private void Run()
    {
        var batch = new List<Work>();
        foreach (Work first in _queue.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < MostAtOnce && _queue.TryTake(out Work? next))
                batch.Add(next);

            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<Work> batch)
    {
        try
        {
            int[] changed = new int[batch.Count];
            using (SqliteTransaction transaction = _connection.BeginTransaction(deferred: false))
            {
                for (int i = 0; i < batch.Count; i++)
                    changed[i] = Execute(batch[i], transaction);

                transaction.Commit();
            }

            for (int i = 0; i < batch.Count; i++)
                batch[i].Done.TrySetResult(changed[i]);
        }
        catch (Exception fault)
        {
            // Whoever waited learns that nothing of it counts. A database's message can hold a path: it stays here.
            MedRedactException refusal = VaultDatabase.Refuse(fault);
            foreach (Work work in batch)
                work.Done.TrySetException(refusal);
        }
    }

    private int Execute(Work work, SqliteTransaction transaction)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = work.Sql;
        work.Bind(command.Parameters);
        return command.ExecuteNonQuery();
    }

    private sealed record Work(string Sql, Action<SqliteParameterCollection> Bind)
    {
        public TaskCompletionSource<int> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

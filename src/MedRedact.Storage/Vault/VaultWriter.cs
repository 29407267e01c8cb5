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
    private readonly VaultStatements _statements;
    private readonly Thread _thread;

    public VaultWriter(SqliteConnection connection)
    {
        _statements = new VaultStatements(connection);
        _thread = new Thread(Run) { IsBackground = true, Name = "MedRedact token vault" };
        _thread.Start();
    }

    /// <summary>Runs in the next transaction; completes when that is durable.</summary>
    /// <param name="run">What is done; it may share the transaction with others.</param>
    /// <param name="cancellationToken">Stops waiting; what was queued may still be done.</param>
    /// <param name="deletes">Whether something is deleted: the log, which still holds it, is then folded in and emptied.</param>
    /// <returns>What was returned.</returns>
    public async ValueTask<T> RunAsync<T>(Func<VaultStatements, T> run, CancellationToken cancellationToken, bool deletes = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var work = new Work<T>(run, deletes);
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
        _statements.Dispose();
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
        bool open = false;
        try
        {
            _statements.Execute("BEGIN IMMEDIATE");
            open = true;
            foreach (Work work in batch)
                work.Run(_statements);

            _statements.Execute("COMMIT");
            open = false;
            if (batch.Exists(work => work.Deletes))
                FoldLog();

            foreach (Work work in batch)
                work.Answer();
        }
        catch (Exception fault)
        {
            // Whoever waited learns that nothing of it counts. A database's message can hold a path: it stays here.
            if (open)
                RollBack();

            MedRedactException refusal = VaultDatabase.Refuse(fault);
            foreach (Work work in batch)
                work.Refuse(refusal);
        }
    }

    /// <summary>What was deleted is gone already. A reader in the middle of a statement, or a disk that refuses, puts this off to the next time.</summary>
    private void FoldLog()
    {
        try
        {
            _statements.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
        }
    }

    private void RollBack()
    {
        try
        {
            _statements.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // Some faults roll back by themselves.
        }
    }

    private abstract class Work(bool deletes)
    {
        public bool Deletes => deletes;

        public abstract void Run(VaultStatements statements);

        public abstract void Answer();

        public abstract void Refuse(MedRedactException refusal);
    }

    private sealed class Work<T>(Func<VaultStatements, T> run, bool deletes) : Work(deletes)
    {
        private T? _result;

        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Run(VaultStatements statements) => _result = run(statements);

        public override void Answer() => Done.TrySetResult(_result!);

        public override void Refuse(MedRedactException refusal) => Done.TrySetException(refusal);
    }
}

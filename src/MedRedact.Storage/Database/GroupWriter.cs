using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>The one writer of a database: takes what waits, up to a batch, into one transaction, and answers when that is on disk.</summary>
/// <remarks>One connection on one thread of its own: no two writers of a process meet in the database, one sync serves all who waited, and no
/// thread of the pool waits for the disk. A work that throws undoes itself alone.</remarks>
internal sealed class GroupWriter : IDisposable
{
    private const int MostAtOnce = 512;

    private readonly BlockingCollection<Work> _queue = [];
    private readonly SqliteConnection _connection;
    private readonly DatabaseKind _kind;
    private readonly Thread _thread;

    public GroupWriter(string path, DatabaseKind kind, string name)
    {
        _kind = kind;
        _connection = DatabaseFile.Open(path, kind);
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Runs in the next transaction; completes when that is durable.</summary>
    /// <returns>What the work returned.</returns>
    public async ValueTask<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entry = new Work<T>(work);
        Add(entry);
        return await entry.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Folds the log into the file and empties it, so that what was deleted is nowhere on disk. Readers in the middle of a statement put it off for a while.</summary>
    /// <param name="isRequired">Whether a log that could not be folded is a fault; else it is left to the next time.</param>
    public async ValueTask FoldAsync(bool isRequired)
    {
        var entry = new LogFold(isRequired);
        Add(entry);
        await entry.Done.Task;
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

    private void Add(Work entry)
    {
        try
        {
            _queue.Add(entry, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(_thread.Name);
        }
    }

    private void Run()
    {
        var batch = new List<Work>();
        foreach (Work first in _queue.GetConsumingEnumerable())
        {
            for (Work? next = first; next is not null; next = batch.Count < MostAtOnce && _queue.TryTake(out Work? waiting) ? waiting : null)
            {
                if (next is LogFold fold)
                {
                    Commit(batch);
                    Fold(fold);
                }
                else
                {
                    batch.Add(next);
                }
            }

            Commit(batch);
        }
    }

    private void Commit(List<Work> batch)
    {
        if (batch.Count == 0)
            return;

        try
        {
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
            foreach (Work work in batch)
            {
                transaction.Save("work");
                if (!work.TryRun(_connection))
                    transaction.Rollback("work");
                transaction.Release("work");
            }

            transaction.Commit();
            foreach (Work work in batch)
                work.Answer(null);
        }
        catch (Exception fault)
        {
            // Whoever waited learns that nothing of it counts.
            MedRedactException refusal = _kind.Refuse(fault);
            foreach (Work work in batch)
                work.Answer(refusal);
        }
        finally
        {
            batch.Clear();
        }
    }

    private void Fold(LogFold fold)
    {
        try
        {
            // Waits for readers as long as any statement waits; that it waited in vain is a row of the answer and no error.
            DatabaseFile.Execute(_connection, "PRAGMA busy_timeout = 5000");
            bool isBusy = DatabaseFile.Scalar(_connection, "PRAGMA wal_checkpoint(TRUNCATE)") != 0;
            fold.Answer(isBusy && fold.IsRequired ? Faults.Refuse(_kind.Failed) : null);
        }
        catch (SqliteException fault)
        {
            fold.Answer(fold.IsRequired ? _kind.Refuse(fault) : null);
        }
    }

    private abstract class Work
    {
        public abstract bool TryRun(SqliteConnection connection);

        public abstract void Answer(MedRedactException? refusal);
    }

    private sealed class Work<T>(Func<SqliteConnection, T> run) : Work
    {
        private T _result = default!;
        private Exception? _refused;

        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool TryRun(SqliteConnection connection)
        {
            try
            {
                _result = run(connection);
                return true;
            }
            catch (MedRedactException refused)
            {
                _refused = refused;
                return false;
            }
        }

        public override void Answer(MedRedactException? refusal)
        {
            if ((refusal ?? _refused) is { } fault)
                Done.TrySetException(fault);
            else
                Done.TrySetResult(_result);
        }
    }

    private sealed class LogFold(bool isRequired) : Work
    {
        public bool IsRequired => isRequired;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool TryRun(SqliteConnection connection) => true;

        public override void Answer(MedRedactException? refusal)
        {
            if (refusal is null)
                Done.TrySetResult();
            else
                Done.TrySetException(refusal);
        }
    }
}

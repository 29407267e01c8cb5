using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MedRedact.Storage;

/// <summary>The one writer of a database: takes what waits, up to a batch, into one transaction, and answers when that is on disk.</summary>
/// <remarks>One connection, used by one thread at a time: no two writers of a process meet in the database, and one sync serves all who waited. A work that comes alone is done where
/// it comes from, which spares two changes of thread; any other waits in a queue for a thread that does nothing else, so that at most one caller's thread ever waits for the disk. A work that is
/// refused is taken out, and the others are done again without it: works bear being done twice.</remarks>
internal sealed class GroupWriter : IDisposable
{
    private const int MostAtOnce = 512;
    private const int PatienceMilliseconds = 5000;

    private readonly BlockingCollection<Work> _queue = [];
    private readonly Lock _writing = new();
    private readonly Statements _statements;
    private readonly DatabaseKind _kind;
    private readonly Thread _thread;

    public GroupWriter(string path, DatabaseKind kind, string name)
    {
        _kind = kind;
        _statements = new Statements(DatabaseFile.Open(path, kind));
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Runs in the next transaction; completes when that is durable.</summary>
    /// <param name="run">What is done; it may share the transaction with others, and be done again.</param>
    /// <param name="cancellationToken">Stops waiting; what was queued may still be done.</param>
    /// <returns>What the work returned.</returns>
    public async ValueTask<T> RunAsync<T>(Func<Statements, T> run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var work = new Work<T>(run);
        if (!TryAlone(work))
            Add(work);
        return await work.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Folds the log into the file and empties it, so that what was deleted is nowhere on disk. Readers in the middle of a statement put it off.</summary>
    /// <param name="isRequired">Whether readers are waited for, and a log that could not be folded is a fault; else it is left to the next time.</param>
    public async ValueTask FoldAsync(bool isRequired)
    {
        var fold = new LogFold(isRequired);
        Add(fold);
        await fold.Done.Task;
    }

    /// <summary>Answers who still waits, then closes the connection.</summary>
    public void Dispose()
    {
        if (_queue.IsAddingCompleted)
            return;

        _queue.CompleteAdding();
        _thread.Join();
        lock (_writing)
            _statements.Dispose();
    }

    /// <summary>Does a work at once where nobody else writes or waits, in this process or another.</summary>
    private bool TryAlone(Work work)
    {
        if (_queue.Count > 0 || _queue.IsAddingCompleted || !_writing.TryEnter())
            return false;
        try
        {
            // Asked of the library itself: the provider would wait for another process, and the caller could not leave.
            if (_statements.IsDisposed || raw.sqlite3_exec(_statements.Connection.Handle, "BEGIN IMMEDIATE") != raw.SQLITE_OK)
                return false;
            Commit([work], hasBegun: true);
            return true;
        }
        finally
        {
            _writing.Exit();
        }
    }

    private void Add(Work work)
    {
        try
        {
            _queue.Add(work, CancellationToken.None);
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
                    lock (_writing)
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
        lock (_writing)
            Commit(batch, hasBegun: false);
    }

    /// <summary>Commits a batch and empties it.</summary>
    private void Commit(List<Work> batch, bool hasBegun)
    {
        for (; batch.Count > 0; hasBegun = false)
        {
            Work? running = null;
            try
            {
                if (!hasBegun)
                    _statements.Execute("BEGIN IMMEDIATE");
                foreach (Work work in batch)
                    (running = work).Run(_statements);

                running = null;
                _statements.Execute("COMMIT");
                batch.ForEach(static work => work.Answer());
                batch.Clear();
            }
            catch (MedRedactException refused) when (running is not null)
            {
                RollBack();
                running.Refuse(refused);
                batch.Remove(running);
            }
            catch (Exception fault)
            {
                // Whoever waited learns that nothing of it counts. A database's message can hold a path: it stays here.
                RollBack();
                MedRedactException refusal = _kind.Refuse(fault);
                batch.ForEach(work => work.Refuse(refusal));
                batch.Clear();
            }
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
            // There was none yet, or the fault has rolled it back by itself.
        }
    }

    private void Fold(LogFold fold)
    {
        try
        {
            // That readers were waited for in vain is a row of the answer and no error.
            DatabaseFile.Execute(_statements.Connection, $"PRAGMA busy_timeout = {(fold.IsRequired ? PatienceMilliseconds : 0)}");
            bool isBusy = DatabaseFile.Scalar(_statements.Connection, "PRAGMA wal_checkpoint(TRUNCATE)") != 0;
            if (isBusy && fold.IsRequired)
                fold.Refuse(Faults.Refuse(_kind.Failed));
            else
                fold.Answer();
        }
        catch (SqliteException fault) when (fold.IsRequired)
        {
            fold.Refuse(_kind.Refuse(fault));
        }
        catch (SqliteException)
        {
            fold.Answer();
        }
        finally
        {
            raw.sqlite3_busy_timeout(_statements.Connection.Handle, 0);
        }
    }

    private abstract class Work
    {
        public abstract void Run(Statements statements);

        public abstract void Answer();

        public abstract void Refuse(MedRedactException refusal);
    }

    private class Work<T>(Func<Statements, T> run) : Work
    {
        private T? _result;

        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Run(Statements statements) => _result = run(statements);

        public override void Answer() => Done.TrySetResult(_result!);

        public override void Refuse(MedRedactException refusal) => Done.TrySetException(refusal);
    }

    private sealed class LogFold(bool isRequired) : Work<bool>(static _ => true)
    {
        public bool IsRequired => isRequired;
    }
}

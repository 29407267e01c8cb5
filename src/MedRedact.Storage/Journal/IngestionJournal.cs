using System.Globalization;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>Makes a repeated request one request: a file for each idempotency key.</summary>
/// <remarks>A key that is being worked on belongs to the session of its process. While that process runs, the key is in conflict; once it has
/// ended, however it ended, the key may be taken over with the same bytes. Layout in <c>docs/formats/storage.md</c>. Thread-safe; several
/// processes may share a home.</remarks>
/// <param name="home">Where the journal lies.</param>
/// <param name="time">Measures how long another process is waited for.</param>
public sealed class IngestionJournal(StorageHome home, TimeProvider time) : IIngestionJournal, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _root = Path.Combine(home.Folder, "journal");
    private readonly DurableFolders _folders = new(home.Operations);
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly HashSet<string> _active = [];

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.StorageFailed"/> or <see cref="Faults.BrokenJournal"/>.</exception>
    public ValueTask<JournalEntry> BeginAsync(
        TenantId tenant, IdempotencyKey key, Digest256 body, DocumentId attempt, CancellationToken cancellationToken = default) =>
        UnderLockAsync<JournalEntry>(
            tenant,
            key,
            path =>
            {
                JournalFile? found = JournalFile.Find(path, home.Operations);
                if (found is not null && found.Body != body)
                    return new JournalEntry.Conflict();
                if (found?.Report is { } report)
                    return new JournalEntry.Completed(report);
                if (found is not null && IsBeingWorkedOn(found, path))
                    return new JournalEntry.Conflict();

                new JournalFile(body, home.SessionId, attempt, null).Write(path, home.Operations, home.Staging);
                _active.Add(path);
                return new JournalEntry.Fresh(found?.Attempt);
            },
            cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.StorageFailed"/> or <see cref="Faults.BrokenJournal"/>.</exception>
    /// <exception cref="InvalidOperationException">The request was not begun here.</exception>
    public async ValueTask CompleteAsync(TenantId tenant, IdempotencyKey key, IngestionReport report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        await UnderLockAsync(
            tenant,
            key,
            path =>
            {
                JournalFile mine = FindMine(path) ?? throw new InvalidOperationException("The request was not begun here.");
                (mine with { Report = report }).Write(path, home.Operations, home.Staging);
                return _active.Remove(path);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>A request that was not begun here, or was answered meanwhile, stays as it is.</remarks>
    /// <exception cref="MedRedactException"><see cref="Faults.StorageFailed"/> or <see cref="Faults.BrokenJournal"/>.</exception>
    public async ValueTask AbandonAsync(TenantId tenant, IdempotencyKey key, CancellationToken cancellationToken = default) =>
        await UnderLockAsync(
            tenant,
            key,
            path =>
            {
                bool mine = FindMine(path) is not null;

                // From here on nobody works on it, whether or not its file goes.
                _active.Remove(path);
                if (mine)
                {
                    home.Operations.Delete(path);
                    home.Operations.SyncDirectory(Path.GetDirectoryName(path)!);
                }

                return mine;
            },
            cancellationToken);

    /// <summary>Gives up what the journal holds itself; the home stays with its owner.</summary>
    public void Dispose() => _oneAtATime.Dispose();

    private JournalFile? FindMine(string path) =>
        _active.Contains(path) && JournalFile.Find(path, home.Operations) is { Report: null } found && found.Session == home.SessionId ? found : null;

    private bool IsBeingWorkedOn(JournalFile found, string path) =>
        found.Session == home.SessionId ? _active.Contains(path) : home.IsAlive(found.Session);

    private async ValueTask<T> UnderLockAsync<T>(TenantId tenant, IdempotencyKey key, Func<string, T> work, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant.Value, nameof(tenant));
        string folder = Path.Combine(_root, "t-" + tenant.Value);
        string path = Path.Combine(folder, key.Value.ToString("N", CultureInfo.InvariantCulture) + ".mrij");

        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            _folders.Ensure(folder, _root);
            using FileLock held = await FileLock.AcquireAsync(Path.Combine(_root, "lock"), Patience, time, home.Operations, cancellationToken);
            return work(path);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.StorageFailed, fault);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}

using System.Security.Cryptography;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>The folder that everything durable lies in, opened by one process among possibly several.</summary>
/// <remarks>Each opener has a session: a folder of its own for what is in flight, and a lock that the operating system drops when the process
/// ends, however it ends. Opening a home clears what dead sessions left: half-written files at once, half-written documents when the document
/// store is first used. Layout in <c>docs/formats/storage.md</c>. Thread-safe.</remarks>
public sealed class StorageHome : IDisposable
{
    private const string LockSuffix = ".lock";

    private readonly Session _own;
    private readonly List<Session> _dead = [];

    private StorageHome(string folder, IFileOperations operations)
    {
        Folder = folder;
        Operations = operations;
        DurableDirectory.Create(Sessions, operations);
        _own = Begin();
        try
        {
            AdoptDead();
        }
        catch
        {
            // A session whose opening failed is a dead one: it must not look alive as long as the process lives.
            Dispose();
            throw;
        }
    }

    /// <summary>The folder, as a full path.</summary>
    public string Folder { get; }

    internal IFileOperations Operations { get; }

    /// <summary>Names this opener, as no other is ever named.</summary>
    internal string SessionId => _own.Id;

    /// <summary>Where files lie until they are whole.</summary>
    internal string Staging => _own.Folder;

    private string Sessions => Path.Combine(Folder, "sessions");

    /// <summary>Opens a home, making the folder where it is missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <returns>The home; dispose it when everything that uses it has ended.</returns>
    /// <exception cref="MedRedactException"><see cref="Faults.StorageFailed"/>.</exception>
    public static StorageHome Open(string folder, IFileOperations? operations = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return Guard(() => new StorageHome(Path.GetFullPath(folder), operations ?? PhysicalFileOperations.Instance));
    }

    /// <summary>Ends the session. What is still in flight counts as abandoned.</summary>
    public void Dispose()
    {
        lock (_dead)
        {
            foreach (Session session in _dead)
                session.Lock.Dispose();
            _dead.Clear();
        }

        TryEnd(_own);
        _own.Lock.Dispose();
    }

    /// <summary>Writes down durably that a document is being written, before anything of it is.</summary>
    internal void Announce(DocumentInFlight document) => Guard(() =>
    {
        try
        {
            using AtomicFile note = AtomicFile.Create(Path.Combine(_own.Folder, document.FileName), Operations);
            note.Commit(replace: false);
            return 0;
        }
        catch (DurabilityException fault) when (fault.Fault == DurabilityFault.AlreadyExists)
        {
            throw Faults.Refuse(Faults.AlreadyThere);
        }
    });

    /// <summary>Forgets a document that is committed or gone. If the note survives a crash, the next sweep finds nothing to do.</summary>
    internal void Forget(DocumentInFlight document) => Guard(() =>
    {
        Operations.Delete(Path.Combine(_own.Folder, document.FileName));
        return 0;
    });

    /// <summary>The documents that dead sessions were writing. Each is to be settled and then passed to <see cref="Settle"/>.</summary>
    internal IReadOnlyList<(Session Session, DocumentInFlight Document)> Abandoned()
    {
        lock (_dead)
            return Guard(() => _dead.SelectMany(session => Documents(session).Select(document => (session, document))).ToList());
    }

    internal void Settle(Session session, DocumentInFlight document) => Guard(() =>
    {
        lock (_dead)
        {
            Operations.Delete(Path.Combine(session.Folder, document.FileName));
            if (!Documents(session).Any() && _dead.Remove(session))
                End(session);
        }

        return 0;
    });

    /// <summary>Whether the process of a session still runs.</summary>
    internal bool IsAlive(string session)
    {
        if (session == SessionId)
            return true;
        if (!Operations.Exists(Path.Combine(Sessions, session)))
            return false;

        try
        {
            FileLock.Acquire(Path.Combine(Sessions, session + LockSuffix), Operations).Dispose();
            return false;
        }
        catch (DurabilityException fault) when (fault.Fault == DurabilityFault.Locked)
        {
            lock (_dead)
                return _dead.TrueForAll(dead => dead.Id != session);
        }
    }

    internal static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.StorageFailed, fault);
        }
    }

    private Session Begin()
    {
        string id = RandomNumberGenerator.GetHexString(32, lowercase: true);

        // The lock comes first: a session folder whose lock nobody holds is a dead session's.
        FileLock held = FileLock.Acquire(Path.Combine(Sessions, id + LockSuffix), Operations);
        try
        {
            var session = new Session(id, Path.Combine(Sessions, id), held);
            DurableDirectory.Create(session.Folder, Operations);
            return session;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private void AdoptDead()
    {
        foreach (FileEntry entry in Operations.List(Sessions).Where(entry => entry.IsDirectory && entry.Name != _own.Id))
        {
            FileLock held;
            try
            {
                held = FileLock.Acquire(Path.Combine(Sessions, entry.Name + LockSuffix), Operations);
            }
            catch (DurabilityException fault) when (fault.Fault == DurabilityFault.Locked)
            {
                continue;
            }

            try
            {
                Adopt(new Session(entry.Name, Path.Combine(Sessions, entry.Name), held));
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
    }

    private void Adopt(Session session)
    {
        if (!Operations.Exists(session.Folder))
        {
            // Another opener was faster and has ended it.
            session.Lock.Dispose();
            return;
        }

        AtomicFile.SweepTemporaries(session.Folder, Operations);
        if (Documents(session).Any())
            _dead.Add(session);
        else
            End(session);
    }

    private IEnumerable<DocumentInFlight> Documents(Session session) =>
        Operations.List(session.Folder).Select(entry => DocumentInFlight.FromFileName(entry.Name)).OfType<DocumentInFlight>();

    /// <summary>Removes a session of which nothing is left. The lock file goes last; ids are never used twice.</summary>
    private void End(Session session)
    {
        if (Operations is PhysicalFileOperations && !TryDeleteFolder(session.Folder))
        {
            // Somebody put a file of theirs there: that is not ours to delete.
            session.Lock.Dispose();
            return;
        }

        // Windows deletes no open file. Elsewhere the lock is better held until its file is gone.
        if (OperatingSystem.IsWindows())
            session.Lock.Dispose();
        Operations.Delete(Path.Combine(Sessions, session.Id + LockSuffix));
        session.Lock.Dispose();
    }

    private static bool TryDeleteFolder(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void TryEnd(Session session)
    {
        try
        {
            AtomicFile.SweepTemporaries(session.Folder, Operations);
            if (!Documents(session).Any())
                End(session);
        }
        catch (IOException)
        {
            // Whoever opens the home next ends it.
        }
    }

    internal sealed record Session(string Id, string Folder, FileLock Lock);
}

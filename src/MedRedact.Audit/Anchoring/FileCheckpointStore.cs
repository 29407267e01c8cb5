using System.Security.Cryptography;
using System.Text;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Checkpoints as files of a folder of their own, one a ledger, each replaced in one step under the folder's lock.</summary>
/// <remarks>The folder lies on another disk than the ledgers, or better on a share of another machine: beside them it notices what is put back by mistake, and
/// nobody who puts both back. Several ledgers and several processes may share it. Thread-safe.</remarks>
public sealed class FileCheckpointStore : ICheckpointStore
{
    internal const string LockName = "lock";

    /// <summary>No note of ours is longer: 16 signatures, each far below a kilobyte.</summary>
    internal const long MaxSize = 16 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly IFileOperations _operations;

    /// <summary>Prepares a store; nothing is opened yet.</summary>
    /// <param name="folder">The folder, created with the first checkpoint (0700, files 0600).</param>
    /// <param name="time">Times the wait for the folder's lock, 5 seconds at most.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    public FileCheckpointStore(string folder, TimeProvider? time = null, IFileOperations? operations = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (_folder, _time, _operations) = (Path.GetFullPath(folder), time ?? TimeProvider.System, operations ?? PhysicalFileOperations.Instance);
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(string origin, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(origin);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult(Read(origin)?.Note);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.CheckpointStore, fault);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CompareAndSwapAsync(
        string origin, AuditCheckpoint? expected, AuditCheckpoint replacement, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(origin);
        ArgumentNullException.ThrowIfNull(replacement);
        if (replacement.Note.Length is 0 or > (int)MaxSize)
            throw new ArgumentException("A checkpoint is stored as the signed note that it is published as.", nameof(replacement));

        try
        {
            DurableDirectory.Create(_folder, _operations);
            using FileLock held = await FileLock.AcquireAsync(Path.Combine(_folder, LockName), Patience, _time, _operations, cancellationToken);
            AuditCheckpoint? found = Read(origin);
            if (found?.Size != expected?.Size || found?.Root != expected?.Root || !IsStep(found, replacement))
                return false;

            // Whoever wrote these held the lock, and is gone.
            AtomicFile.SweepTemporaries(_folder, _operations);
            AtomicFile.Write(NameOf(origin), replacement.Note.Span, _operations);
            return true;
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.CheckpointStore, fault);
        }
    }

    private static bool IsStep(AuditCheckpoint? from, AuditCheckpoint to) => from is null || to.Size > from.Size || (to.Size == from.Size && to.Root == from.Root);

    /// <exception cref="MedRedactException">What lies there is no checkpoint of the ledger: it is never taken for none.</exception>
    private AuditCheckpoint? Read(string origin)
    {
        string path = NameOf(origin);
        if (!_operations.Exists(path))
            return null;

        return _operations.ReadWhole(path, MaxSize) is { } bytes && SignedNote.Parse(bytes) is { } note && AuditCheckpoint.Parse(note.Text) is { } checkpoint && checkpoint.Origin == origin
            ? checkpoint with { Note = bytes }
            : throw Faults.Refuse(Faults.CheckpointStore);
    }

    /// <summary>An origin may hold any sign but white space: its digest is a name on every file system.</summary>
    private string NameOf(string origin) => Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin))) + ".checkpoint");
}

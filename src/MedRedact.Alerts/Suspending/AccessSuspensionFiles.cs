using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Alerts;

/// <summary>Suspensions as files of one folder. A decision looks whether a file is there, so what one host suspends holds for all that share the folder, at once.</summary>
/// <param name="folder">The folder, which hosts name as <see cref="AlertOptions.Folder"/>; made where it is missing. It holds no PHI.</param>
/// <param name="audit">Knows of each suspension, and of its lifting, first.</param>
/// <param name="time">Says when.</param>
/// <param name="createIfMissing">Whether the folder is made with the first call where it is missing; after that a folder that is gone is a fault.</param>
/// <param name="operations">The file system; this machine's by default.</param>
public sealed class AccessSuspensionFiles(string folder, IAuditSink audit, TimeProvider time, bool createIfMissing = true, IFileOperations? operations = null) : IAccessSuspensions, IDisposable
{
    private const string MarkerName = "suspensions", LockName = "suspensions.lock";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IFileOperations _operations = operations ?? PhysicalFileOperations.Instance;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _making = new();
    private volatile bool _isThere;

    /// <inheritdoc/>
    public ValueTask SuspendAsync(AccessSuspension suspension, ActorId by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suspension);
        string path = Path.Combine(folder, SuspensionFile.NameOf(suspension));
        return InTurnAsync(
            async () =>
            {
                if (OnDisk(() => _operations.Exists(path)))
                    return;

                await audit.AppendAsync(EventOf(AuditKind.AccessSuspended, suspension, by), cancellationToken);
                OnDisk(() =>
                {
                    AtomicFile.Write(path, SuspensionFile.Format(suspension with { At = time.GetUtcNow() }), _operations);
                    return true;
                });
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask LiftAsync(AccessSuspension suspension, ActorId by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suspension);
        string path = Path.Combine(folder, SuspensionFile.NameOf(suspension));
        return InTurnAsync(
            async () =>
            {
                if (!OnDisk(() => _operations.Exists(path)))
                    throw Faults.Refuse(Faults.NoSuspension);
                if (IsSuspended(by))
                    throw Faults.Refuse(Faults.OwnSuspension);

                await audit.AppendAsync(EventOf(AuditKind.AccessRestored, suspension, by), cancellationToken);
                OnDisk(() =>
                {
                    _operations.Delete(path);
                    _operations.SyncDirectory(folder);
                    return true;
                });
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<AccessSuspension>> ListAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CheckFolder();
        return ValueTask.FromResult(List(folder, _operations));
    }

    /// <summary>Lists what is in force, for a tool that changes nothing.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <returns>The suspensions, the oldest first.</returns>
    /// <exception cref="MedRedactException"><c>MR-ALR-010</c>: one cannot be read.</exception>
    public static ImmutableArray<AccessSuspension> List(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return List(folder, PhysicalFileOperations.Instance);
    }

    /// <inheritdoc/>
    public bool IsSuspended(ActorId actor) => IsThere(SuspensionFile.NameOf(actor));

    /// <inheritdoc/>
    public bool IsSuspended(TenantId tenant, DocumentId document) => IsThere(SuspensionFile.NameOf(tenant, document));

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private bool IsThere(string name)
    {
        if (OnDisk(() => _operations.Exists(Path.Combine(folder, name))))
            return true;

        // That a file is not there means something only where the folder answers.
        CheckFolder();
        return false;
    }

    /// <summary>A folder that was moved, not mounted or may not be read has no marker that opens.</summary>
    private void CheckFolder() => OnDisk(() =>
    {
        string marker = Path.Combine(folder, MarkerName);
        if (!_isThere)
        {
            lock (_making)
            {
                if (createIfMissing && !_isThere && !_operations.Exists(marker))
                {
                    DurableDirectory.Create(folder, _operations);
                    AtomicFile.Write(marker, "medredact/access-suspensions/1\n"u8, _operations);
                }
            }
        }

        using (_operations.Open(marker, FileOpening.Read))
            _isThere = true;
        return true;
    });

    /// <summary>One change at a time, whichever host makes it: else a lift could take away what was suspended a moment ago.</summary>
    private async ValueTask InTurnAsync(Func<ValueTask> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            CheckFolder();
            using FileLock held = await LockAsync(cancellationToken);
            await change();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<FileLock> LockAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await FileLock.AcquireAsync(Path.Combine(folder, LockName), Patience, TimeProvider.System, _operations, cancellationToken);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.Suspensions, fault);
        }
    }

    private AuditEvent EventOf(AuditKind kind, AccessSuspension suspension, ActorId by) => new(kind, time.GetUtcNow(), by)
    {
        Tenant = suspension.Tenant,
        Document = suspension.Document,
        Fields =
        [
            .. suspension.Actor is { } actor ? [new AuditField("subject", AuditValue.Of(actor))] : (ReadOnlySpan<AuditField>)[],
            .. kind == AuditKind.AccessSuspended && suspension.Rule is { } rule
                ? [new("rule", AuditValue.Of(rule)), new("event", AuditValue.Of(suspension.Event))]
                : (ReadOnlySpan<AuditField>)[],
        ],
    };

    private static ImmutableArray<AccessSuspension> List(string folder, IFileOperations operations) => OnDisk(() => operations.Exists(folder)
        ? [.. operations.List(folder).Select(entry => entry.Name).Where(name => name.EndsWith(SuspensionFile.Extension, StringComparison.Ordinal))
            .Select(name => Read(folder, name, operations)).OrderBy(each => each.At)]
        : ImmutableArray<AccessSuspension>.Empty);

    private static AccessSuspension Read(string folder, string name, IFileOperations operations) =>
        SuspensionFile.Parse(operations.ReadWhole(Path.Combine(folder, name), SuspensionFile.MostBytes) ?? []) is { } suspension && SuspensionFile.NameOf(suspension) == name
            ? suspension
            : throw Faults.Refuse(Faults.Suspensions);

    private static T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.Suspensions, fault);
        }
    }
}

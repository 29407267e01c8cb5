using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Alerts;

/// <summary>Suspensions as files of one folder. A decision looks whether a file is there, so what one host suspends holds for all that share the folder, at once.</summary>
/// <param name="folder">The folder, which hosts name as <see cref="AlertOptions.Folder"/>; made where it is missing. It holds no PHI.</param>
/// <param name="audit">Knows of each suspension, and of its lifting, first.</param>
/// <param name="time">Says when.</param>
/// <param name="operations">The file system; this machine's by default.</param>
public sealed class AccessSuspensionFiles(string folder, IAuditSink audit, TimeProvider time, IFileOperations? operations = null) : IAccessSuspensions, IDisposable
{
    private readonly IFileOperations _operations = operations ?? PhysicalFileOperations.Instance;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <inheritdoc/>
    public async ValueTask SuspendAsync(AccessSuspension suspension, ActorId by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suspension);
        string path = Path.Combine(folder, SuspensionFile.NameOf(suspension));
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (OnDisk(() => _operations.Exists(path)))
                return;

            await audit.AppendAsync(EventOf(AuditKind.AccessSuspended, suspension, by), cancellationToken);
            OnDisk(() =>
            {
                DurableDirectory.Create(folder, _operations);
                AtomicFile.Write(path, SuspensionFile.Format(suspension with { At = time.GetUtcNow() }), _operations);
                return true;
            });
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask LiftAsync(AccessSuspension suspension, ActorId by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suspension);
        string path = Path.Combine(folder, SuspensionFile.NameOf(suspension));
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!OnDisk(() => _operations.Exists(path)))
                throw Faults.Refuse(Faults.NoSuspension);
            if (suspension.Actor == new ActorId(by.Value))
                throw Faults.Refuse(Faults.OwnSuspension);

            await audit.AppendAsync(EventOf(AuditKind.AccessRestored, suspension, by), cancellationToken);
            OnDisk(() =>
            {
                _operations.Delete(path);
                _operations.SyncDirectory(folder);
                return true;
            });
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<AccessSuspension>> ListAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
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
    public bool IsSuspended(ActorId actor) => OnDisk(() => _operations.Exists(Path.Combine(folder, SuspensionFile.NameOf(actor))));

    /// <inheritdoc/>
    public bool IsSuspended(TenantId tenant, DocumentId document) => OnDisk(() => _operations.Exists(Path.Combine(folder, SuspensionFile.NameOf(tenant, document))));

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

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
        SuspensionFile.Parse(SmallFile.Read(Path.Combine(folder, name), SuspensionFile.MostBytes, operations)) is { } suspension && SuspensionFile.NameOf(suspension) == name
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

using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>Keeps legal holds as files, one a hold.</summary>
/// <remarks>Thread-safe; several processes may share a home. Layout in <c>docs/formats/retention.md</c>.</remarks>
public sealed class LegalHolds : ILegalHolds
{
    private readonly RetentionFiles _files;
    private readonly HoldFiles _holds;
    private readonly DeletionPlans _plans;
    private readonly SubjectPlans _shreds;
    private readonly IAuditSink _audit;
    private readonly TimeProvider _time;

    /// <summary>Opens the holds of a home.</summary>
    /// <param name="home">Where they lie.</param>
    /// <param name="audit">Records who placed and released them.</param>
    /// <param name="time">Dates them.</param>
    public LegalHolds(StorageHome home, IAuditSink audit, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(home);
        (_files, _audit, _time) = (new(home), audit, time);
        (_holds, _plans, _shreds) = (new(_files), new(_files), new(_files));
    }

    /// <inheritdoc/>
    public async ValueTask<PlacedHold> PlaceAsync(
        TenantId tenant, HoldTarget target, LegalHoldReason reason, ActorId actor, CancellationToken cancellationToken = default)
    {
        string path = _holds.PathOf(tenant, target, reason);
        using FileLock held = await _files.LockHoldsAsync(_time, cancellationToken);
        if (_holds.Find(path) is not { } hold)
        {
            // The file comes first: a hold that could not be audited still holds, and is audited when it is placed again.
            hold = new(tenant, target, reason, actor, _time.GetUtcNow());
            _holds.Write(hold);
        }

        await _audit.AppendAsync(EventOf(RetentionEvents.HoldPlaced, hold, actor), cancellationToken);
        return new(hold, HadBegun(tenant, target));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ReleaseAsync(
        TenantId tenant, HoldTarget target, LegalHoldReason reason, ActorId actor, CancellationToken cancellationToken = default)
    {
        string path = _holds.PathOf(tenant, target, reason);
        using FileLock held = await _files.LockHoldsAsync(_time, cancellationToken);
        if (!_files.Exists(path))
            return false;

        await _audit.AppendAsync(EventOf(RetentionEvents.HoldReleased, new(tenant, target, reason, actor, default), actor), cancellationToken);
        return _files.Delete(path);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<LegalHold>> ListAsync(TenantId tenant, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_holds.List(tenant));
    }

    private bool HadBegun(TenantId tenant, HoldTarget target) =>
        _plans.Find(tenant).Any(plan => plan.Stage > DeletionStage.Planned && (target is not HoldTarget.OfDocument one || one.Document == plan.Id))
        || _shreds.Find(tenant).Any(plan => plan.Stage > ShredStage.Planned && target switch
        {
            HoldTarget.OfDocument one => plan.Documents.Contains(one.Document.Value),
            HoldTarget.OfSubject person => person.Subject == plan.SubjectId,
            _ => true,
        });

    private AuditEvent EventOf(AuditKind kind, LegalHold hold, ActorId actor) => new(kind, _time.GetUtcNow(), actor)
    {
        Tenant = hold.Tenant,
        Document = (hold.Target as HoldTarget.OfDocument)?.Document,
        Fields = hold.Target is HoldTarget.OfSubject all
            ? [RetentionEvents.ReasonField(hold.Reason), RetentionEvents.SubjectField(all.Subject)]
            : [RetentionEvents.ReasonField(hold.Reason)],
    };
}

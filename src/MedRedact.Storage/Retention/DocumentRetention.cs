using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>Deletes what a policy no longer keeps, and can prove it.</summary>
/// <remarks>It has no timer: whoever hosts it calls <see cref="RunAsync"/> as often as the shortest period asks for. A run that was interrupted, however, is finished by the next.
/// Nothing is deleted before two times agree that it is due, and nothing that a legal hold covers. Thread-safe; one run at a time on a home.</remarks>
public sealed class DocumentRetention
{
    private readonly RetentionParts _parts;
    private readonly RetentionOptions _options;
    private readonly TimeProvider _time;
    private readonly RetentionFiles _files;
    private readonly RetentionClock _clock;
    private readonly DeletionPlans _plans;
    private readonly QualityMarks _marks;
    private readonly HoldCheck _holds;
    private readonly RetentionSurvey _survey;
    private readonly DocumentDeletion _deletion;

    /// <summary>Puts retention together.</summary>
    /// <param name="parts">What it works with.</param>
    /// <param name="options">How it works.</param>
    /// <param name="time">The wall clock and the monotonic clock.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public DocumentRetention(RetentionParts parts, RetentionOptions options, TimeProvider time)
        : this(parts, options, time, MachineBoot.Current)
    {
    }

    internal DocumentRetention(RetentionParts parts, RetentionOptions options, TimeProvider time, Func<string> boot)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Check() is { } wrong)
            throw new ArgumentException(wrong, nameof(options));

        (_parts, _options, _time) = (parts, options, time);
        _files = new(parts.Home);
        _clock = new(_files, time, boot);
        _plans = new(_files);
        _marks = new(_files);
        _holds = new(parts.Holds, parts.Subjects);
        _survey = new(_files, parts.Documents, parts.Zones, options.Policy, _marks);
        _deletion = new(
            _files, _plans, _holds, parts.Documents, parts.Zones, parts.ObjectKeys, parts.Keys, parts.Audit, time, options.Actor);
    }

    /// <summary>Deletes what is due of a tenant's documents.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="dryRun">Only say what is due; nothing is written.</param>
    /// <param name="cancellationToken">Observed between documents; a deletion that has begun goes on with the next run.</param>
    /// <returns>What was due, and what became of it.</returns>
    /// <exception cref="MedRedactException"><see cref="RetentionFaults.ClockJumped"/>, <see cref="RetentionFaults.Busy"/>, <see cref="RetentionFaults.BrokenFile"/>, or ledger, keys
    /// or storage failed as a whole.</exception>
    public async ValueTask<RetentionReport> RunAsync(TenantId tenant, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        using FileLock alone = _files.LockRun();
        ClockState now = _clock.Advance(await _parts.LedgerTime.FindLatestAsync(cancellationToken), _options.MaxUnwitnessedAdvance);
        if (!dryRun)
        {
            _clock.Save(now);
            await _parts.Documents.SweepAsync(cancellationToken);
        }

        // What was begun comes first, so that the survey sees no document in the middle of its deletion.
        var run = new RunState();
        IReadOnlyList<DeletionPlan> begun = dryRun ? [] : _plans.Find(tenant);
        foreach (DeletionPlan plan in begun)
            await run.TryAsync(plan.Id, plan.ZoneSet, () => EraseAsync(plan, run, cancellationToken));

        Survey survey = await _survey.MakeAsync(tenant, now, cancellationToken);
        if (!dryRun)
            _survey.Save(tenant, survey.Known);
        run.Decisions.AddRange(survey.Unreadable);
        HashSet<Guid> resumed = [.. begun.Select(plan => plan.Document)];
        foreach (DueDocument due in survey.Due.Where(due => !resumed.Contains(due.Document.Document)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await run.TryAsync(due.Document.Id, due.Zones, () => DeleteAsync(tenant, due, now, dryRun, run, cancellationToken));
        }

        if (!dryRun)
            await CertifyAsync(tenant, run, now, cancellationToken);
        return new(now.Trusted, [.. run.Decisions], survey.Known.Documents.Length);
    }

    /// <summary>Says that the wall clock is right, after a run stopped with <c>MR-RET-011</c>.</summary>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The time that is trusted from now on.</returns>
    /// <exception cref="MedRedactException">It could not be audited or written.</exception>
    public async ValueTask<DateTimeOffset> ConfirmClockAsync(ActorId actor, CancellationToken cancellationToken = default)
    {
        using FileLock alone = _files.LockRun();
        ClockState confirmed = _clock.Confirmed();
        ClockState? last = _clock.Find();
        AuditField wall = new("wall", AuditValue.Of(confirmed.Wall));
        await _parts.Audit.AppendAsync(
            new AuditEvent(RetentionEvents.ClockConfirmed, confirmed.Wall, actor)
            {
                Fields = last is null ? [wall] : [new("trusted", AuditValue.Of(last.Trusted)), wall],
            },
            cancellationToken);
        if (last is { Doubtful: { } since } && RetentionClock.Lag(last, confirmed) is var lag && lag > TimeSpan.Zero)
            _survey.Postpone(since, lag);
        _clock.Save(confirmed);
        return confirmed.Trusted;
    }

    /// <summary>Marks a document as quality-assured: what rules with <c>until</c> wait for.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="document">The document.</param>
    /// <param name="actor">Who assured its quality.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when the mark is audited and durable.</returns>
    /// <exception cref="MedRedactException">It could not be audited or written; the document is not marked then.</exception>
    public async ValueTask MarkQualityAssuredAsync(TenantId tenant, DocumentId document, ActorId actor, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = _time.GetUtcNow();
        await _parts.Audit.AppendAsync(new AuditEvent(RetentionEvents.QualityAssured, now, actor) { Tenant = tenant, Document = document }, cancellationToken);
        _marks.Place(tenant, new(document.Value, actor.Value, now));
    }

    /// <summary>Finds the certificates of what was deleted of a document, the oldest first.</summary>
    /// <param name="tenant">Whose it was.</param>
    /// <param name="document">The document.</param>
    /// <returns>The certificates; none where nothing was deleted.</returns>
    /// <exception cref="MedRedactException">A certificate cannot be read.</exception>
    public ImmutableArray<DeletionCertificate> FindCertificates(TenantId tenant, DocumentId document) => new CertificateFiles(_files).Find(tenant, document);

    private async ValueTask<RetentionOutcome> DeleteAsync(
        TenantId tenant, DueDocument due, ClockState now, bool dryRun, RunState run, CancellationToken cancellationToken)
    {
        if (await _holds.IsHeldAsync(tenant, due.Document.Id, cancellationToken))
            return RetentionOutcome.Held;
        if (dryRun)
            return RetentionOutcome.WouldBeDeleted;

        DeletionPlan plan = _plans.Save(new(
            due.Document.Document, tenant.Value, [.. due.Zones.Select(zone => zone.ToString())],
            await _deletion.ObjectsAsync(tenant, due.Document.Id, due.Zones, cancellationToken),
            _options.Policy.Hash.ToString(), _options.Policy.Name, due.Document.Start, due.At, now.Trusted));
        return await EraseAsync(plan, run, cancellationToken);
    }

    private async ValueTask<RetentionOutcome> EraseAsync(DeletionPlan plan, RunState run, CancellationToken cancellationToken)
    {
        if (await _deletion.EraseAsync(plan, cancellationToken) is not { } erased)
            return RetentionOutcome.Held;

        run.Erased.Add(erased);
        return RetentionOutcome.Deleted;
    }

    /// <summary>Copies of the keys become worthless once for all deletions of the run; only then may certificates say that nothing opens any more.</summary>
    private async ValueTask CertifyAsync(TenantId tenant, RunState run, ClockState now, CancellationToken cancellationToken)
    {
        bool closes = _parts.ObjectKeys is { } keys && _plans.Find(tenant).Any(plan => plan.Stage is DeletionStage.KeysDestroyed or DeletionStage.Erased)
            && (await keys.TurnAsync(cancellationToken)).ClosesCopies;
        foreach (DeletionPlan plan in run.Erased)
        {
            await _deletion.CertifyAsync(plan, closes, cancellationToken);
            if (plan.ZoneSet.Contains(StorageZone.Proofs))
                _marks.Forget(tenant, plan.Id);
        }

        await _parts.Audit.AppendAsync(
            new AuditEvent(RetentionEvents.Ran, _time.GetUtcNow(), _options.Actor)
            {
                Tenant = tenant,
                PolicyHash = _options.Policy.Hash,
                Fields =
                [
                    new("trusted", AuditValue.Of(now.Trusted)), new("deleted", AuditValue.Of(run.Erased.Count)),
                    new("held", AuditValue.Of(run.Count(RetentionOutcome.Held))), new("failed", AuditValue.Of(run.Count(RetentionOutcome.Failed))),
                ],
            },
            cancellationToken);
    }

    /// <summary>What a run has done so far.</summary>
    private sealed class RunState
    {
        public List<RetentionDecision> Decisions { get; } = [];

        public List<DeletionPlan> Erased { get; } = [];

        public int Count(RetentionOutcome outcome) => Decisions.Count(decision => decision.Outcome == outcome);

        /// <summary>One document that cannot be deleted does not keep the others.</summary>
        public async ValueTask TryAsync(DocumentId document, ImmutableArray<StorageZone> zones, Func<ValueTask<RetentionOutcome>> delete)
        {
            try
            {
                Decisions.Add(new(document, zones, await delete()));
            }
            catch (MedRedactException fault) when (fault.Code != RetentionFaults.BrokenFile)
            {
                Decisions.Add(new(document, zones, RetentionOutcome.Failed, fault.Code));
            }
        }
    }
}

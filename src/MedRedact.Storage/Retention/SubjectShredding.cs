using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>Closes and deletes all that is one subject's, and can prove it: its key, the values behind its tokens, and the bytes of its documents. Evidence of what was done stays.</summary>
/// <remarks>The key goes first, in one step however many documents there are: from then on nothing of the subject opens, here or in any copy of the data. Everything after it is
/// cleaning up. What was interrupted is finished by the same call, or by <see cref="ResumeAsync"/>. Values that others share are nobody's alone and stay. Thread-safe; one run at a
/// time on a home, retention's runs included.</remarks>
public sealed class SubjectShredding
{
    private const int Attempts = 8;

    private readonly RetentionParts _parts;
    private readonly TimeProvider _time;
    private readonly RetentionFiles _files;
    private readonly SubjectPlans _plans;
    private readonly SubjectCertificates _certificates;
    private readonly SubjectErasure _erasure;

    /// <summary>Puts it together.</summary>
    /// <param name="parts">What it works with; it needs <see cref="RetentionParts.ObjectKeys"/>, and <see cref="RetentionParts.Vault"/> where there are tokens.</param>
    /// <param name="time">Dates events and certificates.</param>
    public SubjectShredding(RetentionParts parts, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(time);
        (_parts, _time, _files) = (parts, time, new(parts.Home));
        (_plans, _certificates, _erasure) = (new(_files), new(_files), new(parts, time));
    }

    /// <summary>Shreds a subject. Called again, it finishes what was interrupted, and changes nothing where nothing of the subject came since.</summary>
    /// <param name="tenant">Whose records.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="actor">Who does it, in the ledger and the certificate. A call that finishes another's keeps the other's.</param>
    /// <param name="cancellationToken">Observed until the key is destroyed.</param>
    /// <returns>The newest certificate, or <see langword="null"/> where there never was anything of the subject.</returns>
    /// <exception cref="MedRedactException"><see cref="RetentionFaults.Held"/>: a legal hold covers the subject, one of its documents or one of its tokens, and nothing was
    /// destroyed. <see cref="RetentionFaults.Incomplete"/>: the host keeps no keys of subjects. <see cref="RetentionFaults.Busy"/>; or ledger, keys, vault or storage failed: call again.</exception>
    public async ValueTask<SubjectCertificate?> ShredAsync(TenantId tenant, SubjectId subject, ActorId actor, CancellationToken cancellationToken = default)
    {
        IObjectKeys keys = _parts.ObjectKeys ?? throw RetentionFaults.Refuse(RetentionFaults.Incomplete);
        using FileLock alone = _files.LockRun();
        await _parts.Documents.SweepAsync(cancellationToken);
        if (_plans.Find(tenant, subject) is { Stage: >= ShredStage.KeyDestroyed } closed)
            await FinishAsync(closed, keys);

        // What came since then is under another key, and goes by a list of its own.
        SubjectPlan? plan = _plans.Find(tenant, subject);
        for (int attempt = 1; plan is null or { Stage: < ShredStage.KeyDestroyed }; attempt++)
        {
            if (plan is null or { Stage: ShredStage.Planned })
            {
                if (await keys.FindDocumentsAsync(tenant, subject, cancellationToken) is not { } documents)
                {
                    if (plan is { Sequence: not null })
                    {
                        // The ledger knows of it, and the key is gone: what is left is to clean up.
                        plan = Closed(plan);
                        break;
                    }

                    if (plan is not null)
                        _plans.Forget(plan);
                    return FindCertificates(tenant, subject).LastOrDefault();
                }

                // What stood on a list before stays on it: its key may be gone already, where only the note of that is missing.
                SubjectPlan next = await _erasure.PlanAsync(tenant, subject, actor, [.. documents.Union(plan?.DocumentIds ?? [])], cancellationToken);
                plan = _plans.Save(next with { Sequence = plan?.Sequence, Leaf = plan?.Leaf });
            }

            // A document that came while the list was made asks for another list; a hundred that come at once are a matter of order, and the last list counts.
            plan = await DestroyKeyAsync(plan, keys, isLast: attempt == Attempts, cancellationToken);
        }

        return await FinishAsync(plan, keys);
    }

    /// <summary>Finishes what was interrupted after its subject's key was destroyed. What had not come so far waits for its caller, who may have been stopped by a hold.</summary>
    /// <param name="tenant">Whose records.</param>
    /// <param name="cancellationToken">Observed between subjects.</param>
    /// <returns>How many shreddings were finished.</returns>
    /// <exception cref="MedRedactException">As for <see cref="ShredAsync"/>: the first fault, after all others were finished.</exception>
    public async ValueTask<int> ResumeAsync(TenantId tenant, CancellationToken cancellationToken = default)
    {
        using FileLock alone = _files.LockRun();
        int finished = 0;
        MedRedactException? first = null;
        foreach (SubjectPlan plan in _plans.Find(tenant).Where(plan => plan.Stage >= ShredStage.KeyDestroyed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await FinishAsync(plan, _parts.ObjectKeys ?? throw RetentionFaults.Refuse(RetentionFaults.Incomplete));
                finished++;
            }
            catch (MedRedactException fault)
            {
                // One that cannot be finished now keeps no other.
                first ??= fault;
            }
        }

        return first is null ? finished : throw first;
    }

    /// <summary>Finds the certificates about a subject, the oldest first: one for each time it was shredded.</summary>
    /// <param name="tenant">Whose records.</param>
    /// <param name="subject">The subject.</param>
    /// <returns>The certificates.</returns>
    /// <exception cref="MedRedactException">A certificate cannot be read.</exception>
    public ImmutableArray<SubjectCertificate> FindCertificates(TenantId tenant, SubjectId subject) => _certificates.Find(tenant, subject);

    /// <summary>Everything up to the point of no return happens under the lock of the holds, so that a hold is either seen here or comes too late and says so.</summary>
    private async ValueTask<SubjectPlan> DestroyKeyAsync(SubjectPlan plan, IObjectKeys keys, bool isLast, CancellationToken cancellationToken)
    {
        using FileLock held = await _files.LockHoldsAsync(_time, cancellationToken);
        ImmutableArray<DocumentId> now = await keys.FindDocumentsAsync(plan.TenantId, plan.SubjectId, cancellationToken) ?? [];
        if (await IsHeldAsync(plan, now, cancellationToken))
        {
            if (plan is { Stage: ShredStage.Planned, Sequence: null })
                _plans.Forget(plan);
            throw RetentionFaults.Refuse(RetentionFaults.Held);
        }

        // Days may lie between an attempt that broke off and this one: its list is made anew too, and the ledger told of the new one.
        if (!isLast && now.Any(document => !plan.Documents.Contains(document.Value)))
            return plan with { Stage = ShredStage.Planned };

        if (plan.Stage == ShredStage.Planned)
        {
            AuditReceipt receipt = await _erasure.AppendAsync(
                RetentionEvents.ShredBegun, plan, document: null, cancellationToken,
                RetentionEvents.SubjectField(plan.SubjectId), new("plan", AuditValue.Of(plan.Digest())),
                new("documents", AuditValue.Of(plan.Documents.Length)), new("objects", AuditValue.Of(plan.Objects.Length)));
            plan = _plans.Save(plan with { Stage = ShredStage.Begun, Sequence = receipt.Sequence, Leaf = receipt.LeafHash.ToString() });
        }

        await keys.ShredSubjectAsync(plan.TenantId, plan.SubjectId, CancellationToken.None);
        return Closed(plan);
    }

    private SubjectPlan Closed(SubjectPlan plan) => _plans.Save(plan with { Stage = ShredStage.KeyDestroyed, ClosedAt = _time.GetUtcNow() });

    private async ValueTask<bool> IsHeldAsync(SubjectPlan plan, ImmutableArray<DocumentId> documents, CancellationToken cancellationToken)
    {
        ImmutableArray<LegalHold> standing = await _parts.Holds.ListAsync(plan.TenantId, cancellationToken);
        return standing.Any(hold => hold.Target switch
            {
                HoldTarget.OfDocument one => documents.Contains(one.Document) || plan.Documents.Contains(one.Document.Value),
                HoldTarget.OfSubject person => person.Subject == plan.SubjectId,
                _ => true,
            })
            || (_parts.Vault is { } vault && await vault.CountHeldAsync(plan.TenantId, plan.SubjectId, cancellationToken) > 0);
    }

    /// <summary>Nothing of the subject opens any more; the rest is not to be stopped.</summary>
    private async ValueTask<SubjectCertificate> FinishAsync(SubjectPlan plan, IObjectKeys keys)
    {
        if (plan.Stage == ShredStage.KeyDestroyed)
            plan = _plans.Save(plan with { Stage = ShredStage.ValuesPurged, Tokens = await _erasure.PurgeValuesAsync(plan) });
        if (plan.Stage == ShredStage.ValuesPurged)
        {
            await _erasure.EraseDocumentsAsync(plan, keys);
            plan = _plans.Save(plan with { Stage = ShredStage.Erased });
        }

        // Copies of the keys become worthless before a certificate may say so.
        if (plan.Stage == ShredStage.Erased)
        {
            KeyTurn turn = await keys.TurnAsync(CancellationToken.None);
            plan = _plans.Save(plan with { Stage = ShredStage.Certified, Turned = turn.ClosesCopies, ShreddedAt = _time.GetUtcNow() });
        }

        byte[] content = SubjectCertificate.Write(plan);
        byte[] signature = await DeletionCertificate.SignAsync($"subject {plan.Subject}", content, _parts.Keys, CancellationToken.None);
        AuditReceipt receipt = await _erasure.AppendAsync(
            RetentionEvents.Shredded, plan, document: null, CancellationToken.None,
            RetentionEvents.SubjectField(plan.SubjectId), new("certificate", AuditValue.Of(DeletionCertificate.DigestOf(content))),
            new("documents", AuditValue.Of(plan.Documents.Length)), new("objects", AuditValue.Of(plan.Objects.Length)));
        var certificate = new SubjectCertificate(plan.SubjectId, plan.TenantId, plan.ShreddedAt!.Value, content, signature, receipt);
        _certificates.Save(certificate);
        _plans.Forget(plan);
        return certificate;
    }
}

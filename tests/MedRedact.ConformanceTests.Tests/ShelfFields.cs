using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>Where a value lies.</summary>
internal readonly record struct FieldSlot(TenantId Tenant, DocumentId? Document, FieldCommitment Commitment);

/// <summary>Values in memory, which outlive who keeps them. Thread-safe.</summary>
internal sealed class FieldShelf
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FieldSlot, FieldOpening> _kept = [], _ever = [];

    public void Add(FieldSlot slot, FieldOpening opening)
    {
        lock (_gate)
            _kept[slot] = _ever[slot] = opening;
    }

    public FieldOpening? Find(Func<FieldSlot, bool> where)
    {
        lock (_gate)
            return _kept.FirstOrDefault(each => where(each.Key)).Value;
    }

    public FieldSlot[] List(Func<FieldSlot, bool> where)
    {
        lock (_gate)
            return [.. _kept.Keys.Where(where)];
    }

    public void Remove(IEnumerable<FieldSlot> slots)
    {
        lock (_gate)
        {
            foreach (FieldSlot slot in slots)
                _kept.Remove(slot);
        }
    }

    /// <summary>Restores what was erased.</summary>
    public void PutBack()
    {
        lock (_gate)
        {
            foreach ((FieldSlot slot, FieldOpening opening) in _ever)
                _kept[slot] = opening;
        }
    }
}

/// <summary>Erasable fields in memory.</summary>
internal sealed class ShelfFields(FieldShelf shelf, IAuditSink audit, TimeProvider time, FieldFlaw flaw) : IErasableFields
{
    private static readonly Phi<Digest256> s_salt = Phi.Of(new Digest256(7, 8));

    public ValueTask<AuditField> CommitAsync(ErasableField field, Phi<string> value, CancellationToken cancellationToken = default)
    {
        Heeded(cancellationToken).ThrowIfCancellationRequested();
        if (flaw == FieldFlaw.TakesAnything)
            return new(new FieldCommitment(Salt().Reveal()).ToField(field.Name));
        if (flaw == FieldFlaw.Repeats && value.Reveal() is { } text && text.StartsWith("zzz", StringComparison.Ordinal))
            throw new ArgumentException(text, nameof(value));
        if (flaw == FieldFlaw.Prints)
            Console.WriteLine(value.Reveal());

        var opening = new FieldOpening(
            field.Name, flaw switch { FieldFlaw.OneSalt => s_salt, FieldFlaw.NoSalt => Phi.Of(default(Digest256)), _ => Salt() },
            flaw == FieldFlaw.Trims && value.Reveal() is [' ', ..] padded ? Phi.Of(padded.Trim()) : value);
        FieldCommitment commitment = opening.Commitment();
        shelf.Add(new(field.Tenant, field.Document, commitment), opening);
        return new(commitment.ToField(field.Name));
    }

    public async ValueTask<FieldOpening?> RevealAsync(FieldCommitment commitment, AccessGrant grant, CancellationToken cancellationToken = default)
    {
        cancellationToken = Heeded(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if ((grant.Request.Action != AccessAction.RevealAuditField && flaw != FieldFlaw.IgnoresAction) || (grant.ExpiresAt <= time.GetUtcNow() && flaw != FieldFlaw.IgnoresExpiry))
            throw new MedRedactException(new FaultCode("MR-SYN-001"), "The grant does not hold.");

        FieldOpening? opening = shelf.Find(each => each.Commitment == commitment
            && (each.Tenant == grant.Request.Tenant || flaw == FieldFlaw.IgnoresTenants) && (each.Document == grant.Request.Document || flaw == FieldFlaw.IgnoresDocuments));
        if (flaw != FieldFlaw.ReadsUntold && (opening is not null || flaw != FieldFlaw.MissesUntold))
            await ReadAsync(commitment, grant, opening is not null, cancellationToken);
        return flaw == FieldFlaw.LosesSalt && opening is not null ? opening with { Salt = Salt() } : opening;
    }

    public ValueTask<int> EraseAsync(TenantId tenant, DocumentId? document, ImmutableArray<FieldCommitment> commitments, ActorId by, CancellationToken cancellationToken = default) => EraseAsync(
        tenant, document, by,
        each => each.Tenant == tenant && (each.Document == document || flaw == FieldFlaw.ErasesAnywhere) && (commitments.Contains(each.Commitment) || flaw == FieldFlaw.ErasesAll),
        commitments.Length, cancellationToken);

    public ValueTask<int> EraseAsync(TenantId tenant, DocumentId document, ActorId by, CancellationToken cancellationToken = default) => EraseAsync(
        tenant, document, by, each => each.Tenant == tenant && (each.Document == document || flaw == FieldFlaw.ErasesTheTenant), 0, cancellationToken);

    private async ValueTask<int> EraseAsync(TenantId tenant, DocumentId? document, ActorId by, Func<FieldSlot, bool> where, int asked, CancellationToken cancellationToken)
    {
        cancellationToken = Heeded(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        FieldSlot[] found = shelf.List(where);
        if (flaw == FieldFlaw.FailsTheSecondTime && found.Length == 0)
            throw new MedRedactException(new FaultCode("MR-SYN-001"), "There is nothing.");
        if (flaw == FieldFlaw.LeavesOne && found.Length > 1)
            found = found[1..];
        if (flaw == FieldFlaw.ErasesFirst)
            shelf.Remove(found);
        foreach (FieldSlot slot in flaw == FieldFlaw.ErasesUntold ? [] : found)
            await audit.AppendAsync(EventOf(AuditKind.FieldErasing, tenant, document, by, slot.Commitment.ToField("commitment")), cancellationToken);
        if (flaw != FieldFlaw.NeverErases)
            shelf.Remove(found);
        if (flaw != FieldFlaw.EndsUntold)
            await audit.AppendAsync(EventOf(AuditKind.FieldErased, tenant, document, by, new AuditField("count", AuditValue.Of(found.Length))), CancellationToken.None);
        return flaw == FieldFlaw.CountsWhatIsGone ? Math.Max(asked, found.Length) : found.Length;
    }

    private async ValueTask ReadAsync(FieldCommitment commitment, AccessGrant grant, bool isThere, CancellationToken cancellationToken)
    {
        AuditField[] named = isThere || flaw == FieldFlaw.NamesWhatWasMadeUp ? [commitment.ToField("commitment")] : [];
        try
        {
            await audit.AppendAsync(
                EventOf(AuditKind.FieldRevealed, grant.Request.Tenant, grant.Request.Document, grant.Request.Actor, [.. named, new("grant", AuditValue.Of(grant.Receipt.Sequence))]) with
                {
                    Purpose = grant.Request.Purpose,
                    Decision = isThere ? AuditDecision.Permitted : AuditDecision.Denied,
                },
                cancellationToken);
        }
        catch (IOException) when (flaw == FieldFlaw.ReadsAnyway)
        {
        }
    }

    private AuditEvent EventOf(AuditKind kind, TenantId tenant, DocumentId? document, ActorId by, params ReadOnlySpan<AuditField> fields) =>
        new(kind, time.GetUtcNow(), flaw == FieldFlaw.BlamesTheWatch ? new ActorId("conformance-watch") : by) { Tenant = tenant, Document = document, Fields = [.. fields] };

    private static Phi<Digest256> Salt() => Phi.Of(Digest256.From(RandomNumberGenerator.GetBytes(Digest256.Size)));

    private CancellationToken Heeded(CancellationToken cancellationToken) =>
        flaw == FieldFlaw.EatsCancellation && cancellationToken.IsCancellationRequested ? throw new InvalidOperationException("Something went wrong.")
        : flaw == FieldFlaw.CannotBeStopped ? CancellationToken.None
        : cancellationToken;
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>Values of erasable fields as sealed files, one a value, a folder for each document (<c>docs/formats/erasable-fields.md</c>).</summary>
/// <remarks>A document's values are sealed under a key of the document, in zone tokens: destroying that key, or its person's, closes them in every copy. Those that concern no document are sealed
/// under the tenant's key of evidence, and are closed by erasing the file alone. Hosts may share the folder.</remarks>
public sealed class ErasableFieldFiles : IErasableFields
{
    private readonly FieldFolder _files;
    private readonly FieldRecord _record;
    private readonly IObjectSealer _sealer;
    private readonly TimeProvider _time;

    /// <summary>Names the folder; nothing is read yet.</summary>
    /// <param name="folder">The folder; made where it is missing.</param>
    /// <param name="sealer">Seals the values.</param>
    /// <param name="audit">Knows of each reading and each erasure first. It is not told of values that are kept: their event tells.</param>
    /// <param name="time">Says when, and whether a grant has expired.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    public ErasableFieldFiles(string folder, IObjectSealer sealer, IAuditSink audit, TimeProvider time, IFileOperations? operations = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(sealer);
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(time);
        (_files, _record, _sealer, _time) = (new(folder, operations ?? PhysicalFileOperations.Instance), new(audit, time), sealer, time);
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.FieldNotKept"/>, or the sealer's fault: nothing is sealed for a document whose person was shredded.</exception>
    public async ValueTask<AuditField> CommitAsync(ErasableField field, Phi<string> value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(field);
        var place = new FieldPlace(field.Tenant, field.Document);
        var opening = new FieldOpening(field.Name, Phi.Of(Digest256.From(RandomNumberGenerator.GetBytes(Digest256.Size))), value);
        FieldCommitment commitment = opening.Commitment();
        byte[] entry = FieldEntry.Format(opening);
        try
        {
            using var envelope = new MemoryStream();
            await using (Stream message = await _sealer.OpenWriteAsync(envelope, place.Context, cancellationToken))
                await message.WriteAsync(entry, cancellationToken);

            cancellationToken.ThrowIfCancellationRequested();
            _files.Write(place, commitment, envelope.GetBuffer().AsSpan(0, (int)envelope.Length));
            return commitment.ToField(field.Name);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(entry);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.NoFieldGranted"/>, <see cref="Faults.BrokenField"/>, <see cref="Faults.StorageFailed"/>, or the audit sink's fault.</exception>
    /// <exception cref="KeyServiceException">A key service is busy or out of reach: that is no damage.</exception>
    public async ValueTask<FieldOpening?> RevealAsync(FieldCommitment commitment, AccessGrant grant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(grant);
        cancellationToken.ThrowIfCancellationRequested();
        if (grant.Request.Action != AccessAction.RevealAuditField || grant.ExpiresAt <= _time.GetUtcNow())
            throw Faults.Refuse(Faults.NoFieldGranted);

        FieldOpening? opening;
        try
        {
            opening = await OpenAsync(new FieldPlace(grant.Request.Tenant, grant.Request.Document), commitment, cancellationToken);
        }
        catch (MedRedactException fault) when (fault.Code == Faults.BrokenField)
        {
            await _record.RefusedAsync(grant, commitment, fault.Code, cancellationToken);
            throw;
        }

        await (opening is null ? _record.NotFoundAsync(grant, cancellationToken) : _record.PermittedAsync(grant, commitment, cancellationToken));
        return opening;
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.FieldsNotErased"/>, or the audit sink's fault.</exception>
    public ValueTask<int> EraseAsync(
        TenantId tenant, DocumentId? document, ImmutableArray<FieldCommitment> commitments, ActorId by, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(commitments.IsDefault, true, nameof(commitments));
        var place = new FieldPlace(tenant, document);
        return EraseAsync(place, [.. commitments.Distinct().Where(each => _files.Exists(place, each))], by, all: false, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.FieldsNotErased"/>, or the audit sink's fault.</exception>
    public ValueTask<int> EraseAsync(TenantId tenant, DocumentId document, ActorId by, CancellationToken cancellationToken = default)
    {
        var place = new FieldPlace(tenant, document);
        return EraseAsync(place, _files.List(place), by, all: true, cancellationToken);
    }

    private async ValueTask<int> EraseAsync(FieldPlace place, IReadOnlyList<FieldCommitment> found, ActorId by, bool all, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        by = new ActorId(by.Value);
        foreach (FieldCommitment commitment in found)
            await _record.ErasingAsync(place, commitment, by, cancellationToken);

        // All of them are named by now, and what was begun is finished: half an erasure would have to be told from a whole one.
        _files.Delete(place, found, unfinished: all);
        await _record.ErasedAsync(place, found.Count, by);
        return found.Count;
    }

    private async ValueTask<FieldOpening?> OpenAsync(FieldPlace place, FieldCommitment commitment, CancellationToken cancellationToken)
    {
        if (_files.Read(place, commitment) is not { } envelope)
            return null;

        byte[] entry = [];
        try
        {
            await using Stream message = await _sealer.OpenReadAsync(new MemoryStream(envelope, writable: false), place.Context, cancellationToken);
            entry = GC.AllocateUninitializedArray<byte>(checked((int)message.Length), pinned: true);
            await message.ReadExactlyAsync(entry, cancellationToken);
            return FieldEntry.Parse(entry, commitment) ?? throw Faults.Refuse(Faults.BrokenField);
        }
        catch (MedRedactException fault) when (fault.Code != Faults.BrokenField && fault is not KeyServiceException { IsUnjudged: true })
        {
            throw Faults.Refuse(Faults.BrokenField, fault);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(entry);
        }
    }
}

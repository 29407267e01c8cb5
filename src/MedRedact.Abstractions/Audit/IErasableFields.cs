using System.Collections.Immutable;

namespace MedRedact;

/// <summary>A field of an event whose value may have to go one day.</summary>
/// <param name="Tenant">Whose record the event concerns.</param>
/// <param name="Document">The document that it concerns, if one; the value is closed when the document's keys are destroyed.</param>
/// <param name="Name">The field's name, of the id grammar; the event's kind must declare it.</param>
public sealed record ErasableField(TenantId Tenant, DocumentId? Document, string Name)
{
    /// <summary>The field's name, checked against <c>[a-z0-9.-]{1,64}</c>.</summary>
    public string Name { get; } = IdGrammar.Check(Name, nameof(Name));
}

/// <summary>Keeps values that belong to events beside the ledger, so that they can be erased and the ledger never changes: the event holds a commitment, and this the value. Thread-safe.</summary>
public interface IErasableFields
{
    /// <summary>Keeps a value and commits to it. To be called before the event is appended: a crash between the two leaves a value that no event speaks of.</summary>
    /// <param name="field">The field that it is for.</param>
    /// <param name="value">1 to <see cref="FieldCommitment.MostBytes"/> bytes of UTF-8.</param>
    /// <param name="cancellationToken">Stops the call; nothing is kept then.</param>
    /// <returns>The field of the event. The value is durable; the same value gives another field each time.</returns>
    /// <exception cref="ArgumentException">The value is empty, too long or no Unicode text; the message does not repeat it.</exception>
    /// <exception cref="MedRedactException">It could not be kept: then append the event without the field, or not at all.</exception>
    ValueTask<AuditField> CommitAsync(ErasableField field, Phi<string> value, CancellationToken cancellationToken = default);

    /// <summary>Gives a value back, with what proves that it is the one that was committed to. That it was read is on record first.</summary>
    /// <param name="commitment">What the event holds.</param>
    /// <param name="grant">For <see cref="AccessAction.RevealAuditField"/>, unexpired, of the field's tenant and its very document; of no document where the field concerns none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The value, or <see langword="null"/> where there is none for the grant's tenant and document: it was erased, or never there. The ledger tells which.</returns>
    /// <exception cref="MedRedactException">The grant does not hold; the audit sink refused; or what is kept is not what was committed to, does not open, or its keys were destroyed.</exception>
    ValueTask<FieldOpening?> RevealAsync(FieldCommitment commitment, AccessGrant grant, CancellationToken cancellationToken = default);

    /// <summary>Erases values. Each is named in the ledger before it goes, and that they are gone is on record after it. The events that hold their commitments stay as they are.</summary>
    /// <remarks>Asks nobody: grants and legal holds are the caller's to look after. To be called again after a fault: values that are gone already are no fault.</remarks>
    /// <param name="tenant">Whose.</param>
    /// <param name="document">The document that the fields concern, if one.</param>
    /// <param name="commitments">What the events hold.</param>
    /// <param name="by">Who erases them.</param>
    /// <param name="cancellationToken">Stops the call until the first value goes.</param>
    /// <returns>How many there were. All of them are gone from the disk, salts included, also those that were gone before.</returns>
    /// <exception cref="MedRedactException">The audit sink refused, or a value could not be erased: some may still be there.</exception>
    ValueTask<int> EraseAsync(TenantId tenant, DocumentId? document, ImmutableArray<FieldCommitment> commitments, ActorId by, CancellationToken cancellationToken = default);

    /// <summary>Erases all values of a document, also those of which no event speaks, as above.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="document">The document.</param>
    /// <param name="by">Who erases them.</param>
    /// <param name="cancellationToken">Stops the call until the first value goes.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="MedRedactException">The audit sink refused, or a value could not be erased: some may still be there.</exception>
    ValueTask<int> EraseAsync(TenantId tenant, DocumentId document, ActorId by, CancellationToken cancellationToken = default);
}

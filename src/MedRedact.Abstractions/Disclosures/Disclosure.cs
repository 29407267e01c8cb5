using System.Collections.Immutable;

namespace MedRedact;

/// <summary>On what ground protected health information left. Whether a patient gets to know of it follows from it (45 CFR 164.528(a)(1)).</summary>
public enum DisclosureGround
{
    /// <summary>None of the others: the patient gets to know.</summary>
    Other = 0,

    /// <summary>Required by law (164.512(a)).</summary>
    RequiredByLaw,

    /// <summary>Public health (164.512(b)).</summary>
    PublicHealth,

    /// <summary>Abuse, neglect or domestic violence (164.512(c)).</summary>
    Abuse,

    /// <summary>Health oversight (164.512(d)).</summary>
    HealthOversight,

    /// <summary>Judicial and administrative proceedings (164.512(e)).</summary>
    Proceedings,

    /// <summary>Law enforcement, but not about somebody in custody (164.512(f)).</summary>
    LawEnforcement,

    /// <summary>Coroners, medical examiners, funeral directors (164.512(g)).</summary>
    Decedents,

    /// <summary>Organ donation (164.512(h)).</summary>
    OrganDonation,

    /// <summary>Research without an authorization (164.512(i)).</summary>
    Research,

    /// <summary>A serious threat to health or safety (164.512(j)).</summary>
    Threat,

    /// <summary>Workers' compensation (164.512(l)).</summary>
    WorkersCompensation,

    /// <summary>Not accounted for: treatment, payment, health care operations (164.506).</summary>
    TreatmentPaymentOperations = 100,

    /// <summary>Not accounted for: to the individual (164.502(a)(1)(i)).</summary>
    Individual,

    /// <summary>Not accounted for: incident to a permitted use (164.502(a)(1)(iii)).</summary>
    Incidental,

    /// <summary>Not accounted for: the individual authorized it (164.508).</summary>
    Authorized,

    /// <summary>Not accounted for: facility directory, persons involved in care, notification (164.510).</summary>
    Directory,

    /// <summary>Not accounted for: national security and intelligence (164.512(k)(2)).</summary>
    NationalSecurity,

    /// <summary>Not accounted for: correctional institutions and custody (164.512(k)(5)).</summary>
    Custody,

    /// <summary>Not accounted for: a limited data set (164.514(e)).</summary>
    LimitedDataSet,
}

/// <summary>One disclosure: what left, to whom, why. Its words may identify a patient and are kept sealed.</summary>
/// <param name="Tenant">Whose records.</param>
/// <param name="Subject">The patient, by pseudonym.</param>
/// <param name="At">When.</param>
/// <param name="Ground">On what ground.</param>
/// <param name="Recipient">The entity or person who received it (164.528(b)(2)(ii)), 1 to 500 characters.</param>
/// <param name="Description">What was disclosed, briefly (164.528(b)(2)(iii)), 1 to 2,000 characters.</param>
/// <param name="Purpose">Why, briefly, or where the written request is kept (164.528(b)(2)(iv)), 1 to 2,000 characters.</param>
public sealed record Disclosure(
    TenantId Tenant, SubjectId Subject, DateTimeOffset At, DisclosureGround Ground, Phi<string> Recipient, Phi<string> Description, Phi<string> Purpose)
{
    /// <summary>The recipient's address, if known, at most 500 characters.</summary>
    public Phi<string>? Address { get; init; }

    /// <summary>The document it came from, if one.</summary>
    public DocumentId? Document { get; init; }

    /// <summary>An agency asked in writing that the patient not be told until then: for <see cref="DisclosureGround.HealthOversight"/> and <see cref="DisclosureGround.LawEnforcement"/> alone
    /// (164.528(a)(2)).</summary>
    public DateTimeOffset? WithheldUntil { get; init; }

    /// <summary>Whether the patient gets to know of it.</summary>
    public bool IsAccounted => Ground < DisclosureGround.TreatmentPaymentOperations;
}

/// <summary>A disclosure as it was kept.</summary>
/// <param name="Disclosure">What left.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Receipt">Its place in the audit ledger.</param>
/// <param name="Commitment">The salted digest that stands there.</param>
public sealed record KeptDisclosure(Disclosure Disclosure, ActorId By, AuditReceipt Receipt, Digest256 Commitment);

/// <summary>The accounting of disclosures that a patient may have (45 CFR 164.528).</summary>
/// <param name="Subject">The patient, by pseudonym.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when.</param>
/// <param name="Disclosures">What left, the oldest first. What an agency asked to withhold for now is not among them, and nothing says so.</param>
public sealed record DisclosureAccount(SubjectId Subject, DateTimeOffset From, DateTimeOffset To, ImmutableArray<KeptDisclosure> Disclosures)
{
    /// <summary>How many disclosures of the patient the audit ledger knows that are not kept here: entries that are gone, or that could not be kept, so that nothing was to be disclosed. Where it
    /// is not 0 the account has a gap, and somebody has to look. <see langword="null"/> where nothing knows (<see cref="IDisclosureEvidence"/>).</summary>
    public int? Missing { get; init; }
}

/// <summary>Says what the audit ledger knows of disclosures, so that an account does not rest on the files that it is read from.</summary>
public interface IDisclosureEvidence
{
    /// <summary>Lists the commitments of a patient's disclosures.</summary>
    /// <param name="tenant">Whose records.</param>
    /// <param name="subject">The patient.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The commitments.</returns>
    /// <exception cref="MedRedactException">The ledger cannot be read.</exception>
    ValueTask<ImmutableHashSet<Digest256>> FindCommitmentsAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default);
}

/// <summary>Keeps disclosures for as long as patients may ask for them, which is six years (45 CFR 164.528(a)(3)), apart from the record of accesses. Thread-safe.</summary>
public interface IDisclosureLedger
{
    /// <summary>Records a disclosure, before it is made. The audit ledger knows first, by a salted digest.</summary>
    /// <param name="disclosure">What is about to leave.</param>
    /// <param name="by">Who discloses it.</param>
    /// <param name="cancellationToken">Stops the call until the audit ledger knows.</param>
    /// <returns>Its place in the audit ledger; it is durable.</returns>
    /// <exception cref="ArgumentException">A part is missing or too long; the message repeats none of it.</exception>
    /// <exception cref="MedRedactException">It could not be kept: then disclose nothing.</exception>
    ValueTask<AuditReceipt> RecordAsync(Disclosure disclosure, ActorId by, CancellationToken cancellationToken = default);

    /// <summary>Accounts for what left of a patient. That it was asked for is on record before the answer.</summary>
    /// <param name="subject">The patient.</param>
    /// <param name="grant">For <see cref="AccessAction.AccountDisclosures"/>, of the patient's tenant and no document. It holds for every patient of the tenant; whose account was given is on
    /// record.</param>
    /// <param name="from">Since when; <see langword="null"/> for six years ago.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The account.</returns>
    /// <exception cref="MedRedactException">The grant does not hold, or an entry is damaged: an account with a gap is none.</exception>
    ValueTask<DisclosureAccount> AccountAsync(SubjectId subject, AccessGrant grant, DateTimeOffset? from = null, CancellationToken cancellationToken = default);
}

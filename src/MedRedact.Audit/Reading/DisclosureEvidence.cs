using System.Collections.Immutable;

namespace MedRedact.Audit;

/// <summary>Reads from the ledger what it was told of disclosures. The whole ledger is read: an account is asked for once in a while, and has days.</summary>
internal sealed class DisclosureEvidence(AuditLedger ledger) : IDisclosureEvidence
{
    public async ValueTask<ImmutableHashSet<Digest256>> FindCommitmentsAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default)
    {
        ImmutableHashSet<Digest256>.Builder commitments = ImmutableHashSet.CreateBuilder<Digest256>();
        await foreach (AuditRecord record in ledger.ReadAsync(0, cancellationToken))
        {
            if (record.Kind == AuditKind.DisclosureMade.Name && record.Tenant == tenant && Value(record, "subject") == subject.Value && Value(record, "commitment") is { } commitment)
                commitments.Add(commitment);
        }

        return commitments.ToImmutable();
    }

    private static Digest256? Value(AuditRecord record, string name) =>
        record.Fields.FirstOrDefault(field => field.Name == name).Value is { Type: AuditValueType.Digest } value && Digest256.TryParse(value.Text, out Digest256 digest) ? digest : null;
}

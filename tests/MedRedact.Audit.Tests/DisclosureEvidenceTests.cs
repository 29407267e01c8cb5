namespace MedRedact.Audit.Tests;

public sealed class DisclosureEvidenceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_ledger_knows_a_patients_disclosures_and_nobody_elses()
    {
        using var rig = new Rig();
        await using AuditLedger ledger = rig.NewLedger();
        var ann = new SubjectId(Sample.Digest(1));
        TenantId clinic = new("clinic-a"), other = new("clinic-b");
        await ledger.AppendAsync(Sample.Event(0), Token);
        foreach ((TenantId tenant, int subject, int commitment) in ((TenantId, int, int)[])[(clinic, 1, 10), (clinic, 2, 11), (other, 1, 12), (clinic, 1, 13)])
            await ledger.AppendAsync(Made(tenant, subject, commitment), Token);

        var evidence = new DisclosureEvidence(ledger);
        Assert.Equal([Sample.Digest(10), Sample.Digest(13)], (await evidence.FindCommitmentsAsync(clinic, ann, Token)).OrderBy(each => each.ToString()));
        Assert.Empty(await evidence.FindCommitmentsAsync(clinic, new SubjectId(Sample.Digest(3)), Token));
    }

    private static AuditEvent Made(TenantId tenant, int subject, int commitment) => new(AuditKind.DisclosureMade, DateTimeOffset.UnixEpoch, new ActorId("clerk-7"))
    {
        Tenant = tenant,
        Fields = [new("ground", AuditValue.Of(1)), new("commitment", AuditValue.Of(Sample.Digest(commitment))), new("subject", AuditValue.Of(Sample.Digest(subject)))],
    };
}

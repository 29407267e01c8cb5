using MedRedact.Durability.Simulation;

namespace MedRedact.Storage.Tests;

/// <summary>Whatever fails, and wherever: the next run finishes, nothing is half visible, and a certificate is there for everything that went.</summary>
public sealed class RetentionFaultTests
{
    private static readonly string Policy = RetentionRig.Policy("quarantine 72h", "redacted 3d", "structured 3d", "proofs 6y");

    [Theory]
    [InlineData(DiskFault.Io)]
    [InlineData(DiskFault.NoSpace)]
    [InlineData(DiskFault.PowerCut)]
    [InlineData(DiskFault.PowerCutAfter)]
    public async Task A_run_that_breaks_off_anywhere_is_finished_by_the_next(DiskFault fault)
    {
        bool struck = true;
        for (int k = 1; struck; k++)
        {
            foreach (Survival survival in new[] { Survival.Nothing, Survival.Everything, Survival.Random(k) })
                struck = await BreakAsync(k, fault, survival);
        }
    }

    [Fact]
    public async Task A_hold_placed_after_a_crash_stops_what_had_begun_while_the_keys_are_there()
    {
        var (disk, clock, keys, ledger) = (new SimulatedDisk(), new SkewedClock(), new ObjectKeysFake(), new LedgerFake());
        DocumentId document;
        using (var rig = new RetentionRig(disk, clock, keys, ledger, Policy))
        {
            document = await rig.StoreAsync();
            await rig.RunAsync();
            clock.Advance(TimeSpan.FromDays(4));
            keys.BeforeShred = () => throw new PowerCutException();
            await Assert.ThrowsAsync<PowerCutException>(async () => await rig.RunAsync());
            keys.BeforeShred = null;
        }

        using var after = new RetentionRig(disk, clock, keys, ledger, Policy);
        var target = new HoldTarget.OfDocument(document);
        Assert.True((await after.Holds.PlaceAsync(Sample.Tenant, target, new("audit-7"), RetentionRig.Actor)).DeletionHadBegun);
        Assert.Equal(RetentionOutcome.Held, Assert.Single((await after.RunAsync()).Due).Outcome);
        Assert.Equal(4, (await after.ZonesOfAsync(document)).Length);
        Assert.Equal(4, keys.Rows.Count);

        await after.Holds.ReleaseAsync(Sample.Tenant, target, new("audit-7"), RetentionRig.Actor);
        Assert.Equal(RetentionOutcome.Deleted, Assert.Single((await after.RunAsync()).Due).Outcome);
        Assert.Equal([StorageZone.Proofs], await after.ZonesOfAsync(document));
    }

    /// <summary>Fails the k-th operation of a run and checks what the next process makes of what is left.</summary>
    /// <returns>Whether there was a k-th operation.</returns>
    private static async Task<bool> BreakAsync(int k, DiskFault fault, Survival survival)
    {
        var (disk, clock, keys, ledger) = (new SimulatedDisk(), new SkewedClock(), new ObjectKeysFake(), new LedgerFake());
        DocumentId document;
        using (var before = new RetentionRig(disk, clock, keys, ledger, Policy))
        {
            document = await before.StoreAsync();
            await before.RunAsync();
        }

        clock.Advance(TimeSpan.FromDays(4));
        disk.FailAt(k, fault);
        try
        {
            using var broken = new RetentionRig(disk, clock, keys, ledger, Policy);
            await broken.RunAsync();
        }
        catch (Exception stopped) when (stopped is MedRedactException or PowerCutException)
        {
            // The next process finds out how far it came.
        }

        bool struck = disk.HasFailed;
        using var after = new RetentionRig(disk.AfterPowerCut(survival), clock, keys, ledger, Policy);
        await ReadWholeOrNothingAsync(after, document, keys);
        await after.RunAsync();

        Assert.Equal([StorageZone.Proofs], await after.ZonesOfAsync(document));
        Assert.Equal([StorageZone.Proofs], (await after.Documents.FindAsync(document, Sample.Tenant))!.Objects.Select(each => each.Zone).Distinct());
        Assert.Equal([StorageZone.Proofs], keys.Rows.Keys.Select(row => row.Item3));
        DeletionCertificate certificate = Assert.Single(after.Retention.FindCertificates(Sample.Tenant, document));
        Assert.Equal(RetentionEvents.Deleted, ledger.Events[(int)certificate.Receipt.Sequence].Kind);
        Assert.True(
            ledger.Events.FindIndex(each => each.Kind == RetentionEvents.DeletionBegun) < ledger.Events.FindIndex(each => each.Kind == RetentionEvents.Deleted));
        Assert.True(keys.Turns > 0);
        Assert.Empty((await after.RunAsync()).Due);
        return struck;
    }

    /// <summary>What a reader meets after the crash: all of the document, or none of its content; a key that is gone is never met.</summary>
    private static async Task ReadWholeOrNothingAsync(RetentionRig rig, DocumentId document, ObjectKeysFake keys)
    {
        CommitRecord record = (await rig.Documents.FindAsync(document, Sample.Tenant))!;
        StorageZone[] visible = [.. record.Objects.Select(each => each.Zone).Distinct().Order()];
        Assert.True(visible is [StorageZone.Redacted, StorageZone.Structured, StorageZone.Proofs] or [StorageZone.Proofs]);
        foreach (CommittedObject each in record.Objects)
        {
            await using Stream? content = await rig.Documents.ReadArtifactAsync(document, Sample.Tenant, each.Zone, each.Name);
            Assert.NotNull(content);
        }

        if (visible.Length == 1)
            return;

        Assert.Equal(4, keys.Rows.Count);
    }
}

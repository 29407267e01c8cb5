using MedRedact.Durability.Simulation;

namespace MedRedact.Storage.Tests;

/// <summary>Whatever fails: an event never holds a commitment to what was not kept, and what was said to be gone is gone.</summary>
public sealed class ErasableFieldFaultTests
{
    private static readonly DocumentId One = Sample.Document(1), Two = Sample.Document(2);

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task What_an_event_is_given_a_commitment_to_is_kept_whatever_fails(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            var rig = new FieldRig();
            rig.Disk.FailAt(k, fault);
            AuditField? field = null;
            Exception? failed = await Record.ExceptionAsync(async () => field = await rig.CommitAsync("no relative, no answer", One));
            Assert.True(failed is null or PowerCutException || Assert.IsType<MedRedactException>(failed).Code == Faults.FieldNotKept, $"{fault} at {k}: {failed}");
            if (field is { } kept)
                Assert.Equal("no relative, no answer", await rig.AfterPowerCut(Survival.Nothing).RevealAsync(kept, One));
            if (!rig.Disk.HasFailed)
            {
                Assert.Null(failed);
                break;
            }
        }
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task What_was_said_to_be_erased_is_gone_whatever_fails_and_calling_again_finishes_it(DiskFault fault)
    {
        foreach (bool all in (bool[])[false, true])
        {
            for (int k = 1; ; k++)
            {
                var rig = new FieldRig();
                AuditField[] doomed = [await rig.CommitAsync("one", One), await rig.CommitAsync("two", One)];
                AuditField neighbour = await rig.CommitAsync("three", Two);
                rig.Disk.FailAt(k, fault);
                Exception? failed = await Record.ExceptionAsync(() => EraseAsync(rig, all, doomed));
                bool hasFailed = rig.Disk.HasFailed;
                Assert.True(failed is null or PowerCutException || Assert.IsType<MedRedactException>(failed).Code == Faults.FieldsNotErased, $"{fault} at {k}: {failed}");

                // What went without a word would be a hole in the ledger.
                Assert.True(failed is null == rig.Ledger.Events.Any(told => told.Kind == AuditKind.FieldErased), $"{fault} at {k}");
                FieldRig later = rig.AfterPowerCut(Survival.Nothing);
                foreach (AuditField field in doomed)
                {
                    bool isThere = await later.RevealAsync(field, One) is not null;
                    Assert.False(isThere && failed is null, $"{fault} at {k}");
                    Assert.True(isThere || rig.Ledger.Events.Any(told => told.Kind == AuditKind.FieldErasing && told.Fields.Contains(FieldRig.CommitmentOf(field).ToField("commitment"))), $"{fault} at {k}");
                }

                rig.Disk.FailAt(0, fault);
                FieldRig again = failed is PowerCutException ? later : rig;
                await EraseAsync(again, all, doomed);
                FieldRig last = again.AfterPowerCut(Survival.Nothing);
                Assert.Equal((null, null, "three"), (await last.RevealAsync(doomed[0], One), await last.RevealAsync(doomed[1], One), await last.RevealAsync(neighbour, Two)));
                if (!hasFailed)
                    break;
            }
        }
    }

    [Fact]
    public async Task A_value_that_cannot_be_looked_at_is_not_said_to_be_erased()
    {
        var rig = new FieldRig();
        AuditField field = await rig.CommitAsync("one", One);
        rig.Disk.FailAt(1, DiskFault.Io);
        Assert.Equal(Faults.FieldsNotErased, (await Assert.ThrowsAsync<MedRedactException>(() => rig.EraseAsync(One, field))).Code);
        Assert.DoesNotContain(rig.Ledger.Events, told => told.Kind == AuditKind.FieldErased);
        Assert.Equal("one", await rig.RevealAsync(field, One));
    }

    [Fact]
    public async Task A_call_that_failed_after_deleting_is_finished_on_disk_by_the_next_one()
    {
        var rig = new FieldRig();
        AuditField field = await rig.CommitAsync("one", One);
        rig.Disk.FailAt(3, DiskFault.Io);
        await Assert.ThrowsAsync<MedRedactException>(() => rig.EraseAsync(One, field));
        Assert.Null(await rig.RevealAsync(field, One));
        Assert.Equal("one", await rig.AfterPowerCut(Survival.Nothing).RevealAsync(field, One));
        Assert.Equal(0, await rig.EraseAsync(One, field));
        Assert.Null(await rig.AfterPowerCut(Survival.Nothing).RevealAsync(field, One));
    }

    [Fact]
    public async Task Erasing_all_of_a_document_takes_what_a_crash_left_half_written()
    {
        var rig = new FieldRig();
        AuditField field = await rig.CommitAsync("one", One), none = await rig.CommitAsync("two", null);
        string unfinished = $"{FieldRig.Root}/t-clinic-a/{One.Value:N}/.tmp-00112233445566778899aabbccddeeff", stranger = $"{FieldRig.Root}/t-clinic-a/{One.Value:N}/notes.txt";
        rig.Disk.Plant(unfinished, [1, 2, 3]);
        rig.Disk.Plant(stranger, [1, 2, 3]);
        Assert.Equal(0, await rig.EraseAsync(One));
        Assert.True(rig.Disk.Exists(unfinished));
        Assert.Equal(1, await rig.Fields.EraseAsync(Sample.Tenant, One, FieldRig.Officer));
        Assert.Equal((false, true), (rig.Disk.Exists(unfinished), rig.Disk.Exists(stranger)));
        Assert.Equal((null, "two"), (await rig.RevealAsync(field, One), await rig.RevealAsync(none, null)));
    }

    private static async Task EraseAsync(FieldRig rig, bool all, AuditField[] doomed) =>
        _ = all ? await rig.Fields.EraseAsync(Sample.Tenant, One, FieldRig.Officer) : await rig.EraseAsync(One, doomed);
}

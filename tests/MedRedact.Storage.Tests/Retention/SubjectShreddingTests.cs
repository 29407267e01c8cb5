using System.Text.Json;
using MedRedact.Durability.Simulation;

namespace MedRedact.Storage.Tests;

/// <summary>All that is one person's goes, on record and to the end, and nothing of anybody else's.</summary>
public sealed class SubjectShreddingTests : IDisposable
{
    private static readonly string Policy = RetentionRig.Policy("quarantine 72h");
    private static readonly LegalHoldReason Matter = new("litigation-2026-014");

    private readonly SkewedClock _clock = new();
    private readonly ObjectKeysFake _keys = new();
    private readonly LedgerFake _ledger = new();
    private readonly SimulatedDisk _disk = new();
    private readonly VaultRig _vault = new();

    private static SubjectId Ann => VaultRig.Ann;

    private static SubjectId Bob => VaultRig.Bob;

    public void Dispose() => _vault.Dispose();

    [Fact]
    public async Task What_is_one_subjects_goes_with_a_certificate_and_what_is_anothers_stays()
    {
        using RetentionRig rig = Rig();
        DocumentId[] anns = [await StoreAsync(rig, Ann), await StoreAsync(rig, Ann)];
        DocumentId bobs = await StoreAsync(rig, Bob);
        Token ann = await _vault.TokenizeAsync("Ann", Ann), bob = await _vault.TokenizeAsync("Bob", Bob), shared = await _vault.TokenizeAsync("Springfield");

        SubjectCertificate certificate = (await ShredAsync(rig))!;

        foreach (DocumentId document in anns)
        {
            Assert.Equal([StorageZone.Proofs], await rig.ZonesOfAsync(document));
            Assert.Equal([StorageZone.Proofs], (await rig.Documents.FindAsync(document, Sample.Tenant))!.Objects.Select(each => each.Zone));
            Assert.Single(_ledger.Events, each => each.Kind == RetentionEvents.DeletionBegun && each.Document == document);
        }

        Assert.Equal(4, (await rig.ZonesOfAsync(bobs)).Length);
        Assert.Null(await _vault.Vault.FindAsync(ann, Sample.Scope));
        Assert.Equal(("Bob", "Springfield"), (await _vault.RevealAsync(bob), await _vault.RevealAsync(shared)));
        Assert.Equal(1, _keys.Turns);

        using JsonDocument json = JsonDocument.Parse(certificate.Content);
        Assert.Equal(Ann.ToString(), json.RootElement.GetProperty("subject").GetString());
        Assert.Equal(anns.Select(each => each.ToString()).Order(), json.RootElement.GetProperty("documents").EnumerateArray().Select(each => each.GetString()).Order());
        Assert.Equal(6, json.RootElement.GetProperty("objects").GetArrayLength());
        Assert.Equal(1, json.RootElement.GetProperty("tokens").GetInt32());
        Assert.True(json.RootElement.GetProperty("keys").GetProperty("turned").GetBoolean());
        AuditEvent begun = _ledger.Events[(int)json.RootElement.GetProperty("intent").GetProperty("sequence").GetInt64()];
        Assert.Equal((RetentionEvents.ShredBegun, RetentionRig.Actor), (begun.Kind, begun.Actor));
        Assert.Equal(RetentionEvents.Shredded, _ledger.Events[(int)certificate.Receipt.Sequence].Kind);
    }

    [Fact]
    public async Task A_second_call_changes_nothing_and_gives_the_certificate_again()
    {
        using RetentionRig rig = Rig();
        await StoreAsync(rig, Ann);
        Assert.Null(await rig.Shredding.ShredAsync(Sample.Tenant, Bob, RetentionRig.Actor));
        Assert.Empty(_ledger.Events);
        SubjectCertificate first = (await ShredAsync(rig))!;
        (int events, int turns, int syncs) = (_ledger.Events.Count, _keys.Turns, _disk.FileSyncs);

        SubjectCertificate second = (await ShredAsync(rig))!;
        Assert.Equal(first.Receipt, second.Receipt);
        Assert.Equal((events, turns, syncs), (_ledger.Events.Count, _keys.Turns, _disk.FileSyncs));
        Assert.Equal(0, await rig.Shredding.ResumeAsync(Sample.Tenant));

        // Who comes back is shredded again, with a certificate of its own.
        await StoreAsync(rig, Ann);
        await ShredAsync(rig);
        Assert.Equal(2, rig.Shredding.FindCertificates(Sample.Tenant, Ann).Length);
    }

    [Theory]
    [InlineData("document")]
    [InlineData("subject")]
    [InlineData("token")]
    public async Task A_hold_on_anything_of_the_subject_refuses_all_of_it_and_a_hold_on_others_does_not(string held)
    {
        using RetentionRig rig = Rig();
        DocumentId anns = await StoreAsync(rig, Ann), bobs = await StoreAsync(rig, Bob);
        Token ann = await _vault.TokenizeAsync("Ann", Ann), bob = await _vault.TokenizeAsync("Bob", Bob);
        HoldTarget? target = held switch
        {
            "document" => new HoldTarget.OfDocument(anns),
            "subject" => new HoldTarget.OfSubject(Ann),
            _ => null,
        };
        await rig.Holds.PlaceAsync(Sample.Tenant, new HoldTarget.OfDocument(bobs), Matter, RetentionRig.Actor);
        await rig.Holds.PlaceAsync(Sample.Tenant, new HoldTarget.OfSubject(Bob), Matter, RetentionRig.Actor);
        await _vault.Vault.SetHoldAsync(bob, Sample.Scope, true);
        if (target is not null)
            Assert.False((await rig.Holds.PlaceAsync(Sample.Tenant, target, Matter, RetentionRig.Actor)).DeletionHadBegun);
        else
            await _vault.Vault.SetHoldAsync(ann, Sample.Scope, true);

        MedRedactException refused = await Assert.ThrowsAsync<MedRedactException>(async () => await ShredAsync(rig));
        Assert.Equal(RetentionFaults.Held, refused.Code);
        Assert.Equal(4, (await rig.ZonesOfAsync(anns)).Length);
        Assert.Equal("Ann", await _vault.RevealAsync(ann));
        Assert.DoesNotContain(_ledger.Events, each => each.Kind == RetentionEvents.ShredBegun);

        if (target is not null)
            await rig.Holds.ReleaseAsync(Sample.Tenant, target, Matter, RetentionRig.Actor);
        await _vault.Vault.SetHoldAsync(ann, Sample.Scope, false);
        Assert.NotNull(await ShredAsync(rig));
        Assert.Equal(4, (await rig.ZonesOfAsync(bobs)).Length);
    }

    [Fact]
    public async Task A_hold_placed_after_a_crash_stops_it_while_the_key_is_there_and_comes_too_late_after()
    {
        DocumentId document;
        using (RetentionRig before = Rig())
        {
            document = await StoreAsync(before, Ann);
            _keys.BeforeShred = () => throw new PowerCutException();
            await Assert.ThrowsAsync<PowerCutException>(async () => await ShredAsync(before));
            _keys.BeforeShred = null;
        }

        using RetentionRig after = Rig();
        var target = new HoldTarget.OfDocument(document);
        Assert.True((await after.Holds.PlaceAsync(Sample.Tenant, target, Matter, RetentionRig.Actor)).DeletionHadBegun);
        Assert.Equal(RetentionFaults.Held, (await Assert.ThrowsAsync<MedRedactException>(async () => await ShredAsync(after))).Code);
        Assert.Equal(0, await after.Shredding.ResumeAsync(Sample.Tenant));
        Assert.Equal(4, (await after.ZonesOfAsync(document)).Length);
        Assert.True(_keys.Subjects.ContainsKey(Ann));

        await after.Holds.ReleaseAsync(Sample.Tenant, target, Matter, RetentionRig.Actor);
        _ledger.BeforeAnswer = each =>
        {
            if (each.Kind == RetentionEvents.DeletionBegun)
                throw new PowerCutException();
        };
        await Assert.ThrowsAsync<PowerCutException>(async () => await ShredAsync(after));
        _ledger.BeforeAnswer = null;
        Assert.True((await after.Holds.PlaceAsync(Sample.Tenant, new HoldTarget.OfSubject(Ann), Matter, RetentionRig.Actor)).DeletionHadBegun);
        Assert.Equal(1, await after.Shredding.ResumeAsync(Sample.Tenant));
        Assert.Equal([StorageZone.Proofs], await after.ZonesOfAsync(document));
    }

    [Fact]
    public async Task A_document_that_comes_while_the_list_is_made_goes_too()
    {
        using RetentionRig rig = Rig();
        await StoreAsync(rig, Ann);
        DocumentId late = await rig.StoreAsync();
        int looks = 0;
        _keys.BeforeFind = () =>
        {
            if (++looks == 2)
                _keys.Subjects[Ann].Add(late);
        };

        using JsonDocument json = JsonDocument.Parse((await ShredAsync(rig))!.Content);
        Assert.Equal(2, json.RootElement.GetProperty("documents").GetArrayLength());
        Assert.Equal([StorageZone.Proofs], await rig.ZonesOfAsync(late));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_document_that_comes_after_an_attempt_broke_off_goes_too_with_all_that_stood_on_the_list(bool isKeyGone)
    {
        DocumentId first, late;
        using (RetentionRig before = Rig())
        {
            first = await StoreAsync(before, Ann);
            _keys.BeforeShred = () =>
            {
                if (isKeyGone)
                    _keys.Subjects.Remove(Ann);
                throw new PowerCutException();
            };
            await Assert.ThrowsAsync<PowerCutException>(async () => await ShredAsync(before));
            _keys.BeforeShred = null;
            late = await StoreAsync(before, Ann);
        }

        using RetentionRig after = Rig();
        using JsonDocument json = JsonDocument.Parse((await ShredAsync(after))!.Content);

        Assert.Equal(2, json.RootElement.GetProperty("documents").GetArrayLength());
        Assert.Equal([StorageZone.Proofs], await after.ZonesOfAsync(first));
        Assert.Equal([StorageZone.Proofs], await after.ZonesOfAsync(late));
        AuditEvent begun = _ledger.Events[(int)json.RootElement.GetProperty("intent").GetProperty("sequence").GetInt64()];
        Assert.Equal(begun, _ledger.Events.FindLast(each => each.Kind == RetentionEvents.ShredBegun));
    }

    [Fact]
    public async Task What_comes_after_the_key_was_destroyed_is_no_part_of_the_finishing_and_goes_by_a_list_of_its_own()
    {
        DocumentId first, back;
        using (RetentionRig before = Rig())
        {
            first = await StoreAsync(before, Ann);
            _ledger.BeforeAnswer = each => Stop(each.Kind == RetentionEvents.DeletionBegun);
            await Assert.ThrowsAsync<PowerCutException>(async () => await ShredAsync(before));
            _ledger.BeforeAnswer = null;
            back = await StoreAsync(before, Ann);
        }

        _vault.Time.SetUtcNow(_clock.GetUtcNow().AddDays(1));
        Token later = await _vault.TokenizeAsync("Ann", Ann);
        using (RetentionRig resumed = Rig())
        {
            Assert.Equal(1, await resumed.Shredding.ResumeAsync(Sample.Tenant));
            Assert.Equal([StorageZone.Proofs], await resumed.ZonesOfAsync(first));
            Assert.Equal(4, (await resumed.ZonesOfAsync(back)).Length);
            Assert.Equal("Ann", await _vault.RevealAsync(later));
        }

        _clock.Advance(TimeSpan.FromDays(2));
        using RetentionRig after = Rig();
        Assert.NotNull(await ShredAsync(after));
        Assert.Equal([StorageZone.Proofs], await after.ZonesOfAsync(back));
        Assert.Null(await _vault.Vault.FindAsync(later, Sample.Scope));
        Assert.Equal(2, after.Shredding.FindCertificates(Sample.Tenant, Ann).Length);
    }

    [Fact]
    public async Task A_call_that_finishes_another_goes_on_with_what_came_since()
    {
        using RetentionRig rig = Rig();
        await StoreAsync(rig, Ann);
        _ledger.BeforeAnswer = each => Stop(each.Kind == RetentionEvents.DeletionBegun);
        await Assert.ThrowsAsync<PowerCutException>(async () => await ShredAsync(rig));
        _ledger.BeforeAnswer = null;
        DocumentId back = await StoreAsync(rig, Ann);

        Assert.NotNull(await ShredAsync(rig));

        Assert.Equal([StorageZone.Proofs], await rig.ZonesOfAsync(back));
        Assert.Equal(2, rig.Shredding.FindCertificates(Sample.Tenant, Ann).Length);
    }

    [Fact]
    public async Task A_certificate_in_the_place_of_another_subjects_is_refused_and_not_handed_out()
    {
        using RetentionRig rig = Rig();
        await StoreAsync(rig, Ann);
        await ShredAsync(rig);
        string mine = $"/data/retention/t-{Sample.Tenant}/certificates/s-{Ann}", others = $"/data/retention/t-{Sample.Tenant}/certificates/s-{Bob}";
        string name = Assert.Single(_disk.List(mine)).Name;
        _disk.CreateDirectory(others);
        _disk.Plant($"{others}/{name}", _disk.ReadAllBytes($"{mine}/{name}"));

        Assert.Equal(RetentionFaults.BrokenFile, Assert.Throws<MedRedactException>(() => rig.Shredding.FindCertificates(Sample.Tenant, Bob)).Code);
    }

    [Fact]
    public async Task Where_the_ledger_refuses_nothing_is_destroyed()
    {
        using RetentionRig rig = Rig();
        DocumentId document = await StoreAsync(rig, Ann);
        _ledger.Refuses = true;
        await Assert.ThrowsAsync<MedRedactException>(async () => await ShredAsync(rig));
        Assert.Equal(4, (await rig.ZonesOfAsync(document)).Length);
        Assert.True(_keys.Subjects.ContainsKey(Ann));
        _ledger.Refuses = false;
        Assert.NotNull(await ShredAsync(rig));
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task A_shredding_that_breaks_off_at_any_operation_of_the_disk_is_finished_by_the_next_call(DiskFault fault)
    {
        for (int k = 1; await BreaksAsync(k, fault, Survival.Random(k)); k++)
        {
        }
    }

    [Fact]
    public async Task A_shredding_that_breaks_off_after_any_event_is_finished_by_the_next_call()
    {
        for (int k = 1; ; k++)
        {
            int told = 0;
            _ledger.BeforeAnswer = _ => Stop(++told == k);
            if (!await BreaksAsync(0, DiskFault.Io, Survival.Everything))
                break;
        }
    }

    private static void Stop(bool now)
    {
        if (now)
            throw new PowerCutException();
    }

    /// <summary>Shreds under a fault, then once more by a process that begins with what the disk holds.</summary>
    /// <returns>Whether the fault was met.</returns>
    private async Task<bool> BreaksAsync(int k, DiskFault fault, Survival survival)
    {
        var disk = new SimulatedDisk();
        Action<AuditEvent>? stops = _ledger.BeforeAnswer;
        _ledger.BeforeAnswer = null;
        _ledger.Events.Clear();
        Token token = await _vault.TokenizeAsync("Ann", Ann);
        DocumentId document;
        using (var before = new RetentionRig(disk, _clock, _keys, _ledger, Policy, vault: _vault.Vault))
            document = await StoreAsync(before, Ann);

        bool stopped = false;
        disk.FailAt(k, fault);
        _ledger.BeforeAnswer = stops;
        try
        {
            using var broken = new RetentionRig(disk, _clock, _keys, _ledger, Policy, vault: _vault.Vault);
            await ShredAsync(broken);
        }
        catch (Exception refused) when (refused is MedRedactException or PowerCutException)
        {
            stopped = true;
        }

        bool struck = disk.HasFailed || stopped;
        _ledger.BeforeAnswer = null;
        using var after = new RetentionRig(disk.AfterPowerCut(survival), _clock, _keys, _ledger, Policy, vault: _vault.Vault);
        SubjectCertificate certificate = (await ShredAsync(after))!;
        Assert.Equal([StorageZone.Proofs], await after.ZonesOfAsync(document));
        Assert.Equal([StorageZone.Proofs], (await after.Documents.FindAsync(document, Sample.Tenant))!.Objects.Select(each => each.Zone));
        Assert.Null(await _vault.Vault.FindAsync(token, Sample.Scope));
        Assert.False(_keys.Subjects.ContainsKey(Ann));
        Assert.Equal(RetentionEvents.Shredded, _ledger.Events[(int)certificate.Receipt.Sequence].Kind);
        Assert.True(_ledger.Events.FindIndex(each => each.Kind == RetentionEvents.ShredBegun) < _ledger.Events.FindIndex(each => each.Kind == RetentionEvents.DeletionBegun));
        Assert.Empty((await after.RunAsync()).Due);
        return struck;
    }

    private static ValueTask<SubjectCertificate?> ShredAsync(RetentionRig rig) => rig.Shredding.ShredAsync(Sample.Tenant, Ann, RetentionRig.Actor);

    private async Task<DocumentId> StoreAsync(RetentionRig rig, SubjectId subject)
    {
        DocumentId document = await rig.StoreAsync();
        await _keys.BindAsync(Sample.Tenant, document, subject);
        return document;
    }

    private RetentionRig Rig() => new(_disk, _clock, _keys, _ledger, Policy, vault: _vault.Vault);
}

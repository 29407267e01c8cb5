using System.Security.Cryptography;
using System.Text.Json;
using MedRedact.Durability.Simulation;

namespace MedRedact.Storage.Tests;

public sealed class RetentionRunTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly HoldTarget.OfSubject Someone = new(new SubjectId(new Digest256(1, 2)));
    private static readonly LegalHoldReason Matter = new("litigation-2026-014");
    private static readonly string Quarantine = RetentionRig.Policy("quarantine 72h");
    private static readonly string Everything = RetentionRig.Policy("quarantine 72h", "redacted 30d", "structured 60d", "proofs 6y");

    private readonly SimulatedDisk _disk = new();
    private readonly SkewedClock _clock = new();
    private readonly ObjectKeysFake _keys = new();
    private readonly LedgerFake _ledger = new();

    [Fact]
    public async Task Zones_go_when_they_are_due_and_evidence_goes_last()
    {
        using RetentionRig rig = Rig(Everything);
        DocumentId document = await rig.StoreAsync();
        Assert.Empty((await RunAfterAsync(rig, TimeSpan.FromHours(71))).Due);

        await RunAfterAsync(rig, TimeSpan.FromHours(1));
        Assert.Equal([StorageZone.Redacted, StorageZone.Structured, StorageZone.Proofs], await rig.ZonesOfAsync(document));

        await RunAfterAsync(rig, 27 * Day);
        Assert.Equal([StorageZone.Structured, StorageZone.Proofs], await rig.ZonesOfAsync(document));
        Assert.Equal([StorageZone.Structured, StorageZone.Proofs], (await rig.Documents.FindAsync(document, Sample.Tenant))!.Objects.Select(each => each.Zone));
        Assert.NotNull(await rig.Documents.ReadArtifactAsync(document, Sample.Tenant, StorageZone.Structured, new ObjectName("record.json")));
        Assert.Null(await rig.Documents.ReadArtifactAsync(document, Sample.Tenant, StorageZone.Redacted, new ObjectName("page-0001.txt")));

        await RunAfterAsync(rig, 30 * Day);
        Assert.Equal([StorageZone.Proofs], await rig.ZonesOfAsync(document));

        // Six years from the day on which the last content was found gone.
        await RunAfterAsync(rig, Day);
        await RunAfterAsync(rig, 6 * 365 * Day);
        Assert.Equal([StorageZone.Proofs], await rig.ZonesOfAsync(document));
        await RunAfterAsync(rig, 2 * Day);
        Assert.Empty(await rig.ZonesOfAsync(document));
        Assert.Null(await rig.Documents.FindAsync(document, Sample.Tenant));
        Assert.Equal(4, rig.Retention.FindCertificates(Sample.Tenant, document).Length);
        Assert.Empty(_keys.Rows);
    }

    [Fact]
    public async Task Proofs_wait_anew_where_content_was_only_out_of_reach()
    {
        using RetentionRig rig = Rig(RetentionRig.Policy("redacted 30y", "proofs 6y"));
        DocumentId document = await rig.StoreAsync();
        await rig.RunAsync();
        string[] zones = ["/data/zones/redacted", "/data/zones/structured", "/data/zones/quarantine"];
        foreach (string zone in zones)
            _disk.Rename(zone, zone + "-unmounted", replace: false);
        await RunAfterAsync(rig, Day);
        foreach (string zone in zones)
            _disk.Rename(zone + "-unmounted", zone, replace: false);
        await RunAfterAsync(rig, Day);

        Assert.Empty((await RunAfterAsync(rig, 7 * 365 * Day)).Due);
        Assert.Equal(4, (await rig.ZonesOfAsync(document)).Length);
        Assert.NotNull(await rig.Documents.FindAsync(document, Sample.Tenant));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_go_and_writes_nothing()
    {
        using RetentionRig rig = Rig(Quarantine);
        DocumentId document = await rig.StoreAsync();
        await rig.RunAsync();
        _clock.Advance(4 * Day);
        int events = _ledger.Events.Count;
        int syncs = _disk.FileSyncs;
        RetentionReport report = await rig.RunAsync(dryRun: true);
        Assert.Equal(new(document, report.Due[0].Zones, RetentionOutcome.WouldBeDeleted), Assert.Single(report.Due));
        Assert.Equal([StorageZone.Quarantine], report.Due[0].Zones);
        Assert.Equal(events, _ledger.Events.Count);
        Assert.Equal(syncs, _disk.FileSyncs);
        Assert.Contains(StorageZone.Quarantine, await rig.ZonesOfAsync(document));
    }

    [Fact]
    public async Task What_a_crash_left_in_quarantine_goes_as_well()
    {
        using RetentionRig rig = Rig(Everything);
        DocumentId document = await rig.StoreAsync(commit: false);
        await RunAfterAsync(rig, 4 * Day);
        Assert.Empty(await rig.ZonesOfAsync(document));
        Assert.Single(rig.Retention.FindCertificates(Sample.Tenant, document));
    }

    [Fact]
    public async Task A_rule_may_wait_until_quality_is_assured()
    {
        using RetentionRig rig = Rig("""{ "name": "t", "version": "1.0", "rules": [ { "zone": "quarantine", "keep": "1h", "until": "quality-assured" } ] }""");
        DocumentId document = await rig.StoreAsync();
        Assert.Empty((await RunAfterAsync(rig, 30 * Day)).Due);
        await rig.Retention.MarkQualityAssuredAsync(Sample.Tenant, document, RetentionRig.Actor);
        Assert.Equal(RetentionOutcome.Deleted, Assert.Single((await rig.RunAsync()).Due).Outcome);
        Assert.Contains(_ledger.Events, each => each.Kind == RetentionEvents.QualityAssured && each.Document == document);
    }

    [Fact]
    public async Task A_hold_on_a_document_keeps_it_until_it_is_released()
    {
        using RetentionRig rig = Rig(Quarantine);
        DocumentId held = await rig.StoreAsync(), free = await rig.StoreAsync();
        var target = new HoldTarget.OfDocument(held);
        Assert.False((await rig.Holds.PlaceAsync(Sample.Tenant, target, Matter, RetentionRig.Actor)).DeletionHadBegun);
        await rig.Holds.PlaceAsync(Sample.Tenant, target, Matter, RetentionRig.Actor);
        await rig.Holds.PlaceAsync(Sample.Tenant, target, new("audit-7"), RetentionRig.Actor);
        Assert.Equal(2, (await rig.Holds.ListAsync(Sample.Tenant)).Length);

        RetentionReport report = await RunAfterAsync(rig, 4 * Day);
        Assert.Equal([(held, RetentionOutcome.Held), (free, RetentionOutcome.Deleted)], report.Due.Select(each => (each.Document, each.Outcome)).OrderBy(each => each.Outcome));
        MedRedactException refused = await Assert.ThrowsAsync<MedRedactException>(async () => await rig.Documents.EraseAsync(held, Sample.Tenant));
        Assert.Equal(RetentionFaults.Held, refused.Code);

        Assert.True(await rig.Holds.ReleaseAsync(Sample.Tenant, target, Matter, RetentionRig.Actor));
        Assert.False(await rig.Holds.ReleaseAsync(Sample.Tenant, target, Matter, RetentionRig.Actor));
        Assert.Equal(RetentionOutcome.Held, Assert.Single((await rig.RunAsync()).Due).Outcome);
        await rig.Holds.ReleaseAsync(Sample.Tenant, target, new("audit-7"), RetentionRig.Actor);
        Assert.Equal(RetentionOutcome.Deleted, Assert.Single((await rig.RunAsync()).Due).Outcome);
        Assert.Equal(2, _ledger.Events.Count(each => each.Kind == RetentionEvents.HoldReleased));
    }

    [Fact]
    public async Task A_hold_on_a_person_keeps_all_their_documents_and_those_of_nobody_knows_whom()
    {
        var subjects = new SubjectsFake();
        using RetentionRig rig = Rig(Quarantine, subjects);
        DocumentId theirs = await rig.StoreAsync(), others = await rig.StoreAsync(), unknown = await rig.StoreAsync();
        (subjects.Known[theirs], subjects.Known[others]) = (Someone.Subject, new SubjectId(new Digest256(3, 4)));
        await rig.Holds.PlaceAsync(Sample.Tenant, Someone, Matter, RetentionRig.Actor);
        RetentionReport report = await RunAfterAsync(rig, 4 * Day);
        Assert.Equal(RetentionOutcome.Deleted, report.Due.Single(each => each.Document == others).Outcome);
        Assert.All(report.Due.Where(each => each.Document != others), each => Assert.Equal(RetentionOutcome.Held, each.Outcome));
        await Assert.ThrowsAsync<MedRedactException>(async () => await rig.Documents.EraseAsync(unknown, Sample.Tenant));

        await rig.Holds.ReleaseAsync(Sample.Tenant, Someone, Matter, RetentionRig.Actor);
        Assert.Equal(2, (await rig.RunAsync()).Count(RetentionOutcome.Deleted));
    }

    [Fact]
    public async Task A_hold_that_cannot_be_read_holds_everything()
    {
        using RetentionRig rig = Rig(Quarantine);
        DocumentId document = await rig.StoreAsync();
        await rig.Holds.PlaceAsync(Sample.Tenant, new HoldTarget.OfDocument(Sample.Document(9)), Matter, RetentionRig.Actor);
        string path = $"/data/retention/t-{Sample.Tenant}/holds/d-{Sample.Document(9)}.{Matter}.mrrt";
        byte[] good = _disk.ReadAllBytes(path);
        await rig.RunAsync();
        _clock.Advance(4 * Day);
        for (int i = 0; i < good.Length; i += 7)
        {
            byte[] bad = [.. good];
            bad[i] ^= 1;
            _disk.Plant(path, bad);
            MedRedactException stopped = await Assert.ThrowsAsync<MedRedactException>(async () => await rig.RunAsync());
            Assert.Equal(RetentionFaults.BrokenFile, stopped.Code);
        }

        _disk.Remove(path);
        _disk.Plant(path.Replace(Matter.Value, "other", StringComparison.Ordinal), good);
        await Assert.ThrowsAsync<MedRedactException>(async () => await rig.RunAsync());
        Assert.Contains(StorageZone.Quarantine, await rig.ZonesOfAsync(document));
    }

    [Fact]
    public async Task Without_the_ledger_no_key_is_destroyed()
    {
        using RetentionRig rig = Rig(Quarantine);
        DocumentId document = await rig.StoreAsync();
        await rig.RunAsync();
        _clock.Advance(4 * Day);
        int rows = _keys.Rows.Count;
        _ledger.Refuses = true;
        await Assert.ThrowsAsync<MedRedactException>(async () => await rig.RunAsync());
        Assert.Equal(rows, _keys.Rows.Count);
        _ledger.Refuses = false;
        await rig.RunAsync();
        Assert.DoesNotContain(StorageZone.Quarantine, await rig.ZonesOfAsync(document));
    }

    [Fact]
    public async Task Files_and_keys_restored_from_before_open_nothing()
    {
        using RetentionRig rig = Rig(Quarantine);
        DocumentId document = await rig.StoreAsync();
        var target = new ZoneObject(StorageZone.Quarantine, Sample.Tenant, document, new ObjectName("original"));
        byte[] copy;
        await using (Stream envelope = (await rig.Zones.OpenAsync(target))!)
        {
            using var bytes = new MemoryStream();
            await envelope.CopyToAsync(bytes);
            copy = bytes.ToArray();
        }

        var rows = new Dictionary<(TenantId, DocumentId?, StorageZone), byte[]>(_keys.Rows);
        Assert.Equal(100, await LengthAsync(rig, target));
        await RunAfterAsync(rig, 4 * Day);

        await rig.Zones.PutAsync(target, new MemoryStream(copy));
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await LengthAsync(rig, target));
        _keys.Restore(rows);
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await LengthAsync(rig, target));
    }

    [Fact]
    public async Task The_certificate_names_all_that_went_and_nothing_else()
    {
        using RetentionRig rig = Rig(Quarantine);
        DocumentId document = await rig.StoreAsync();
        await RunAfterAsync(rig, 4 * Day);
        DeletionCertificate certificate = Assert.Single(rig.Retention.FindCertificates(Sample.Tenant, document));
        using JsonDocument json = JsonDocument.Parse(certificate.Content);
        JsonElement root = json.RootElement;
        Assert.Equal(
            ["format", "document", "tenant", "zones", "policy", "keptFrom", "due", "trusted", "deletedAt", "objects", "keys", "intent"],
            root.EnumerateObject().Select(member => member.Name));
        Assert.Equal(document.ToString(), root.GetProperty("document").GetString());
        Assert.Equal("original", root.GetProperty("objects")[0].GetProperty("name").GetString());
        Assert.Equal(64, root.GetProperty("objects")[0].GetProperty("sha256").GetString()!.Length);
        Assert.Equal((1, true), (root.GetProperty("keys").GetProperty("destroyed").GetInt32(), root.GetProperty("keys").GetProperty("turned").GetBoolean()));
        Assert.Equal(1, _keys.Turns);

        AuditEvent deleted = _ledger.Events[(int)certificate.Receipt.Sequence];
        Assert.Equal(RetentionEvents.Deleted, deleted.Kind);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(certificate.Content.Span)), deleted.Fields.Single(field => field.Name == "certificate").Value.Text);
        Assert.Equal(RetentionEvents.DeletionBegun, _ledger.Events[root.GetProperty("intent").GetProperty("sequence").GetInt32()].Kind);
    }

    [Fact]
    public async Task One_document_that_cannot_go_does_not_keep_the_others()
    {
        using RetentionRig rig = Rig(Quarantine);
        DocumentId broken = await rig.StoreAsync(), good = await rig.StoreAsync();
        _disk.Plant($"/data/zones/proofs/t-{Sample.Tenant}/{broken}/commit.mrev", [1, 2, 3]);
        RetentionReport report = await RunAfterAsync(rig, 4 * Day);
        Assert.Equal([(broken, RetentionOutcome.Failed), (good, RetentionOutcome.Deleted)], report.Due.Select(each => (each.Document, each.Outcome)).OrderBy(each => each.Outcome));
        Assert.Contains(StorageZone.Quarantine, await rig.ZonesOfAsync(broken));
    }

    private RetentionRig Rig(string policy, IDocumentSubjects? subjects = null) => new(_disk, _clock, _keys, _ledger, policy, subjects: subjects);

    /// <summary>A first run sees the documents, the second one comes later.</summary>
    private async Task<RetentionReport> RunAfterAsync(RetentionRig rig, TimeSpan later)
    {
        await rig.RunAsync();
        _clock.Advance(later);
        return await rig.RunAsync();
    }

    private static async Task<int> LengthAsync(RetentionRig rig, ZoneObject target)
    {
        await using Stream plain = await rig.Sealer.OpenReadAsync((await rig.Zones.OpenAsync(target))!, SealedObjects.ContextOf(target));
        using var bytes = new MemoryStream();
        await plain.CopyToAsync(bytes);
        return (int)bytes.Length;
    }

    private sealed class SubjectsFake : IDocumentSubjects
    {
        public Dictionary<DocumentId, SubjectId> Known { get; } = [];

        public ValueTask<SubjectId?> FindAsync(TenantId tenant, DocumentId document, CancellationToken cancellationToken = default) =>
            new(Known.TryGetValue(document, out SubjectId subject) ? subject : null);
    }
}

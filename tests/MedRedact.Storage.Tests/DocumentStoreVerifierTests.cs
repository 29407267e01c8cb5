using MedRedact.Durability.Simulation;
using MedRedact.Envelope;
using MedRedact.KeyManagement;

namespace MedRedact.Storage.Tests;

public sealed class DocumentStoreVerifierTests
{
    private static readonly DocumentId Document = Sample.Document();
    private static readonly ZoneObject Record = new(StorageZone.Structured, Sample.Tenant, Document, new ObjectName("record.json"));
    private readonly SimulatedDisk _disk = new();

    [Fact]
    public async Task A_sound_store_has_no_damage()
    {
        using Machine machine = await StoredAsync();

        Assert.Empty(await DamageAsync(machine));
    }

    [Fact]
    public async Task A_flipped_byte_of_any_object_is_named_with_its_zone_and_name()
    {
        using Machine machine = await StoredAsync();
        foreach (ZoneObject each in await machine.ObjectsAsync(Document))
        {
            byte[] good = _disk.ReadAllBytes(FileOf(each));
            byte[] bad = [.. good];
            bad[^1] ^= 1;
            _disk.Plant(FileOf(each), bad);

            DocumentDamage damage = (await DamageAsync(machine))[0];

            Assert.Equal(new(Document, DamageKind.EnvelopeDamaged, each.Zone, each.Name, new(EnvelopeDamage.ChunkDamaged, 0)), damage);
            _disk.Plant(FileOf(each), good);
        }
    }

    [Fact]
    public async Task An_object_that_is_missing_added_or_exchanged_is_named()
    {
        using Machine machine = await StoredAsync();
        byte[] record = _disk.ReadAllBytes(FileOf(Record));

        _disk.Remove(FileOf(Record));
        Assert.Equal([new(Document, DamageKind.ObjectMissing, Record.Zone, Record.Name)], await DamageAsync(machine));
        await RefusedAsync(machine, StorageZone.Structured, "record.json");

        // The right bytes under another name of the same document and zone: the envelope opens, and is still not the one.
        _disk.Plant(FileOf(Record), record);
        ZoneObject extra = Record with { Name = new ObjectName("other.json") };
        _disk.Plant(FileOf(extra), record);
        Assert.Equal([new(Document, DamageKind.ObjectNotCommitted, extra.Zone, extra.Name)], await DamageAsync(machine));
        _disk.Remove(FileOf(extra));

        ZoneObject first = Page("page-0001.txt"), second = Page("page-0002.txt");
        _disk.Plant(FileOf(second), _disk.ReadAllBytes(FileOf(first)));
        Assert.Equal([new(Document, DamageKind.ObjectReplaced, second.Zone, second.Name)], await DamageAsync(machine));
        await RefusedAsync(machine, StorageZone.Redacted, "page-0002.txt");
    }

    [Fact]
    public async Task A_document_without_its_commit_record_is_named_and_not_visible()
    {
        using Machine machine = await StoredAsync();
        _disk.Remove(FileOf(CommitRecord.AddressOf(Sample.Tenant, Document)));

        Assert.Equal([new(Document, DamageKind.NoCommitRecord, StorageZone.Proofs, CommitRecord.Name)], await DamageAsync(machine));
        Assert.Empty(await machine.VisibleAsync());
    }

    [Fact]
    public async Task A_commit_record_signed_by_another_key_is_refused()
    {
        using var strangers = new LocalKeyRing(new LocalKeyRingOptions { Home = "/other" }, TimeProvider.System, new SimulatedDisk());
        using var machine = new Machine(_disk);
        using var forging = new EncryptedFileStore(machine.Home, machine.Zones, machine.Sealer, strangers, new PlainEncoder(), TimeProvider.System);
        await using (IRedactedDocumentWriter writer = await forging.BeginAsync(Document, Sample.Tenant))
            await writer.CommitAsync(Sample.Report(Document));

        Assert.Equal([new(Document, DamageKind.NotSigned, StorageZone.Proofs, CommitRecord.Name)], await DamageAsync(machine));
        MedRedactException refusal = await Assert.ThrowsAsync<MedRedactException>(async () => await machine.Documents.FindAsync(Document, Sample.Tenant));
        Assert.Equal(Faults.BrokenCommit, refusal.Code);
    }

    [Fact]
    public async Task Every_flipped_byte_of_a_signed_record_is_noticed()
    {
        ISigner signer = await Machine.KeyRing.GetSignerAsync(CommitRecord.Signing);
        var record = new CommitRecord(Document, Sample.Tenant, DateTimeOffset.UnixEpoch, [], Sample.Report(Document));
        byte[] bytes = await record.SignAsync(signer, CancellationToken.None);
        Assert.NotNull(await CommitRecord.VerifyAsync(bytes, Machine.KeyRing, CancellationToken.None));

        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] flipped = [.. bytes];
            flipped[at] ^= 1;
            Assert.Null(await CommitRecord.VerifyAsync(flipped, Machine.KeyRing, CancellationToken.None));
            Assert.Null(await CommitRecord.VerifyAsync(bytes[..at], Machine.KeyRing, CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_record_is_found_after_its_signing_key_was_rotated_and_not_after_it_was_disabled()
    {
        using var ring = new LocalKeyRing(new LocalKeyRingOptions { Home = "/keys" }, TimeProvider.System, new SimulatedDisk());
        var record = new CommitRecord(Document, Sample.Tenant, DateTimeOffset.UnixEpoch, [], Sample.Report(Document));
        ISigner signer = await ring.GetSignerAsync(CommitRecord.Signing);
        byte[] bytes = await record.SignAsync(signer, CancellationToken.None);

        await ring.RotateAsync(KeyRole.Signing(CommitRecord.Signing));
        Assert.NotNull(await CommitRecord.VerifyAsync(bytes, ring, CancellationToken.None));

        await ring.SetStateAsync(signer.Key, KeyState.Disabled);
        Assert.Null(await CommitRecord.VerifyAsync(bytes, ring, CancellationToken.None));
    }

    private async Task<Machine> StoredAsync()
    {
        var machine = new Machine(_disk);
        await machine.StoreAsync(Document);
        return machine;
    }

    private static async Task<List<DocumentDamage>> DamageAsync(Machine machine)
    {
        var found = new List<DocumentDamage>();
        await foreach (DocumentDamage damage in machine.Verifier.VerifyAllAsync(Sample.Tenant))
            found.Add(damage);

        return found;
    }

    private static async Task RefusedAsync(Machine machine, StorageZone zone, string name)
    {
        MedRedactException refusal = await Assert.ThrowsAsync<MedRedactException>(() => machine.ReadAsync(Document, zone, name));
        Assert.Equal(Faults.BrokenCommit, refusal.Code);
    }

    private static ZoneObject Page(string name) => new(StorageZone.Redacted, Sample.Tenant, Document, new ObjectName(name));

    private static string FileOf(ZoneObject target) =>
        $"/data/zones/{target.Zone.ToString().ToLowerInvariant()}/t-{target.Tenant}/{target.Document.Value:N}/{target.Name}.mrev";
}

using MedRedact.Durability.Simulation;

namespace MedRedact.Storage.Tests;

public sealed class FileZoneStoreTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_object_is_found_listed_replaced_and_erased_at_its_address()
    {
        using var machine = new Machine(Durability.PhysicalFileOperations.Instance, _folder.Path);
        ZoneObject target = Target("original", StorageZone.Quarantine);

        Assert.Null(await machine.Zones.OpenAsync(target));
        await machine.Zones.PutAsync(target, new MemoryStream([1, 2]));
        await machine.Zones.PutAsync(target, new MemoryStream([3, 4, 5]));

        Assert.Equal([3, 4, 5], await ReadAsync(machine, target));
        Assert.Equal([target], await ListAsync(machine, StorageZone.Quarantine, null));
        Assert.Equal([target], await ListAsync(machine, StorageZone.Quarantine, target.Document));
        Assert.Empty(await ListAsync(machine, StorageZone.Quarantine, Sample.Document(2)));
        Assert.Empty(await ListAsync(machine, StorageZone.Redacted, null));
        Assert.True(await machine.Zones.EraseAsync(target));
        Assert.False(await machine.Zones.EraseAsync(target));
        Assert.Null(await machine.Zones.OpenAsync(target));
    }

    [Fact]
    public async Task Whatever_the_ids_are_files_stay_in_their_documents_folder()
    {
        using var machine = new Machine(Durability.PhysicalFileOperations.Instance, _folder.Path);
        string[] hostile = [".", "..", "...", "-", "a..b", ".hidden", "con", ".tmp-0", "lock", new string('.', 64), new string('z', 64)];

        foreach (string tenant in hostile)
        {
            foreach (string name in hostile)
                await machine.Zones.PutAsync(new ZoneObject(StorageZone.Redacted, new TenantId(tenant), Sample.Document(), new ObjectName(name)), new MemoryStream([1]));

            await foreach (ZoneObject each in machine.Zones.ListAsync(StorageZone.Redacted, new TenantId(tenant), null))
                Assert.Contains(each.Name.Value, hostile);
        }

        string document = Sample.Document().Value.ToString("N");
        string[] files = [.. Directory.EnumerateFiles(_folder["zones"], "*", SearchOption.AllDirectories)];
        Assert.Equal(hostile.Length * hostile.Length, files.Length);
        Assert.All(files, file => Assert.Equal(document, Path.GetFileName(Path.GetDirectoryName(file))));
        foreach (string impossible in new[] { "", "a/b", "a\\b", "../x", "A", "a\0b" })
            Assert.ThrowsAny<ArgumentException>(() => new ObjectName(impossible));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await machine.Zones.PutAsync(Target("x") with { Name = default }, new MemoryStream()));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await machine.Zones.PutAsync(Target("x", (StorageZone)9), new MemoryStream()));
    }

    [Fact]
    public async Task An_envelope_that_breaks_off_leaves_what_was_there()
    {
        using var machine = new Machine(Durability.PhysicalFileOperations.Instance, _folder.Path);
        ZoneObject target = Target("original");
        await machine.Zones.PutAsync(target, new MemoryStream([1]));

        await Assert.ThrowsAsync<TimeoutException>(async () => await machine.Zones.PutAsync(target, new BreakingStream()));

        Assert.Equal([1], await ReadAsync(machine, target));
        Assert.DoesNotContain(_folder.Files, file => file.Contains(".tmp-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_are_for_their_owner_alone_and_their_faults_name_no_path()
    {
        using var machine = new Machine(Durability.PhysicalFileOperations.Instance, _folder.Path);
        await machine.Zones.PutAsync(Target("original"), new MemoryStream([1]));
        Assert.All(_folder.Files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));

        Directory.Delete(_folder["zones"], recursive: true);
        File.WriteAllText(_folder["zones"], "in the way");
        MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(
            async () => await machine.Zones.PutAsync(Target("other") with { Document = Sample.Document(9) }, new MemoryStream([1])));
        Assert.Equal(Faults.StorageFailed, fault.Code);
        Assert.DoesNotContain(_folder.Path, fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task What_was_acknowledged_is_there_whole_whatever_fails(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            var disk = new SimulatedDisk();
            List<ZoneObject> acknowledged = [];
            var machine = new Machine(disk);
            disk.FailAt(k, fault);
            for (int i = 0; i < 3; i++)
            {
                try
                {
                    ZoneObject target = Target($"object-{i}") with { Document = Sample.Document(i / 2) };
                    await machine.Zones.PutAsync(target, new MemoryStream([7, 7, (byte)i]));
                    acknowledged.Add(target);
                }
                catch (Exception stopped) when (stopped is MedRedactException or PowerCutException)
                {
                    // Not acknowledged: it may be there or not, but never in part.
                }
            }

            foreach (Survival survival in Survivals(k))
            {
                using var after = new Machine(disk.AfterPowerCut(survival));
                List<ZoneObject> found = await ListAsync(after, StorageZone.Redacted, null);
                Assert.Empty(acknowledged.Except(found));
                foreach (ZoneObject each in found)
                    Assert.Equal([7, 7, (byte)(each.Name.Value[^1] - '0')], await ReadAsync(after, each));
            }

            if (!disk.HasFailed)
                break;
        }
    }

    internal static IEnumerable<Survival> Survivals(int seed) =>
        [Survival.Nothing, Survival.Everything, Survival.Random(seed), Survival.Random(seed + 1000), Survival.Random(seed + 2000)];

    private static ZoneObject Target(string name, StorageZone zone = StorageZone.Redacted) =>
        new(zone, Sample.Tenant, Sample.Document(), new ObjectName(name));

    private static async Task<byte[]> ReadAsync(Machine machine, ZoneObject target)
    {
        await using Stream content = (await machine.Zones.OpenAsync(target))!;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static async Task<List<ZoneObject>> ListAsync(Machine machine, StorageZone zone, DocumentId? document)
    {
        var listed = new List<ZoneObject>();
        await foreach (ZoneObject each in machine.Zones.ListAsync(zone, Sample.Tenant, document))
            listed.Add(each);

        return listed;
    }

    private sealed class BreakingStream() : MemoryStream(new byte[100])
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            destination.Write(new byte[50]);
            throw new TimeoutException();
        }
    }
}

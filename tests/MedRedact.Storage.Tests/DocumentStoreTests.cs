using System.Security.Cryptography;
using System.Text;
using MedRedact.Durability;
using MedRedact.Durability.Simulation;

namespace MedRedact.Storage.Tests;

public sealed class DocumentStoreTests : IDisposable
{
    private static readonly DocumentId Document = Sample.Document();
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_document_is_visible_once_committed_and_not_before()
    {
        using var machine = new Machine(new SimulatedDisk());
        await using IRedactedDocumentWriter writer = await machine.Documents.BeginAsync(Document, Sample.Tenant);
        await Machine.WriteAsync(writer, Document);

        Assert.Empty(await machine.VisibleAsync());
        Assert.Null(await machine.Documents.FindAsync(Document, Sample.Tenant));
        Assert.Null(await machine.ReadAsync(Document, StorageZone.Redacted, "page-0001.txt"));

        await writer.CommitAsync(Sample.Report(Document));

        Assert.Equal([Document], await machine.VisibleAsync());
        Assert.Equal("[NAME] was seen in 2024.", Encoding.UTF8.GetString((await machine.ReadAsync(Document, StorageZone.Redacted, "page-0001.txt"))!));
        Assert.Null(await machine.ReadAsync(Document, StorageZone.Redacted, "page-0003.txt"));
        Sample.Same(Sample.Report(Document), (await machine.Documents.FindAsync(Document, Sample.Tenant))!.Report);
        Assert.Empty(await machine.Verifier.VerifyAsync(Document, Sample.Tenant));
    }

    [Fact]
    public async Task The_digest_of_a_page_is_that_of_its_encoded_image()
    {
        using var machine = new Machine(new SimulatedDisk());
        await using IRedactedDocumentWriter writer = await machine.Documents.BeginAsync(Document, Sample.Tenant);
        using RedactedPage page = Sample.Page(Document, 1);
        byte[] image = PlainEncoder.Encode(page.Raster);

        Digest256 digest = await writer.WriteAsync(page);
        await writer.CommitAsync(Sample.Report(Document));

        Assert.Equal(Digest256.From(SHA256.HashData(image)), digest);
        Assert.Equal(image, await machine.ReadAsync(Document, StorageZone.Redacted, "page-0001.png"));
        string layout = Encoding.UTF8.GetString((await machine.ReadAsync(Document, StorageZone.Redacted, "page-0001.json"))!);
        Assert.Contains("\"replacement\":\"Label\"", layout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_that_is_dropped_leaves_nothing_and_the_document_can_be_begun_again()
    {
        using var machine = new Machine(new SimulatedDisk());
        await using (IRedactedDocumentWriter dropped = await machine.Documents.BeginAsync(Document, Sample.Tenant))
            await Machine.WriteAsync(dropped, Document);
        Assert.Empty(await machine.ObjectsAsync());

        await machine.StoreAsync(Document);
        Assert.Equal([Document], await machine.VisibleAsync());
    }

    [Fact]
    public async Task A_document_is_written_by_one_and_once()
    {
        using var machine = new Machine(new SimulatedDisk());
        await using IRedactedDocumentWriter writer = await machine.Documents.BeginAsync(Document, Sample.Tenant);
        Assert.Equal(Faults.AlreadyThere, await RefusalAsync(async () => await machine.Documents.BeginAsync(Document, Sample.Tenant)));

        ObjectName name = new("record.json");
        await writer.WriteArtifactAsync(StorageZone.Structured, name, new byte[1]);
        Assert.Equal(Faults.NameTaken, await RefusalAsync(async () => await writer.WriteArtifactAsync(StorageZone.Structured, name, new byte[1])));
        Assert.Equal(Faults.NameTaken, await RefusalAsync(async () => await writer.WriteArtifactAsync(StorageZone.Proofs, CommitRecord.Name, new byte[1])));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await writer.WriteArtifactAsync(StorageZone.Quarantine, name, new byte[1]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.CommitAsync(Sample.Report(Sample.Document(2))));
        await writer.CommitAsync(Sample.Report(Document));

        Assert.Equal(Faults.WriterEnded, await RefusalAsync(async () => await writer.WriteArtifactAsync(StorageZone.Proofs, name, new byte[1])));
        Assert.Equal(Faults.WriterEnded, await RefusalAsync(async () => await writer.CommitAsync(Sample.Report(Document))));
        Assert.Equal(Faults.AlreadyThere, await RefusalAsync(async () => await machine.Documents.BeginAsync(Document, Sample.Tenant)));
    }

    [Fact]
    public async Task A_document_of_which_an_object_could_not_be_written_cannot_be_committed()
    {
        var disk = new SimulatedDisk();
        using var machine = new Machine(disk);
        await using IRedactedDocumentWriter writer = await machine.Documents.BeginAsync(Document, Sample.Tenant);
        disk.FailAt(5, DiskFault.NoSpace);
        Assert.Equal(Faults.StorageFailed, await RefusalAsync(async () => await Machine.WriteAsync(writer, Document)));

        Assert.Equal(Faults.WriterEnded, await RefusalAsync(async () => await writer.CommitAsync(Sample.Report(Document))));
    }

    [Fact]
    public async Task An_erased_document_is_gone_from_every_zone()
    {
        using var machine = new Machine(PhysicalFileOperations.Instance, _folder.Path);
        await machine.StoreAsync(Document);
        await machine.StoreAsync(Sample.Document(2));

        Assert.True(await machine.Documents.EraseAsync(Document, Sample.Tenant));
        Assert.False(await machine.Documents.EraseAsync(Document, Sample.Tenant));

        Assert.Empty(await machine.ObjectsAsync(Document));
        Assert.Equal([Sample.Document(2)], await machine.VisibleAsync());
    }

    [Fact]
    public async Task Nothing_on_disk_can_be_read_without_the_keys()
    {
        using (var machine = new Machine(PhysicalFileOperations.Instance, _folder.Path))
            await machine.StoreAsync(Document);

        foreach (string file in _folder.Files)
        {
            string content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain("was seen", content, StringComparison.Ordinal);
            Assert.DoesNotContain("IMG", content, StringComparison.Ordinal);
            Assert.StartsWith("MREV", content, StringComparison.Ordinal);
        }
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task A_document_is_whole_or_leaves_nothing_whatever_fails(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            var disk = new SimulatedDisk();
            var machine = new Machine(disk);
            disk.FailAt(k, fault);
            bool acknowledged = await AcknowledgedAsync(() => machine.StoreAsync(Document));

            foreach (Survival survival in FileZoneStoreTests.Survivals(k))
                await ExpectWholeOrNothingAsync(disk.AfterPowerCut(survival), acknowledged);

            if (!disk.HasFailed)
                break;
        }
    }

    [Theory]
    [InlineData(DiskFault.Io)]
    [InlineData(DiskFault.PowerCut)]
    [InlineData(DiskFault.PowerCutAfter)]
    public async Task An_erasure_is_finished_or_has_not_begun_whatever_fails(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            var disk = new SimulatedDisk();
            var machine = new Machine(disk);
            await machine.StoreAsync(Document);
            disk.FailAt(k, fault);
            bool erased = await AcknowledgedAsync(async () => await machine.Documents.EraseAsync(Document, Sample.Tenant));

            foreach (Survival survival in FileZoneStoreTests.Survivals(k))
            {
                SimulatedDisk after = disk.AfterPowerCut(survival);
                await ExpectWholeOrNothingAsync(after, acknowledged: false);
                using var later = new Machine(after);
                Assert.False(erased && (await later.VisibleAsync()).Count > 0);
            }

            if (!disk.HasFailed)
                break;
        }
    }

    [Fact]
    public async Task What_a_live_process_is_writing_is_not_swept_by_another()
    {
        using var writing = new Machine(PhysicalFileOperations.Instance, _folder.Path);
        await using IRedactedDocumentWriter writer = await writing.Documents.BeginAsync(Document, Sample.Tenant);
        await Machine.WriteAsync(writer, Document);

        using (var other = new Machine(PhysicalFileOperations.Instance, _folder.Path))
            Assert.Equal(0, await other.Documents.SweepAsync());

        await writer.CommitAsync(Sample.Report(Document));
        Assert.Empty(await writing.Verifier.VerifyAsync(Document, Sample.Tenant));
    }

    [Fact]
    public async Task What_a_dead_process_was_writing_is_swept_by_the_next()
    {
        var dead = new Machine(PhysicalFileOperations.Instance, _folder.Path);
        IRedactedDocumentWriter writer = await dead.Documents.BeginAsync(Document, Sample.Tenant);
        await Machine.WriteAsync(writer, Document);
        dead.Dispose();   // The process ends here: the writer is never committed or disposed.

        using (var next = new Machine(PhysicalFileOperations.Instance, _folder.Path))
        {
            Assert.Equal(1, await next.Documents.SweepAsync());
            Assert.Empty(await next.ObjectsAsync());
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["sessions"]));
    }

    [Fact]
    public void A_home_opens_whatever_somebody_put_into_its_sessions()
    {
        Directory.CreateDirectory(_folder["sessions/strange"]);
        File.WriteAllText(_folder["sessions/strange/file"], "not ours");
        File.WriteAllText(_folder["sessions/stray"], "not ours");

        for (int i = 0; i < 2; i++)
            new Machine(PhysicalFileOperations.Instance, _folder.Path).Dispose();

        Assert.True(File.Exists(_folder["sessions/strange/file"]));
    }

    private static async Task ExpectWholeOrNothingAsync(SimulatedDisk disk, bool acknowledged)
    {
        using var machine = new Machine(disk);
        await machine.Documents.SweepAsync();
        List<DocumentId> visible = await machine.VisibleAsync();
        Assert.True(visible.Count == 1 || !acknowledged);
        if (visible.Count == 1)
            Assert.Empty(await machine.Verifier.VerifyAsync(Document, Sample.Tenant));
        else
            Assert.Empty(await machine.ObjectsAsync());
    }

    private static async Task<bool> AcknowledgedAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception stopped) when (stopped is MedRedactException or PowerCutException)
        {
            return false;
        }
    }

    private static async Task<FaultCode> RefusalAsync(Func<Task> work) => (await Assert.ThrowsAsync<MedRedactException>(work)).Code;
}

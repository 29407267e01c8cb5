using MedRedact.Durability;
using MedRedact.Durability.Simulation;
using MedRedact.Envelope;
using MedRedact.KeyManagement;

namespace MedRedact.Storage.Tests;

/// <summary>A process with everything it needs, on a disk that may fail; the keys lie on a disk that does not.</summary>
internal sealed class Machine : IDisposable
{
    private static readonly LocalKeyRing Keys = new(new LocalKeyRingOptions { Home = "/keys" }, TimeProvider.System, new SimulatedDisk());

    public Machine(IFileOperations disk, string folder = "/data")
    {
        Home = StorageHome.Open(folder, disk);
        Sealer = new EnvelopeSealer(Keys);
        Zones = new FileZoneStore(Home);
        Documents = new EncryptedFileStore(Home, Zones, Sealer, Keys, new PlainEncoder(), TimeProvider.System);
        Verifier = new DocumentStoreVerifier(Documents, Zones, Sealer);
        Journal = new IngestionJournal(Home, TimeProvider.System);
    }

    public static LocalKeyRing KeyRing => Keys;

    public StorageHome Home { get; }

    public EnvelopeSealer Sealer { get; }

    public FileZoneStore Zones { get; }

    public EncryptedFileStore Documents { get; }

    public DocumentStoreVerifier Verifier { get; }

    public IngestionJournal Journal { get; }

    /// <summary>Writes a document of two pages and two artefacts, and commits it.</summary>
    public async Task StoreAsync(DocumentId document)
    {
        await using IRedactedDocumentWriter writer = await Documents.BeginAsync(document, Sample.Tenant);
        await WriteAsync(writer, document);
        await writer.CommitAsync(Sample.Report(document));
    }

    public static async Task WriteAsync(IRedactedDocumentWriter writer, DocumentId document)
    {
        for (int page = 1; page <= 2; page++)
        {
            using RedactedPage clean = Sample.Page(document, page);
            await writer.WriteAsync(clean);
        }

        await writer.WriteArtifactAsync(StorageZone.Structured, new ObjectName("record.json"), "{}"u8.ToArray());
        await writer.WriteArtifactAsync(StorageZone.Proofs, new ObjectName("salt"), new byte[32]);
    }

    /// <summary>Every object of the document in any zone, the quarantine excepted.</summary>
    public async Task<List<ZoneObject>> ObjectsAsync(DocumentId? document = null)
    {
        var objects = new List<ZoneObject>();
        foreach (StorageZone zone in new[] { StorageZone.Redacted, StorageZone.Structured, StorageZone.Proofs })
        {
            await foreach (ZoneObject each in Zones.ListAsync(zone, Sample.Tenant, document))
                objects.Add(each);
        }

        return objects;
    }

    public async Task<List<DocumentId>> VisibleAsync()
    {
        var visible = new List<DocumentId>();
        await foreach (DocumentId each in Documents.ListAsync(Sample.Tenant))
            visible.Add(each);

        return visible;
    }

    public async Task<byte[]?> ReadAsync(DocumentId document, StorageZone zone, string name)
    {
        await using Stream? content = await Documents.ReadArtifactAsync(document, Sample.Tenant, zone, new ObjectName(name));
        if (content is null)
            return null;

        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public void Dispose()
    {
        Journal.Dispose();
        Documents.Dispose();
        Home.Dispose();
    }
}

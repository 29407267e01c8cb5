using MedRedact.Durability;
using MedRedact.Envelope;

namespace MedRedact.Storage.Tests;

/// <summary>A process that keeps documents and deletes them, on a disk and with a clock that may fail. Ledger and keys outlive it.</summary>
internal sealed class RetentionRig : IDisposable
{
    public static readonly ActorId Actor = new("records-office");
    private static readonly ObjectName Original = new("original");

    public RetentionRig(IFileOperations disk, SkewedClock clock, ObjectKeysFake keys, LedgerFake ledger, string policy, string boot = "boot-1", IDocumentSubjects? subjects = null,
        ITokenVault? vault = null)
    {
        (Clock, Keys) = (clock, keys);
        Home = StorageHome.Open("/data", disk);
        Zones = new FileZoneStore(Home);
        Sealer = new EnvelopeSealer(keys);
        Documents = new EncryptedFileStore(Home, Zones, Sealer, Machine.KeyRing, new PlainEncoder(), clock);
        Holds = new LegalHolds(Home, ledger, clock);
        var parts = new RetentionParts(Home, Documents, Zones, Machine.KeyRing, ledger, ledger, Holds) { ObjectKeys = keys, Subjects = subjects, Vault = vault };
        Shredding = new SubjectShredding(parts, clock);
        Retention = new DocumentRetention(
            parts,
            new RetentionOptions { Policy = RetentionPolicy.Parse(System.Text.Encoding.UTF8.GetBytes(policy)) },
            clock,
            () => boot);
    }

    public StorageHome Home { get; }

    public FileZoneStore Zones { get; }

    public EnvelopeSealer Sealer { get; }

    public EncryptedFileStore Documents { get; }

    public LegalHolds Holds { get; }

    public DocumentRetention Retention { get; }

    public SubjectShredding Shredding { get; }

    private SkewedClock Clock { get; }

    private ObjectKeysFake Keys { get; }

    public static string Policy(params string[] rules) =>
        $$"""{ "name": "test", "version": "1.0", "rules": [ {{string.Join(", ", rules.Select(rule => rule.Split(' ')).Select(rule => $$"""{ "zone": "{{rule[0]}}", "keep": "{{rule[1]}}" }"""))}} ] }""";

    /// <summary>A document arrives and is committed, with its original in quarantine.</summary>
    public async Task<DocumentId> StoreAsync(bool commit = true)
    {
        DocumentId document = DocumentId.Create(Clock);
        using var envelope = new MemoryStream();
        var target = new ZoneObject(StorageZone.Quarantine, Sample.Tenant, document, Original);
        await using (Stream plain = await Sealer.OpenWriteAsync(envelope, SealedObjects.ContextOf(target)))
            await plain.WriteAsync(new byte[100]);
        envelope.Position = 0;
        await Zones.PutAsync(target, envelope);
        if (commit)
        {
            await using IRedactedDocumentWriter writer = await Documents.BeginAsync(document, Sample.Tenant);
            await writer.WriteArtifactAsync(StorageZone.Redacted, new ObjectName("page-0001.txt"), "[NAME]"u8.ToArray());
            await writer.WriteArtifactAsync(StorageZone.Structured, new ObjectName("record.json"), "{}"u8.ToArray());
            await writer.WriteArtifactAsync(StorageZone.Proofs, new ObjectName("salt"), new byte[32]);
            await writer.CommitAsync(Sample.Report(document));
        }

        return document;
    }

    public async Task<RetentionReport> RunAsync(bool dryRun = false) => await Retention.RunAsync(Sample.Tenant, dryRun);

    /// <summary>The zones in which a document has objects.</summary>
    public async Task<StorageZone[]> ZonesOfAsync(DocumentId document)
    {
        var found = new SortedSet<StorageZone>();
        foreach (StorageZone zone in Enum.GetValues<StorageZone>())
        {
            await foreach (ZoneObject each in Zones.ListAsync(zone, Sample.Tenant, document))
                found.Add(each.Zone);
        }

        return [.. found];
    }

    public void Dispose()
    {
        Documents.Dispose();
        Home.Dispose();
    }
}

using MedRedact.Envelope;
using MedRedact.KeyManagement;

namespace MedRedact.Storage.Tests;

/// <summary>All that keeps data and keys on one machine, over one folder: ring, register, zones, documents, vault, and what deletes.</summary>
internal sealed class FaultStore : IDisposable
{
    public FaultStore(string folder)
    {
        TimeProvider time = TimeProvider.System;
        try
        {
            Ring = new LocalKeyRing(new LocalKeyRingOptions { Home = folder }, time);
            Register = KeyRegister.Open(Path.Combine(folder, "keys", "register.db"), Ring, time, Ring, Ledger);
            Vault = SqliteTokenVault.Open(Path.Combine(folder, "vault", "tokens.db"));
            Home = StorageHome.Open(folder);
            Zones = new FileZoneStore(Home);
            Sealer = new EnvelopeSealer(Register);
            Documents = new EncryptedFileStore(Home, Zones, Sealer, Ring, new PlainEncoder(), time, Register);
            Holds = new LegalHolds(Home, Ledger, time);
            var parts = new RetentionParts(Home, Documents, Zones, Ring, Ledger, Ledger, Holds) { ObjectKeys = Register, Vault = Vault };
            Shredding = new SubjectShredding(parts, time);
            Retention = new DocumentRetention(parts, new RetentionOptions(), time);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public LocalKeyRing Ring { get; }

    public KeyRegister Register { get; } = null!;

    public SqliteTokenVault Vault { get; } = null!;

    public StorageHome Home { get; } = null!;

    public FileZoneStore Zones { get; } = null!;

    public EnvelopeSealer Sealer { get; } = null!;

    public EncryptedFileStore Documents { get; } = null!;

    public LegalHolds Holds { get; } = null!;

    public SubjectShredding Shredding { get; } = null!;

    public DocumentRetention Retention { get; } = null!;

    public LedgerFake Ledger { get; } = new();

    /// <summary>Writes a document with an original in quarantine, puts it under its subject's key, and commits it.</summary>
    public async Task StoreAsync(DocumentId document, SubjectId subject, string text)
    {
        byte[] content = System.Text.Encoding.UTF8.GetBytes(text);
        await QuarantineAsync(document, content);
        await using IRedactedDocumentWriter writer = await Documents.BeginAsync(document, Sample.Tenant);
        await writer.WriteArtifactAsync(StorageZone.Redacted, new ObjectName("page-0001.txt"), content);
        await writer.WriteArtifactAsync(StorageZone.Structured, new ObjectName("record.json"), content);
        await writer.WriteArtifactAsync(StorageZone.Proofs, new ObjectName("salt"), new byte[32]);
        await Register.BindAsync(Sample.Tenant, document, subject);
        await writer.CommitAsync(Sample.Report(document));
    }

    public async Task<Token> TokenizeAsync(string value, SubjectId subject) => await new VaultTokenizer(Vault, Sealer, Ring, TimeProvider.System).TokenizeAsync(
        new(value), PhiCategory.PersonName, Sample.Context with { Subject = subject });

    public async Task<string?> RevealAsync(Token token)
    {
        var detokenizer = new VaultDetokenizer(Vault, Sealer, Ledger, TimeProvider.System, new RevealLimit(1_000_000));
        return (await detokenizer.RevealAsync(token, Sample.Scope, Sample.Grant(TimeProvider.System.GetUtcNow().AddMinutes(5))))?.Reveal();
    }

    /// <summary>The content of an object, straight from its envelope.</summary>
    public async Task<string> OpenAsync(ZoneObject each)
    {
        await using Stream envelope = (await Zones.OpenAsync(each))!;
        await using Stream content = await Sealer.OpenReadAsync(envelope, SealedObjects.ContextOf(each));
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync();
    }

    /// <summary>What a document has in the zones that go with a subject.</summary>
    public async Task<List<ZoneObject>> ObjectsAsync(DocumentId document)
    {
        var found = new List<ZoneObject>();
        foreach (StorageZone zone in SubjectPlan.Zones)
        {
            await foreach (ZoneObject each in Zones.ListAsync(zone, Sample.Tenant, document))
                found.Add(each);
        }

        return found;
    }

    public void Dispose()
    {
        Documents?.Dispose();
        Home?.Dispose();
        Vault?.Dispose();
        Register?.Dispose();
        Ring?.Dispose();
    }

    private async Task QuarantineAsync(DocumentId document, byte[] content)
    {
        var target = new ZoneObject(StorageZone.Quarantine, Sample.Tenant, document, new ObjectName("original"));
        using var envelope = new MemoryStream();
        await using (Stream plain = await Sealer.OpenWriteAsync(envelope, SealedObjects.ContextOf(target)))
            await plain.WriteAsync(content);
        envelope.Position = 0;
        await Zones.PutAsync(target, envelope);
    }
}

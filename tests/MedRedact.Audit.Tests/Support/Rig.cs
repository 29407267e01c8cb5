using MedRedact.Durability;
using MedRedact.Durability.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Audit.Tests;

/// <summary>A ledger on a simulated disk with a clock that stands still.</summary>
internal sealed class Rig : IDisposable
{
    public const string Folder = "/ledger";
    public const string Origin = "clinic.example/audit";

    private readonly bool _ownsKeys;

    public Rig(SimulatedDisk? disk = null, TestKeys? keys = null) => (Disk, Keys, _ownsKeys) = (disk ?? new(), keys ?? new(), keys is null);

    public SimulatedDisk Disk { get; }

    public TestKeys Keys { get; }

    public FakeTimeProvider Time { get; } = new();

    public AuditLedgerOptions Options { get; } = new() { Folder = Folder, Origin = Origin, SegmentSize = 4 << 10 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public AuditLedger NewLedger() => new(Options, Keys, Time, Disk);

    /// <summary>Opens the ledger, appends so many events one after the other, and closes it.</summary>
    public async Task<Rig> WithEventsAsync(int count, int from = 0)
    {
        await using AuditLedger ledger = NewLedger();
        for (int i = from; i < from + count; i++)
            await ledger.AppendAsync(Sample.Event(i), Token);
        return this;
    }

    /// <summary>The ledger's key as others are given it.</summary>
    public VerifierKey Verifier => VerifierKey.Create(Origin, Keys.PublicKey);

    public AuditLedgerSnapshot Snapshot() => AuditLedgerSnapshot.Open(new(Folder, Disk), [Verifier], Token);

    public AuditVerificationReport Verify(AuditVerificationOptions? options = null) =>
        AuditLedgerVerifier.Verify(new(Folder, Disk), Keys.PublicKey, options ?? new(), Token);

    public async Task<List<AuditRecord>> ReadAsync(long from = 0)
    {
        var records = new List<AuditRecord>();
        await foreach (AuditRecord record in AuditLedgerReader.ReadAsync(new(Folder, Disk), from, size: null, Token))
            records.Add(record);
        return records;
    }

    /// <summary>The files of the ledger by their full names, without the lock.</summary>
    public IEnumerable<string> Files() => Disk.List(Folder).Where(e => e.Name != "lock").Select(e => $"{Folder}/{e.Name}");

    public IEnumerable<string> Segments() => Files().Where(f => f.EndsWith(".segment", StringComparison.Ordinal));

    public byte[] Read(string file) => Disk.ReadAllBytes(file);

    /// <summary>A copy of the ledger's folder as it stands, to be tampered with.</summary>
    public Rig Copy()
    {
        var copy = new Rig(keys: Keys);
        DurableDirectory.Create(Folder, copy.Disk);
        foreach (string file in Files())
            copy.Disk.Plant(file, Read(file));
        return copy;
    }

    public void Dispose()
    {
        if (_ownsKeys)
            Keys.Dispose();
    }
}

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

    /// <param name="disk">The disk; a new one by default.</param>
    /// <param name="keys">The ledger's key; a new one by default.</param>
    /// <param name="anchored">Whether there are a checkpoint store and a witness, in folders of their own on the same disk.</param>
    public Rig(SimulatedDisk? disk = null, TestKeys? keys = null, bool anchored = false)
    {
        (Disk, Keys, _ownsKeys) = (disk ?? new(), keys ?? new(), keys is null);
        if (!anchored)
            return;
        Options.CheckpointFolder = Store;
        Witnesses = [NewWitness()];
    }

    public const string Store = "/checkpoints";
    public const string Witness = "/witness";
    public const string WitnessName = "witness.example/w1";

    /// <summary>The witness's key; it guards nothing.</summary>
    public static TestKeys WitnessKeys { get; } = new();

    public IReadOnlyList<IWitness> Witnesses { get; set; } = [];

    public bool IsAnchored => Options.CheckpointFolder is not null;

    public FileWitness NewWitness(string folder = Witness, string name = WitnessName, TestKeys? keys = null) =>
        new(folder, name, keys ?? WitnessKeys, [Verifier], Time, Disk);

    /// <summary>The same ledger, store and witness on the disk that a power cut leaves.</summary>
    public Rig AfterPowerCut(Survival survival) => new(Disk.AfterPowerCut(survival), Keys, IsAnchored);

    /// <summary>What the checkpoint store holds.</summary>
    public async Task<AuditCheckpoint?> StoredAsync() =>
        await new FileCheckpointStore(Store, Time, Disk).FindAsync(Origin, Token) is { } note ? AuditCheckpoint.Open(note, Keys.PublicKey) : null;

    /// <summary>The file of the checkpoint store.</summary>
    public string StoredFile() => Disk.List(Store).Where(entry => entry.Name.EndsWith(".checkpoint", StringComparison.Ordinal)).Select(entry => $"{Store}/{entry.Name}").Single();

    /// <summary>The files of the ledger as they stand.</summary>
    public Dictionary<string, byte[]> Save() => Files().ToDictionary(file => file, Read);

    /// <summary>Puts the ledger's folder back to files saved earlier; store and witness stay as they are.</summary>
    public void PutBack(Dictionary<string, byte[]> saved)
    {
        foreach (string file in Files().ToArray())
            Disk.Remove(file);
        foreach ((string file, byte[] bytes) in saved)
            Disk.Plant(file, bytes);
    }

    public SimulatedDisk Disk { get; }

    public TestKeys Keys { get; }

    public FakeTimeProvider Time { get; } = new();

    public AuditLedgerOptions Options { get; } = new() { Folder = Folder, Origin = Origin, SegmentSize = 4 << 10 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public AuditLedger NewLedger() => new(Options, Keys, Time, Disk, witnesses: Witnesses);

    /// <summary>Opens the ledger, appends so many events one after the other, and closes it.</summary>
    public async Task<Rig> WithEventsAsync(int count, int from = 0)
    {
        await using AuditLedger ledger = NewLedger();
        for (int i = from; i < from + count; i++)
            await ledger.AppendAsync(Sample.Event(i), Token);
        return this;
    }

    /// <summary>Puts files of a ledger on a disk that has none.</summary>
    public void PutBackInto(Dictionary<string, byte[]> saved)
    {
        DurableDirectory.Create(Folder, Disk);
        PutBack(saved);
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

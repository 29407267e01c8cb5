namespace MedRedact.Audit;

/// <summary>Where the audit ledger lies and how it behaves. Checked when the host starts and copied when the ledger opens.</summary>
public sealed class AuditLedgerOptions
{
    internal const int LargestSegment = 256 << 20;

    /// <summary>The ledger's folder, created when it is missing (mode 0700). One writer a folder. Required.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The ledger's name in its checkpoints, e.g. <c>clinic.example/audit</c>: no white space, no plus sign, and no other ledger
    /// bears it. <see langword="null"/>: a random one is made when the ledger is created, and kept.</summary>
    public string? Origin { get; set; }

    /// <summary>The purpose under which the signing key is asked for.</summary>
    public KeyPurpose SigningPurpose { get; set; } = new("ledger-signing");

    /// <summary>Public keys (SubjectPublicKeyInfo) that signed before the present one: after a key rotation the ledger opens once
    /// under its old key and signs anew. Remove them then: until that is done, who holds an old key can sign for the ledger.</summary>
    public IList<ReadOnlyMemory<byte>> FormerPublicKeys { get; } = [];

    /// <summary>How often a checkpoint is signed and published while events come. An event is durable and in the tree when it is
    /// acknowledged; after this time it is under a signature too. 10 ms to 1 hour.</summary>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long events may stand without a signed checkpoint before appending is refused (<c>MR-AUD-006</c>).
    /// At least <see cref="CheckpointInterval"/>.</summary>
    public TimeSpan MaxCheckpointDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many events may wait for the disk before further ones are refused (<c>MR-AUD-003</c>). 1 to 1,000,000.</summary>
    public int QueueCapacity { get; set; } = 16_384;

    /// <summary>The size at which a segment is sealed and the next one begins, in bytes. 4 KiB to 256 MiB.</summary>
    public int SegmentSize { get; set; } = 16 << 20;

    /// <summary>Where the signed summaries of finished segments lie, by which the next opening need not read these; not in the ledger's folder. They are no evidence and may be lost while the ledger is closed.
    /// <see langword="null"/>: beside it, <c>-seals</c> added to its name.</summary>
    public string? SealFolder { get; set; }

    /// <summary>Whether an opening reads every event, also of segments that have a seal. By default it reads those of the newest segment and of others without a seal, and of the others
    /// checks signed roots, headers and lengths; what was changed within a sealed segment is then found by reading again while the ledger is open (<see cref="VerificationCycle"/>),
    /// by <see cref="AuditLedgerVerifier"/>, or by a proof.</summary>
    public bool ReadAllOnOpening { get; set; }

    /// <summary>A folder for the checkpoint store (<see cref="FileCheckpointStore"/>): outside the ledger's folder, best on another machine. Against it a ledger that was put
    /// back or forked is refused. It needs <see cref="Origin"/>. <see langword="null"/>: no store, unless an <see cref="ICheckpointStore"/> is registered.</summary>
    public string? CheckpointFolder { get; set; }

    /// <summary>Where evidence of a fork or a roll-back is written; not in the ledger's folder. <see langword="null"/>: beside it, <c>-evidence</c> added to its name.</summary>
    public string? EvidenceFolder { get; set; }

    /// <summary>How many of the registered witnesses (<see cref="IWitness"/>) must have cosigned a checkpoint before it counts as witnessed. <see langword="null"/>: all of them.
    /// Checked when the ledger opens.</summary>
    public int? RequiredWitnesses { get; set; }

    /// <summary>How long a witness may take to answer. 10 ms to 1 minute.</summary>
    public TimeSpan WitnessPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long events may stand without a witnessed checkpoint before appending is refused (<c>MR-AUD-011</c>), where there are witnesses.
    /// At least <see cref="CheckpointInterval"/>. Meanwhile appending goes on: what is acknowledged is durable and signed.</summary>
    public TimeSpan MaxUnwitnessedDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>In what time the ledger reads all its events again while it is in use, in 1,440 shares; damage is recorded and closes it to appends (<c>MR-AUD-012</c>).
    /// 1 minute to 366 days; <see cref="Timeout.InfiniteTimeSpan"/>: only openings read.</summary>
    public TimeSpan VerificationCycle { get; set; } = TimeSpan.FromDays(1);

    internal string EvidencePath => EvidenceFolder ?? Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder)) + "-evidence";

    internal string SealPath => SealFolder ?? Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder)) + "-seals";

    internal string? Check() => this switch
    {
        { Folder: null or "" } => "AuditLedgerOptions.Folder is required.",
        { Origin: { } origin } when origin.Length > 200 || !SignedNote.IsName(origin) =>
            "AuditLedgerOptions.Origin is 1 to 200 characters without white space and plus sign.",
        { CheckpointInterval.Ticks: < 10 * TimeSpan.TicksPerMillisecond or > TimeSpan.TicksPerHour } =>
            "AuditLedgerOptions.CheckpointInterval is 10 ms to 1 hour.",
        _ when MaxCheckpointDelay < CheckpointInterval => "AuditLedgerOptions.MaxCheckpointDelay is at least CheckpointInterval.",
        { QueueCapacity: < 1 or > 1_000_000 } => "AuditLedgerOptions.QueueCapacity is 1 to 1,000,000.",
        { CheckpointFolder: not null, Origin: null } => "AuditLedgerOptions.Origin is required with a checkpoint store.",
        { CheckpointFolder: { } store } when store.Length == 0 || IsInside(store, Folder) => "AuditLedgerOptions.CheckpointFolder is a folder outside the ledger's.",
        { EvidenceFolder: { } evidence } when evidence.Length == 0 || IsInside(evidence, Folder) => "AuditLedgerOptions.EvidenceFolder is a folder outside the ledger's.",
        { SealFolder: { } seals } when seals.Length == 0 || IsInside(seals, Folder) => "AuditLedgerOptions.SealFolder is a folder outside the ledger's.",
        { RequiredWitnesses: < 1 or > SignedNote.MaxSignatures - 1 } => "AuditLedgerOptions.RequiredWitnesses is 1 to 15.",
        _ when WitnessPatience < TimeSpan.FromMilliseconds(10) || WitnessPatience > TimeSpan.FromMinutes(1) => "AuditLedgerOptions.WitnessPatience is 10 ms to 1 minute.",
        _ when MaxUnwitnessedDelay < CheckpointInterval => "AuditLedgerOptions.MaxUnwitnessedDelay is at least CheckpointInterval.",
        _ when VerificationCycle != Timeout.InfiniteTimeSpan && (VerificationCycle < TimeSpan.FromMinutes(1) || VerificationCycle > TimeSpan.FromDays(366)) =>
            "AuditLedgerOptions.VerificationCycle is 1 minute to 366 days, or infinite.",
        { SegmentSize: < 4 << 10 or > LargestSegment } => "AuditLedgerOptions.SegmentSize is 4 KiB to 256 MiB.",
        _ => null,
    };

    private static bool IsInside(string folder, string ledger)
    {
        string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + Path.DirectorySeparatorChar;
        return Full(folder).StartsWith(Full(ledger), StringComparison.Ordinal);
    }

    internal AuditLedgerOptions Copy()
    {
        var copy = (AuditLedgerOptions)MemberwiseClone();
        return Check() is { } wrong ? throw new ArgumentException(wrong) : copy;
    }
}

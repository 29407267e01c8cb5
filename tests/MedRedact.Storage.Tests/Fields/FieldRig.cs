using MedRedact.Durability.Simulation;
using MedRedact.Envelope;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Storage.Tests;

/// <summary>Erasable fields on a disk that may fail, beside a ledger in memory.</summary>
internal sealed class FieldRig(SimulatedDisk? disk = null)
{
    public const string Root = "/fields";

    public static readonly ActorId Officer = new("officer-1");

    public SimulatedDisk Disk { get; } = disk ?? new();

    public LedgerFake Ledger { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero));

    public IObjectSealer Sealer { get; init; } = new EnvelopeSealer(Machine.KeyRing);

    public ErasableFieldFiles Fields => new(Root, Sealer, Ledger, Time, Disk);

    /// <summary>The same folder on the disk that a power cut leaves.</summary>
    public FieldRig AfterPowerCut(Survival survival) => new(Disk.AfterPowerCut(survival));

    public static ErasableField Field(DocumentId? document, string name = "words") => new(Sample.Tenant, document, name);

    public static FieldCommitment CommitmentOf(AuditField field) => FieldCommitment.TryRead(field, out FieldCommitment commitment) ? commitment : throw new ArgumentException("No digest.", nameof(field));

    public AccessGrant Grant(DocumentId? document) => Sample.Grant(Time.GetUtcNow().AddMinutes(5), AccessAction.RevealAuditField, document: document);

    public async Task<AuditField> CommitAsync(string value, DocumentId? document, string name = "words") => await Fields.CommitAsync(Field(document, name), Phi.Of(value));

    /// <summary>The value, <see langword="null"/> for none, or the fault's code.</summary>
    public async Task<string?> RevealAsync(AuditField field, DocumentId? document)
    {
        try
        {
            FieldOpening? opening = await Fields.RevealAsync(CommitmentOf(field), Grant(document));
            Assert.True(opening?.Opens(field) ?? true, "what comes back does not open the commitment");
            return opening?.Value.Reveal();
        }
        catch (MedRedactException fault)
        {
            return fault.Code.Value;
        }
    }

    public async Task<int> EraseAsync(DocumentId? document, params AuditField[] fields) =>
        await Fields.EraseAsync(Sample.Tenant, document, [.. fields.Select(CommitmentOf)], Officer);

    /// <summary>Every file below the folder.</summary>
    public IEnumerable<string> Files(string folder = Root) => !Disk.Exists(folder) ? [] :
        from entry in Disk.List(folder)
        from path in entry.IsDirectory ? Files($"{folder}/{entry.Name}") : [$"{folder}/{entry.Name}"]
        select path;
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace MedRedact.Storage;

/// <summary>How far the shredding of a subject has come. The zero value has touched nothing.</summary>
internal enum ShredStage
{
    /// <summary>What would go is written down; a hold still stops everything.</summary>
    Planned = 0,

    /// <summary>The ledger knows. A hold still stops everything until the key is destroyed.</summary>
    Begun,

    /// <summary>The subject's key is destroyed: nothing of it opens any more.</summary>
    KeyDestroyed,

    /// <summary>The values behind its tokens are gone too.</summary>
    ValuesPurged,

    /// <summary>The bytes of its documents are gone.</summary>
    Erased,

    /// <summary>The certificate is written; the ledger may know it.</summary>
    Certified,
}

/// <summary>An object that goes with a subject.</summary>
internal sealed record SubjectObjectFields(Guid Document, string Zone, string Name, long Bytes, string Sha256);

/// <summary>The shredding of a subject under way: everything that the next process needs to finish it.</summary>
internal sealed record SubjectPlan(
    string Subject,
    string Tenant,
    string Actor,
    ImmutableArray<Guid> Documents,
    ImmutableArray<SubjectObjectFields> Objects,
    ShredStage Stage = ShredStage.Planned,
    long? Sequence = null,
    string? Leaf = null,
    int Tokens = 0,
    bool Turned = false,
    DateTimeOffset? ClosedAt = null,
    DateTimeOffset? ShreddedAt = null)
{
    /// <summary>The zones whose keys are under a subject's. Proofs are not: evidence outlives the data it is about.</summary>
    public static ImmutableArray<StorageZone> Zones { get; } = [StorageZone.Quarantine, StorageZone.Redacted, StorageZone.Structured];

    public SubjectId SubjectId => new(ReportFields.ReadDigest(Subject));

    public TenantId TenantId => new(Tenant);

    public ActorId ActorId => new(Actor);

    public IEnumerable<DocumentId> DocumentIds => Documents.Select(each => new DocumentId(each));

    /// <summary>The digest of what is to go, as it was planned: the same at every stage.</summary>
    public Digest256 Digest() => Digest256.From(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        this with { Stage = ShredStage.Planned, Sequence = null, Leaf = null, Tokens = 0, Turned = false, ClosedAt = null, ShreddedAt = null }, StorageJson.Default.SubjectPlan)));
}

/// <summary>The shreddings under way, a file each.</summary>
internal sealed class SubjectPlans(RetentionFiles files)
{
    private const string Folder = "shredding";

    public IReadOnlyList<SubjectPlan> Find(TenantId tenant) => [.. files.Names(files.FolderOf(tenant, Folder)).Select(name => Read(tenant, name)).OfType<SubjectPlan>()];

    public SubjectPlan? Find(TenantId tenant, SubjectId subject) => Read(tenant, subject.ToString());

    public SubjectPlan Save(SubjectPlan plan)
    {
        files.Write(files.FileOf(plan.TenantId, Folder, plan.Subject), RetentionFileKind.SubjectPlan, plan, StorageJson.Default.SubjectPlan);
        return plan;
    }

    public void Forget(SubjectPlan plan) => files.Delete(files.FileOf(plan.TenantId, Folder, plan.Subject));

    private SubjectPlan? Read(TenantId tenant, string name)
    {
        SubjectPlan? plan = files.Find(files.FileOf(tenant, Folder, name), RetentionFileKind.SubjectPlan, StorageJson.Default.SubjectPlan);
        return plan is null || (plan.Subject == name && plan.Tenant == tenant.Value) ? plan : throw RetentionFaults.Refuse(RetentionFaults.BrokenFile);
    }
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace MedRedact.Storage;

/// <summary>How far a deletion has come. The zero value has touched nothing.</summary>
internal enum DeletionStage
{
    /// <summary>What would go is written down; a hold still stops everything.</summary>
    Planned = 0,

    /// <summary>The ledger knows. A hold still stops everything until the keys are destroyed.</summary>
    Begun,

    /// <summary>The keys are destroyed: there is no way back, and no point in keeping the bytes.</summary>
    KeysDestroyed,

    /// <summary>The bytes are gone.</summary>
    Erased,

    /// <summary>The certificate is written; the ledger may know it.</summary>
    Certified,
}

/// <summary>A deletion under way: everything that the next process needs to finish it.</summary>
internal sealed record DeletionPlan(
    Guid Document,
    string Tenant,
    ImmutableArray<string> Zones,
    ImmutableArray<CommittedObjectFields> Objects,
    string Policy,
    string PolicyName,
    DateTimeOffset Start,
    DateTimeOffset Due,
    DateTimeOffset Trusted,
    DeletionStage Stage = DeletionStage.Planned,
    long? Sequence = null,
    string? Leaf = null,
    int? Keys = null,
    bool Turned = false,
    DateTimeOffset? DeletedAt = null)
{
    public DocumentId Id => new(Document);

    public TenantId TenantId => new(Tenant);

    public PolicyHash PolicyHash => new(ReportFields.ReadDigest(Policy));

    public ImmutableArray<StorageZone> ZoneSet => [.. Zones.Select(Enum.Parse<StorageZone>)];

    /// <summary>The digest of what is to go, as it was planned: the same at every stage.</summary>
    public Digest256 Digest() => Digest256.From(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        this with { Stage = DeletionStage.Planned, Sequence = null, Leaf = null, Keys = null, Turned = false, DeletedAt = null }, StorageJson.Default.DeletionPlan)));
}

/// <summary>The deletions under way, a file each.</summary>
internal sealed class DeletionPlans(RetentionFiles files)
{
    private const string Folder = "deleting";

    public IReadOnlyList<DeletionPlan> Find(TenantId tenant) =>
        [.. files.Names(files.FolderOf(tenant, Folder)).Select(name => Find(tenant, RetentionFiles.DocumentOf(name))).OfType<DeletionPlan>()];

    public DeletionPlan? Find(TenantId tenant, DocumentId document)
    {
        DeletionPlan? plan = files.Find(PathOf(tenant, document), RetentionFileKind.Plan, StorageJson.Default.DeletionPlan);
        return plan is null || (plan.Id == document && plan.Tenant == tenant.Value) ? plan : throw RetentionFaults.Refuse(RetentionFaults.BrokenFile);
    }

    public DeletionPlan Save(DeletionPlan plan)
    {
        files.Write(PathOf(plan.TenantId, plan.Id), RetentionFileKind.Plan, plan, StorageJson.Default.DeletionPlan);
        return plan;
    }

    public void Forget(DeletionPlan plan) => files.Delete(PathOf(plan.TenantId, plan.Id));

    private string PathOf(TenantId tenant, DocumentId document) => files.FileOf(tenant, Folder, RetentionFiles.NameOf(document));
}

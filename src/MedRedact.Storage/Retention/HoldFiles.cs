using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>The legal holds of a home, a file each.</summary>
internal sealed class HoldFiles(RetentionFiles files)
{
    private const string Folder = "holds";

    public ImmutableArray<LegalHold> List(TenantId tenant)
    {
        string folder = files.FolderOf(tenant, Folder);
        return [.. files.Names(folder).Select(name => Find(Path.Combine(folder, name + RetentionFiles.Suffix))).OfType<LegalHold>()];
    }

    public LegalHold? Find(string path)
    {
        LegalHold? hold = files.Find(path, RetentionFileKind.Hold, StorageJson.Default.HoldFields)?.ToHold();

        // A hold under the name of another would cover something else than it seems to.
        return hold is null || PathOf(hold.Tenant, hold.Target, hold.Reason) == path ? hold : throw RetentionFaults.Refuse(RetentionFaults.BrokenFile);
    }

    public void Write(LegalHold hold) =>
        files.Write(PathOf(hold.Tenant, hold.Target, hold.Reason), RetentionFileKind.Hold, HoldFields.Of(hold), StorageJson.Default.HoldFields);

    public string PathOf(TenantId tenant, HoldTarget target, LegalHoldReason reason)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentException.ThrowIfNullOrEmpty(reason.Value, nameof(reason));
        string covered = target switch
        {
            HoldTarget.OfDocument one => "d-" + RetentionFiles.NameOf(one.Document),
            HoldTarget.OfSubject all => "s-" + all.Subject,
            _ => throw new ArgumentException("A hold covers a document or a subject.", nameof(target)),
        };
        return files.FileOf(tenant, Folder, $"{covered}.{reason}");
    }
}

/// <summary>A hold as JSON: of a document or of a subject.</summary>
internal sealed record HoldFields(string Tenant, string Reason, string Actor, DateTimeOffset At, Guid? Document = null, string? Subject = null)
{
    public static HoldFields Of(LegalHold hold) => new(
        hold.Tenant.Value, hold.Reason.Value, hold.Actor.Value, hold.At,
        (hold.Target as HoldTarget.OfDocument)?.Document.Value,
        (hold.Target as HoldTarget.OfSubject)?.Subject.ToString());

    public LegalHold ToHold()
    {
        try
        {
            HoldTarget target = Document is { } document ? new HoldTarget.OfDocument(new DocumentId(document))
                : Digest256.TryParse(Subject, out Digest256 subject) ? new HoldTarget.OfSubject(new SubjectId(subject))
                : throw new FormatException();
            return new(new TenantId(Tenant), target, new LegalHoldReason(Reason), new ActorId(Actor), At);
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            throw RetentionFaults.Refuse(RetentionFaults.BrokenFile);
        }
    }
}

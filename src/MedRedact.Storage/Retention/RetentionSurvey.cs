using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>A document of which something is due.</summary>
internal sealed record DueDocument(RetainedDocument Document, ImmutableArray<StorageZone> Zones, DateTimeOffset At);

/// <summary>What a look over all zones found.</summary>
/// <param name="Known">Every document that is there.</param>
/// <param name="Due">Those of which something is due.</param>
/// <param name="Unreadable">Those whose commit cannot be read, so that it is not known which rules are theirs.</param>
internal sealed record Survey(RetainedDocuments Known, ImmutableArray<DueDocument> Due, ImmutableArray<RetentionDecision> Unreadable);

/// <summary>Looks over the zones of a tenant and says what is due.</summary>
internal sealed class RetentionSurvey(RetentionFiles files, EncryptedFileStore documents, IZoneStore zones, RetentionPolicy policy, QualityMarks marks)
{
    private static readonly StorageZone[] All = [StorageZone.Quarantine, StorageZone.Redacted, StorageZone.Structured, StorageZone.Proofs];

    public async ValueTask<Survey> MakeAsync(TenantId tenant, ClockState now, CancellationToken cancellationToken)
    {
        RetainedDocuments? before = files.Find(PathOf(tenant), RetentionFileKind.Documents, StorageJson.Default.RetainedDocuments);
        Dictionary<Guid, RetainedDocument> known = before?.Documents.ToDictionary(each => each.Document) ?? [];
        var here = ImmutableArray.CreateBuilder<RetainedDocument>();
        var due = ImmutableArray.CreateBuilder<DueDocument>();
        var unreadable = ImmutableArray.CreateBuilder<RetentionDecision>();
        foreach ((Guid id, HashSet<StorageZone> has) in await ListAsync(tenant, cancellationToken))
        {
            RetainedDocument document = known.GetValueOrDefault(id) ?? RetainedDocument.Of(new DocumentId(id), before is null, now.Trusted, now.Wall);
            try
            {
                document = await CommittedAsync(tenant, document, cancellationToken);
            }
            catch (MedRedactException fault)
            {
                here.Add(document);
                unreadable.Add(new(document.Id, [.. has], RetentionOutcome.Failed, fault.Code));
                continue;
            }

            // Content that was out of reach for a time, or was put back, is content: the period of the proofs begins when it is gone again.
            if (document.Committed)
                document = document with { ContentGone = has.SetEquals([StorageZone.Proofs]) ? document.ContentGone ?? Later(now) : null };
            here.Add(document);
            if (Judge(tenant, document, has, now) is { } found)
                due.Add(found);
        }

        return new(new(now.Trusted, here.ToImmutable()), due.ToImmutable(), unreadable.ToImmutable());
    }

    public void Save(TenantId tenant, RetainedDocuments known) =>
        files.Write(PathOf(tenant), RetentionFileKind.Documents, known, StorageJson.Default.RetainedDocuments);

    /// <summary>Moves the beginnings that were written down while trusted time lagged behind: what is made up for now must not make those documents older than they are.</summary>
    public void Postpone(DateTimeOffset since, TimeSpan lag)
    {
        foreach (TenantId tenant in files.Tenants())
        {
            if (files.Find(PathOf(tenant), RetentionFileKind.Documents, StorageJson.Default.RetainedDocuments) is { } known)
                Save(tenant, known with { Documents = [.. known.Documents.Select(each => each.Postponed(since, lag))] });
        }
    }

    private static DateTimeOffset Later(ClockState now) => now.Trusted > now.Wall ? now.Trusted : now.Wall;

    private string PathOf(TenantId tenant) => files.FileOf(tenant, "documents");

    private async ValueTask<Dictionary<Guid, HashSet<StorageZone>>> ListAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, HashSet<StorageZone>>();
        foreach (StorageZone zone in All)
        {
            await foreach (ZoneObject each in zones.ListAsync(zone, tenant, null, cancellationToken))
            {
                if (!found.TryGetValue(each.Document.Value, out HashSet<StorageZone>? has))
                    found[each.Document.Value] = has = [];
                has.Add(zone);
            }
        }

        return found;
    }

    private async ValueTask<RetainedDocument> CommittedAsync(TenantId tenant, RetainedDocument document, CancellationToken cancellationToken) =>
        document.Committed || await documents.FindAsync(document.Id, tenant, cancellationToken) is not { } record
            ? document
            : document with { Committed = true, Type = record.Report.DocumentType?.Value };

    /// <summary>Of a document that was never committed only the quarantine is ours: what lies elsewhere is being written, or is swept by the store.</summary>
    private DueDocument? Judge(TenantId tenant, RetainedDocument document, HashSet<StorageZone> has, ClockState now)
    {
        var zonesDue = ImmutableArray.CreateBuilder<StorageZone>();
        DateTimeOffset latest = default;
        foreach (StorageZone zone in All.Where(zone => has.Contains(zone) && (document.Committed || zone == StorageZone.Quarantine)))
        {
            if (policy.RuleFor(zone, document.DocumentType) is not { } rule
                || (zone == StorageZone.Proofs ? document.ContentGone : document.Start) is not { } start
                || rule.Keep.EndOf(start) is not { } end
                || end > now.Wall || end > now.Trusted
                || (rule.UntilQualityAssured && !marks.Has(tenant, document.Id)))
            {
                continue;
            }

            zonesDue.Add(zone);
            latest = end > latest ? end : latest;
        }

        return zonesDue.Count > 0 ? new(document, zonesDue.ToImmutable(), latest) : null;
    }
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MedRedact.Diagnostics;
using MedRedact.Extraction;
using MedRedact.Manifests;
using MedRedact.Packing;

namespace MedRedact.Ingestion;

/// <summary>The end of the flow: stage the clean pages, write and sign the manifest, record the outcome durably, and only then make the document visible.</summary>
internal sealed class IngestionCommit(CompiledPipeline pipeline, ManifestSignature signature, TimeProvider time)
{
    private const int PagesSentTogether = 64;
    private static readonly ObjectName ManifestName = new("manifest.json");
    private static readonly ObjectName SignatureName = new("manifest.sig");
    private static readonly ObjectName RecordName = new("record.json");
    private static readonly ObjectName SaltName = new("salt");

    /// <summary>Consumes a run into the store.</summary>
    public async ValueTask<IngestionReport> CommitAsync(
        IngestionRequest request, QuarantinedDocument received, Inspection inspection, DocumentRun run, CancellationToken cancellationToken)
    {
        var salt = new PageSalt();
        var pages = ImmutableArray.CreateBuilder<PageManifest>();
        var record = new ClinicalRecordBuilder(received.Id);
        var names = new NameTable();
        using var pack = new PackWriter();
        IRedactedDocumentWriter writer = await pipeline.Store.BeginAsync(received.Id, request.Tenant, cancellationToken);
        try
        {
            await foreach (FinishedPage page in run.PagesAsync(cancellationToken))
            {
                using (page)
                    pages.Add(await StageAsync(writer, page, PackedMarks.Of(page.Marks, names, pack), record, salt, cancellationToken));
            }

            DocumentManifest manifest = Manifest(received, inspection, run.DocumentType, pages.ToImmutable());
            if (manifest.Verdict != DocumentVerdict.Released)
            {
                // Nothing that was staged may become visible: the writer is dropped, and a new one carries the manifest alone.
                await writer.DisposeAsync();
                writer = await pipeline.Store.BeginAsync(received.Id, request.Tenant, cancellationToken);
                manifest = manifest with { Pages = [.. manifest.Pages.Select(page => KeptInside(page, manifest.Verdict))] };
            }
            else if (!pipeline.Extractors.IsEmpty)
            {
                manifest = manifest with
                {
                    Record = await WriteAsync(writer, RecordName, stream => ClinicalRecordJson.WriteAsync(record.Build(), stream, cancellationToken), cancellationToken),
                };
            }

            await run.ThrowIfShreddedAsync(cancellationToken);
            return await SealAsync(request, received, writer, manifest, salt, cancellationToken);
        }
        finally
        {
            await writer.DisposeAsync();
        }
    }

    /// <summary>Records a rejection, with a manifest of its own.</summary>
    public async ValueTask<IngestionReport> RejectAsync(
        IngestionRequest request, QuarantinedDocument received, OpenedDocument opened, CancellationToken cancellationToken)
    {
        DocumentManifest manifest = Manifest(received, opened.Inspection, type: null, []) with
        {
            Verdict = DocumentVerdict.Rejected,
            Rejection = opened.Inspection.Rejection,
        };
        await using IRedactedDocumentWriter writer = await pipeline.Store.BeginAsync(received.Id, request.Tenant, cancellationToken);
        IngestionReport report = await SealAsync(request, received, writer, manifest, salt: null, cancellationToken);
        return report with { Remedy = opened.Inspection.Remedy ?? PipelineFaults.RemedyOf(report.Rejection?.Value ?? "") };
    }

    /// <summary>Records the refusal of a document of which nothing was kept.</summary>
    public async ValueTask<IngestionReport> RefuseAsync(
        IngestionRequest request, DocumentId document, IntakeResult refused, CancellationToken cancellationToken)
    {
        RejectionCode reason = refused.Refusal!.Value;
        var trail = new AuditTrail(pipeline.Audit, time, request, document, pipeline.Policy.Hash);
        AuditReceipt receipt = await trail.RejectedAsync(reason, manifest: null, cancellationToken);
        Telemetry.Document(DocumentVerdict.Rejected);
        return new IngestionReport(document, DocumentVerdict.Rejected, [], FindingTally.Empty, pipeline.Policy.Hash, receipt)
        {
            Rejection = reason,
            Remedy = refused.Remedy,
        };
    }

    /// <summary>What the ledger says of a page that is streamed to the caller; salted with a salt that nobody keeps.</summary>
    public static PageOutcomeRecord Record(FinishedPage page)
    {
        var salt = new PageSalt();
        return new PageOutcomeRecord(
            page.Page, page.Verdict, page.Reason, page.Marks.Length,
            page.Before is { } before ? salt.Commit(before) : default,
            page.After is { } after ? salt.Commit(after) : default);
    }

    private static async ValueTask<PageManifest> StageAsync(
        IRedactedDocumentWriter writer, FinishedPage page, PackedMarks marks, ClinicalRecordBuilder record, PageSalt salt, CancellationToken cancellationToken)
    {
        var manifest = new PageManifest(page.Page, page.Verdict, page.Reason)
        {
            Size = page.Size,
            Marks = marks,
            Layers = page.Layers,
            Before = page.Before is { } before ? salt.Commit(before) : null,
            After = page.After is { } after ? salt.Commit(after) : null,
        };
        if (page is not { Verdict: PageVerdict.Released, Content: { } content })
            return manifest;

        foreach ((IFieldExtractor extractor, ImmutableArray<ExtractedField> fields) in page.Extracted)
            record.Add(content, extractor, fields);
        return manifest with
        {
            Image = await writer.WriteAsync(content, cancellationToken),
            Text = Digest256.From(SHA256.HashData(Encoding.UTF8.GetBytes(content.Text.Text.Value))),
        };
    }

    private async ValueTask<IngestionReport> SealAsync(
        IngestionRequest request, QuarantinedDocument received, IRedactedDocumentWriter writer, DocumentManifest manifest, PageSalt? salt,
        CancellationToken cancellationToken)
    {
        Digest256 digest = await WriteAsync(writer, ManifestName, stream => ManifestJson.WriteAsync(manifest, stream, cancellationToken), cancellationToken);
        await writer.WriteArtifactAsync(StorageZone.Structured, SignatureName, await signature.SignAsync(received.Id, digest, cancellationToken), cancellationToken);
        if (salt is not null)
            await writer.WriteArtifactAsync(StorageZone.Proofs, SaltName, salt.Value, cancellationToken);

        AuditReceipt receipt = await RecordAsync(request, received, manifest, digest, cancellationToken);
        var report = new IngestionReport(
            received.Id,
            manifest.Verdict,
            [.. manifest.Pages.Select(page => new PageReport(page.Page, page.Verdict, page.Reason))],
            Tally(manifest),
            pipeline.Policy.Hash,
            receipt)
        {
            Rejection = manifest.Rejection,
            Manifest = digest,
            DocumentType = manifest.DocumentType,
        };
        await writer.CommitAsync(report, CancellationToken.None);
        Telemetry.Document(report.Verdict);
        return report;
    }

    /// <summary>Writes a file and hashes it on the way: what the ledger says of it is the core's own word, and not that of a store.</summary>
    private static async ValueTask<Digest256> WriteAsync(
        IRedactedDocumentWriter writer, ObjectName name, Func<Stream, ValueTask> write, CancellationToken cancellationToken)
    {
        using var sha256 = SHA256.Create();
        await writer.WriteArtifactAsync(
            StorageZone.Structured,
            name,
            async stream =>
            {
                await using var hashed = new CryptoStream(stream, sha256, CryptoStreamMode.Write, leaveOpen: true);
                await write(hashed);
            },
            cancellationToken);
        return Digest256.From(sha256.Hash!);
    }

    private async ValueTask<AuditReceipt> RecordAsync(
        IngestionRequest request, QuarantinedDocument received, DocumentManifest manifest, Digest256 digest, CancellationToken cancellationToken)
    {
        var trail = new AuditTrail(pipeline.Audit, time, request, received.Id, pipeline.Policy.Hash);
        if (manifest.Rejection is { } rejection)
            return await trail.RejectedAsync(rejection, digest, cancellationToken);

        // Sent together so that the ledger makes them durable together; awaited one by one so that each failure stops the release.
        foreach (PageManifest[] batch in manifest.Pages.Chunk(PagesSentTogether))
        {
            List<ValueTask<AuditReceipt>> pages = [.. batch.Select(page => trail.PageAsync(Record(page, manifest.Verdict), cancellationToken))];
            foreach (ValueTask<AuditReceipt> page in pages)
                await page;
        }

        HoldReason? reason = manifest.Pages.Where(page => page.Verdict == WorstPage(manifest)).Select(page => page.Reason).FirstOrDefault();
        return await trail.DocumentAsync(
            manifest.Verdict, reason ?? PipelineFaults.IncompleteDocument, digest, manifest.Pages.Length, manifest.Pages.Sum(page => page.Marks.Count),
            cancellationToken);
    }

    /// <summary>A clean page of a document that stays inside is not released either.</summary>
    private static PageOutcomeRecord Record(PageManifest page, DocumentVerdict verdict)
    {
        Telemetry.Page(page.Verdict, page.Reason);
        bool released = verdict == DocumentVerdict.Released && page.Verdict == PageVerdict.Released;
        return new PageOutcomeRecord(
            page.Page,
            released || page.Verdict != PageVerdict.Released ? page.Verdict : PageVerdict.Withheld,
            page.Reason ?? PipelineFaults.IncompleteDocument,
            page.Marks.Count, page.Before ?? default, page.After ?? default);
    }

    private DocumentManifest Manifest(QuarantinedDocument received, Inspection inspection, DocumentType? type, ImmutableArray<PageManifest> pages) => new()
    {
        Document = received.Id,
        Verdict = DocumentRule.VerdictOf([.. pages.Select(page => page.Verdict)], pipeline.Policy),
        DocumentType = type,
        Policy = pipeline.Policy.Name,
        PolicyHash = pipeline.Policy.Hash,
        Versions = inspection.Rejection is null ? pipeline.Versions : pipeline.OwnVersion,
        MediaType = inspection.MediaType,
        LeftBehind = inspection.LeftBehind,
        Bytes = received.Bytes,
        Received = received.Digest,
        At = time.GetUtcNow(),
        Pages = pages,
    };

    private static PageVerdict WorstPage(DocumentManifest manifest) =>
        manifest.Pages.IsEmpty ? PageVerdict.Withheld : manifest.Pages.Min(page => page.Verdict);

    /// <summary>The manifest of a page in a document that stays inside: it names no files.</summary>
    private static PageManifest KeptInside(PageManifest page, DocumentVerdict document)
    {
        (PageVerdict verdict, HoldReason? reason) = DocumentRule.Within(document, page.Verdict, page.Reason);
        return page with { Verdict = verdict, Reason = reason, Image = null, Text = null };
    }

    private static FindingTally Tally(DocumentManifest manifest)
    {
        var counts = FindingTally.Empty.Counts.ToBuilder();
        foreach (ManifestMark mark in manifest.Pages.SelectMany(page => page.Marks.Unpack()))
        {
            string category = mark.Category.ToString();
            counts[category] = counts.GetValueOrDefault(category) + 1;
            Telemetry.Finding(mark.Category);
        }

        return new FindingTally(counts.ToImmutable());
    }
}

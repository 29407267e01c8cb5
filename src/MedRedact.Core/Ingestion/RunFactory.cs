using System.Collections.Immutable;
using MedRedact.Resuming;
using MedRedact.Window;

namespace MedRedact.Ingestion;

/// <summary>A document whose structure was judged; there is a run only where it was not rejected.</summary>
internal sealed record OpenedDocument(Inspection Inspection, DocumentRun? Run);

/// <summary>Takes documents in, judges their structure and starts runs.</summary>
internal sealed class RunFactory(
    CompiledPipeline pipeline,
    Intake intake,
    ImmutableArray<IPageReader> readers,
    PageWorkplace workplace,
    PageWindow window,
    PageFinishing finishing,
    IRasterMemory memory,
    TimeProvider time)
{
    private readonly PageRestoring _restoring = new(pipeline, window, time, memory);

    /// <summary>Takes the document into quarantine, or says why nothing of it was kept.</summary>
    public ValueTask<IntakeResult> ReceiveAsync(IngestionRequest request, CancellationToken cancellationToken) =>
        intake.ReceiveAsync(request.Source, request.Tenant, pipeline.Limits.MaxFileBytes, cancellationToken);

    /// <summary>The keyed digest by which a repetition is known.</summary>
    public ValueTask<Digest256> DigestAsync(QuarantinedDocument document, IngestionRequest request, CancellationToken cancellationToken) =>
        intake.DigestAsync(document, request, pipeline, cancellationToken);

    /// <summary>Erases a repetition from quarantine.</summary>
    public async ValueTask ForgetAsync(QuarantinedDocument document, TenantId tenant, CancellationToken cancellationToken)
    {
        await intake.EraseAsync(document.Id, tenant, cancellationToken);
        if (pipeline.ObjectKeys is { } keys)
            await keys.ShredDocumentAsync(tenant, document.Id, StorageZone.Quarantine, cancellationToken);
    }

    /// <summary>The identity of a document of which nothing was kept.</summary>
    public DocumentId Refused() => DocumentId.Create(time);

    /// <summary>Judges the structure and, unless it is rejected, starts a run.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="document">The quarantined document.</param>
    /// <param name="kept">Where its pages are kept, for a request that can be repeated; outlives the run.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async ValueTask<OpenedDocument> OpenAsync(
        IngestionRequest request, QuarantinedDocument document, KeptPages? kept, CancellationToken cancellationToken)
    {
        (Inspection inspection, IPageSource? source) = await AskReadersAsync(document.Source, cancellationToken);
        if (source is null)
            return new OpenedDocument(inspection, Run: null);

        var context = new RunContext(request, document, inspection, source);
        var run = new DocumentRun(
            pipeline, context, new PageReading(pipeline, workplace.WorkerFor(source), window, time, memory, kept), finishing, _restoring, kept);
        try
        {
            if (kept is not null)
                await kept.OpenAsync(source, cancellationToken);
            return new OpenedDocument(inspection, run);
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the pages of a document outside a run: what is measured is decoded and read as a run would do it, and leaves nothing behind.</summary>
    /// <returns>The pages; <see langword="null"/> where the structure is refused.</returns>
    public async ValueTask<ReadablePages?> OpenPagesAsync(SourceDocument document, CancellationToken cancellationToken)
    {
        (Inspection inspection, IPageSource? source) = await AskReadersAsync(document, cancellationToken);
        return source is null ? null : new ReadablePages(pipeline, document, inspection, source, workplace.WorkerFor(source), DocumentId.Create(time), memory);
    }

    private async ValueTask<(Inspection Inspection, IPageSource? Source)> AskReadersAsync(SourceDocument document, CancellationToken cancellationToken)
    {
        try
        {
            return await TryReadersAsync(document, cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            // A reader's own exception may hold content.
            throw PipelineFaults.Fault(PipelineFaults.PageWorkFailed);
        }
    }

    /// <summary>The pages, as the first reader that knows the format opens them; none where the inspection holds a rejection.</summary>
    private async ValueTask<(Inspection Inspection, IPageSource? Source)> TryReadersAsync(SourceDocument document, CancellationToken cancellationToken)
    {
        var unknown = new Inspection(default, 0, PipelineFaults.UnknownFormat);
        foreach (IPageReader reader in readers)
        {
            Inspection inspection = await reader.InspectAsync(document, pipeline.Limits, cancellationToken);
            if (inspection.Unrecognized)
            {
                // A reader may know what it cannot read, and says so better than we could.
                unknown = inspection.Rejection is null ? unknown : inspection;
                continue;
            }

            return (inspection, inspection.Rejection is null ? await workplace.OpenAsync(reader, document, inspection, cancellationToken) : null);
        }

        return (unknown, null);
    }
}

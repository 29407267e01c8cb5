using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MedRedact.Diagnostics;
using MedRedact.Ingestion;
using MedRedact.Resuming;

namespace MedRedact;

/// <summary>Takes scanned records in and lets only clean pages out. Thread-safe; a host resolves it by its name as a keyed service.</summary>
public sealed class IngestionPipeline
{
    private readonly CompiledPipeline _pipeline;
    private readonly RunFactory _runs;
    private readonly IngestionCommit _commit;
    private readonly PageKeeping _keeping;
    private readonly IIngestionJournal? _journal;
    private readonly TimeProvider _time;

    internal IngestionPipeline(
        CompiledPipeline pipeline, RunFactory runs, IngestionCommit commit, PageKeeping keeping, IIngestionJournal? journal, TimeProvider time) =>
        (_pipeline, _runs, _commit, _keeping, _journal, _time) = (pipeline, runs, commit, keeping, journal, time);

    /// <summary>What was composed.</summary>
    public PipelineDescriptor Descriptor => _pipeline.Descriptor;

    /// <summary>The policy that decides, for evaluation.</summary>
    internal IDispositionPolicy Policy => _pipeline.Policy;

    /// <summary>How pages are read, for evaluation.</summary>
    internal OcrRequest Request => _pipeline.Request;

    /// <inheritdoc cref="RunFactory.OpenPagesAsync"/>
    internal ValueTask<ReadablePages?> OpenPagesAsync(SourceDocument document, CancellationToken cancellationToken) => _runs.OpenPagesAsync(document, cancellationToken);

    /// <summary>Runs a document into the configured store and commits it, or leaves no trace of it outside quarantine and ledger.</summary>
    /// <param name="request">What arrives, who brings it, why.</param>
    /// <param name="cancellationToken">Stops the run; nothing becomes visible then.</param>
    /// <returns>What became of the document. A repeated idempotency key with the same bytes returns the first report.</returns>
    /// <exception cref="MedRedactException">The source cannot be read (MR-PIP-003), the idempotency key is in conflict (MR-PIP-004),
    /// or a store, ledger or key failed: nothing was released.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<IngestionReport> IngestAsync(IngestionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var activity = Telemetry.Source.StartActivity("medredact.ingest");
        IntakeResult intake = await _runs.ReceiveAsync(request, cancellationToken);
        if (intake.Document is not { } received)
            return await _commit.RefuseAsync(request, _runs.Refused(), intake, cancellationToken);

        if (_journal is null || request.IdempotencyKey is not { } key)
            return await RunToStoreAsync(request, received, kept: null, cancellationToken);

        Digest256 digest = await _runs.DigestAsync(received, request, cancellationToken);
        DocumentId? interrupted = null;
        switch (await _journal.BeginAsync(request.Tenant, key, digest, received.Id, cancellationToken))
        {
            case JournalEntry.Fresh fresh when await FindInterruptedAsync(fresh, request.Tenant, cancellationToken) is { } committed:
                // The first attempt died between its commit and its entry in the journal: its document is the answer, and there is one.
                await _runs.ForgetAsync(received, request.Tenant, cancellationToken);
                await _keeping.EraseAsync(request.Tenant, committed.Document, interrupted: null);
                await _journal.CompleteAsync(request.Tenant, key, committed, CancellationToken.None);
                return committed;
            case JournalEntry.Fresh fresh:
                interrupted = fresh.Interrupted;
                break;
            case JournalEntry.Completed completed:
                await _runs.ForgetAsync(received, request.Tenant, cancellationToken);
                return completed.Report;
            default:
                await _runs.ForgetAsync(received, request.Tenant, cancellationToken);
                throw PipelineFaults.Fault(PipelineFaults.IdempotencyConflict);
        }

        IngestionReport report;
        using KeptPages kept = _keeping.Begin(request, received, interrupted);
        try
        {
            report = await RunToStoreAsync(request, received, kept, cancellationToken);
        }
        catch
        {
            // The key is free from here on, for other bytes too: nobody can take the pages over.
            await _keeping.EraseAsync(request.Tenant, received.Id, interrupted);
            await _journal.AbandonAsync(request.Tenant, key, CancellationToken.None);
            throw;
        }

        // The document is committed from here on: a key that cannot be completed stays taken, and whoever takes it over finds the document.
        activity?.SetTag("medredact.pages.resumed", kept.Resumed);
        await _keeping.EraseAsync(request.Tenant, received.Id, interrupted);
        await _journal.CompleteAsync(request.Tenant, key, report, CancellationToken.None);
        return report;
    }

    /// <summary>Streams audited outcomes in page order to the caller instead of the store, once every page of the document has its verdict.</summary>
    /// <remarks>The rule is that of <see cref="IngestAsync"/>: a page comes out released only where its document is released. All pages are finished before
    /// the first outcome is handed out; when a page is withheld and the policy does not release incomplete documents, or a page waits for a person, the clean
    /// pages of the document stay inside with it under <c>MR-PIP-012</c>. Memory is bounded as for a stored document: between its verdict and its turn a page
    /// is its clean text and the pixels that were painted; its original is decoded once more from quarantine, and the clean page is handed out only if it is
    /// the one that was judged, bit by bit.</remarks>
    /// <param name="request">What arrives, who brings it, why. Its idempotency key is not used: nothing is stored.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>One outcome a page; none for a document that is rejected, which is on record.</returns>
    /// <exception cref="MedRedactException">As for <see cref="IngestAsync"/>; or, after outcomes were handed out, the ledger or the quarantined original
    /// failed (MR-PIP-009, MR-PIP-010): the ledger tells which pages were released, and no more follow.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async IAsyncEnumerable<PageOutcome> RunAsync(
        IngestionRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        IntakeResult intake = await _runs.ReceiveAsync(request, cancellationToken);
        if (intake.Document is not { } received)
        {
            await _commit.RefuseAsync(request, _runs.Refused(), intake, cancellationToken);
            yield break;
        }

        var trail = new AuditTrail(_pipeline.Audit, _time, request, received.Id, _pipeline.Policy.Hash);
        await trail.ReceivedAsync(received, cancellationToken);
        OpenedDocument opened = await _runs.OpenAsync(request, received, kept: null, cancellationToken);
        if (opened.Run is null)
        {
            await trail.RejectedAsync(opened.Inspection.Rejection!.Value, manifest: null, cancellationToken);
            yield break;
        }

        await using DocumentRun run = opened.Run;
        await foreach (FinishedPage page in run.JudgedPagesAsync(cancellationToken))
        {
            AuditReceipt receipt;
            try
            {
                receipt = await trail.PageAsync(IngestionCommit.Record(page), cancellationToken);
            }
            catch
            {
                page.Dispose();
                throw;
            }

            Telemetry.Page(page.Verdict, page.Reason);
            PageOutcome outcome = page switch
            {
                { Verdict: PageVerdict.Released, Content: { } content } => new PageOutcome.Released(page.Page, content, receipt),
                { Verdict: PageVerdict.HeldForReview } => new PageOutcome.HeldForReview(page.Page, page.Reason!.Value),
                _ => new PageOutcome.Withheld(page.Page, page.Reason!.Value),
            };
            try
            {
                yield return outcome;
            }
            finally
            {
                if (outcome is PageOutcome.Released { IsTaken: true })
                    page.LeaveWindow();
                else
                    page.Dispose();
            }
        }
    }

    private async ValueTask<IngestionReport?> FindInterruptedAsync(JournalEntry.Fresh fresh, TenantId tenant, CancellationToken cancellationToken) =>
        fresh.Interrupted is { } document ? await _pipeline.Store.FindReportAsync(document, tenant, cancellationToken) : null;

    private async Task<IngestionReport> RunToStoreAsync(
        IngestionRequest request, QuarantinedDocument received, KeptPages? kept, CancellationToken cancellationToken)
    {
        var trail = new AuditTrail(_pipeline.Audit, _time, request, received.Id, _pipeline.Policy.Hash);
        await trail.ReceivedAsync(received, cancellationToken);
        OpenedDocument opened = await _runs.OpenAsync(request, received, kept, cancellationToken);
        if (opened.Run is null)
            return await _commit.RejectAsync(request, received, opened, cancellationToken);

        await using DocumentRun run = opened.Run;
        return await _commit.CommitAsync(request, received, opened.Inspection, run, cancellationToken);
    }
}

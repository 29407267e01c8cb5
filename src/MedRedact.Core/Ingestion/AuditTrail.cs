namespace MedRedact.Ingestion;

/// <summary>Makes the pipeline's events: who, what, for what purpose, under which policy; codes and digests, no content.</summary>
internal sealed class AuditTrail(IAuditSink sink, TimeProvider time, IngestionRequest request, DocumentId document, PolicyHash policy)
{
    public ValueTask<AuditReceipt> ReceivedAsync(QuarantinedDocument received, CancellationToken cancellationToken) => AppendAsync(
        AuditKind.DocumentReceived, AuditDecision.Held, cancellationToken,
        new("digest", AuditValue.Of(received.Digest)), new("bytes", AuditValue.Of(received.Bytes)));

    public ValueTask<AuditReceipt> RejectedAsync(RejectionCode reason, Digest256? manifest, CancellationToken cancellationToken) => manifest is { } digest
        ? AppendAsync(
            AuditKind.DocumentRejected, AuditDecision.Denied, cancellationToken,
            new("reason", AuditValue.Of(reason)), new("manifest", AuditValue.Of(digest)))
        : AppendAsync(AuditKind.DocumentRejected, AuditDecision.Denied, cancellationToken, new AuditField("reason", AuditValue.Of(reason)));

    public ValueTask<AuditReceipt> PageAsync(PageOutcomeRecord page, CancellationToken cancellationToken) => page.Verdict switch
    {
        PageVerdict.Released => AppendAsync(
            AuditKind.PageReleased, AuditDecision.Permitted, cancellationToken,
            new("page", AuditValue.Of(page.Page.Value)), new("findings", AuditValue.Of(page.Findings)),
            new("before", AuditValue.Of(page.Before)), new("after", AuditValue.Of(page.After))),
        PageVerdict.HeldForReview => AppendAsync(
            AuditKind.PageHeld, AuditDecision.Held, cancellationToken,
            new("page", AuditValue.Of(page.Page.Value)), new("reason", AuditValue.Of(page.Reason!.Value))),
        _ => AppendAsync(
            AuditKind.PageWithheld, AuditDecision.Denied, cancellationToken,
            new("page", AuditValue.Of(page.Page.Value)), new("reason", AuditValue.Of(page.Reason!.Value))),
    };

    public ValueTask<AuditReceipt> DocumentAsync(
        DocumentVerdict verdict, HoldReason? reason, Digest256 manifest, int pages, int findings, CancellationToken cancellationToken) => verdict switch
        {
            DocumentVerdict.Released => AppendAsync(
                AuditKind.DocumentReleased, AuditDecision.Permitted, cancellationToken,
                new("manifest", AuditValue.Of(manifest)), new("pages", AuditValue.Of(pages)), new("findings", AuditValue.Of(findings))),
            _ => AppendAsync(
                verdict == DocumentVerdict.HeldForReview ? AuditKind.DocumentHeld : AuditKind.DocumentWithheld,
                verdict == DocumentVerdict.HeldForReview ? AuditDecision.Held : AuditDecision.Denied,
                cancellationToken,
                new("reason", AuditValue.Of(reason!.Value)), new("manifest", AuditValue.Of(manifest)), new("pages", AuditValue.Of(pages))),
        };

    private ValueTask<AuditReceipt> AppendAsync(
        AuditKind kind, AuditDecision decision, CancellationToken cancellationToken, params ReadOnlySpan<AuditField> fields) => sink.AppendAsync(
        new AuditEvent(kind, time.GetUtcNow(), request.Actor)
        {
            Tenant = request.Tenant,
            Document = document,
            Purpose = request.Purpose,
            Decision = decision,
            PolicyHash = policy,
            Fields = [.. fields],
        },
        cancellationToken);
}

/// <summary>What the ledger says of a page.</summary>
internal sealed record PageOutcomeRecord(PageNumber Page, PageVerdict Verdict, HoldReason? Reason, int Findings, Digest256 Before, Digest256 After);

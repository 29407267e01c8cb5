using System.Runtime.CompilerServices;
using MedRedact.Barrier;
using MedRedact.Diagnostics;
using MedRedact.Resuming;
using MedRedact.Window;

namespace MedRedact.Ingestion;

/// <summary>One document on its way: reads all pages, crosses the barrier, then finishes page by page in order.</summary>
internal sealed class DocumentRun(
    CompiledPipeline pipeline, RunContext context, PageReading reading, PageFinishing finishing, PageRestoring restoring, KeptPages? kept)
    : IAsyncDisposable
{
    private int _examined;
    private SubjectId? _owner;

    private int PageCount => context.Source.PageCount;

    /// <summary>The type of the document; known once the first page is out.</summary>
    public DocumentType? DocumentType { get; private set; }

    /// <summary>Streams finished pages in order; the consumer owns each.</summary>
    public async IAsyncEnumerable<FinishedPage> PagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (PendingPages pending, ExaminedDocument document) = await ExamineAsync(cancellationToken);
        using (pending)
        {
            bool incomplete = pending.HasUnread && !pipeline.Policy.ReleasesIncompleteDocuments;
            int finished = 0;
            await foreach (FinishedPage page in OrderedWindow.RunAsync(PageCount, pipeline.Limits.MaxPagesInFlight, Begin, cancellationToken))
            {
                pending.LetGo(page.Page);
                Report(++finished);
                yield return page;
            }

            Func<Task<FinishedPage>> Begin(int number, CancellationToken cancel)
            {
                PendingPage page = pending[number];
                return page switch
                {
                    { Reason: { } reason } => () => Task.FromResult(FinishedPage.Withheld(page.Number, reason)),
                    _ when incomplete => () => Task.FromResult(FinishedPage.Withheld(page.Number, PipelineFaults.IncompleteDocument)),
                    _ => finishing.Begin(document, page.Packed!, page.OriginalPixels, cancel),
                };
            }
        }
    }

    /// <summary>Finishes all pages before the first comes out, then streams them in order as the document's verdict lets them go; the consumer owns each.</summary>
    /// <remarks>Between the two no pixels are kept: see <see cref="JudgedPage"/>.</remarks>
    public async IAsyncEnumerable<FinishedPage> JudgedPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var judged = new List<JudgedPage>(PageCount);
        await foreach (FinishedPage page in PagesAsync(cancellationToken))
        {
            using (page)
                judged.Add(JudgedPage.Of(page));
        }

        DocumentVerdict verdict = DocumentRule.VerdictOf([.. judged.Select(page => page.Outcome.Verdict)], pipeline.Policy);
        Telemetry.Document(verdict);
        await foreach (FinishedPage page in OrderedWindow.RunAsync(
            PageCount, pipeline.Limits.MaxPagesInFlight, (number, cancel) => restoring.Begin(context, judged[number - 1].Within(verdict), cancel), cancellationToken))
        {
            yield return page;
        }
    }

    /// <summary>Refuses what is to be kept of a document whose person was shredded while it was worked on: what was sealed since lies under no key of that person.</summary>
    /// <exception cref="MedRedactException"><see cref="PipelineFaults.SubjectShredded"/>.</exception>
    public async ValueTask ThrowIfShreddedAsync(CancellationToken cancellationToken)
    {
        if (_owner is { } person && pipeline.ObjectKeys is { } keys
            && (await keys.FindDocumentsAsync(context.Request.Tenant, person, cancellationToken))?.Contains(context.Document.Id) != true)
        {
            throw PipelineFaults.Fault(PipelineFaults.SubjectShredded);
        }
    }

    public ValueTask DisposeAsync() => context.Source.DisposeAsync();

    private void Report(int finished) =>
        context.Request.Progress?.Report(new IngestionProgress(_examined, finished, PageCount) { PagesResumed = kept?.Resumed ?? 0 });

    private async ValueTask<(PendingPages Pending, ExaminedDocument Document)> ExamineAsync(CancellationToken cancellationToken)
    {
        var pending = new PendingPages(PageCount);
        try
        {
            var search = new DocumentSearch(pipeline.DocumentDetectors, context.Request.KnownPatient);
            using var barrier = new DocumentBarrier(search);
            await foreach (PageReadResult page in OrderedWindow.RunAsync(PageCount, pipeline.Limits.MaxPagesInFlight, Begin, cancellationToken))
            {
                using (page)
                {
                    PackedPage? packed = page.Read is { } read ? await barrier.ArriveAsync(read, cancellationToken) : null;
                    pending[page.Page.Value] = new PendingPage(page.Page, packed, page.Read?.OriginalPixels ?? default, page.Reason);
                    if (kept is not null && page is { Read: { } fresh, IsResumed: false })
                        await kept.KeepAsync(fresh, cancellationToken);
                }

                _examined++;
                Report(finished: 0);
            }

            DocumentType = barrier.Type;
            var subject = new Subject(context.Document.Id, context.Request.KnownPatient);
            var certain = new CertainValues(pipeline.Policy, context);
            var found = new FoundValues(pipeline.Policy);
            for (int number = 1; number <= PageCount; number++)
            {
                if (pending[number].Packed is { } packed)
                    await barrier.CrossAsync(packed, See, cancellationToken);
            }

            SubjectId? owner = subject.RecordNumber is { } record ? await pipeline.Subjects.OfAsync(context.Request.Tenant, record, cancellationToken) : null;

            // As soon as it is known whose the document is, and before anything of it is written but its original: what is sealed for it later is bound with it.
            if (owner is { } person && pipeline.ObjectKeys is { } keys)
            {
                await keys.BindAsync(context.Request.Tenant, context.Document.Id, person, cancellationToken);
                _owner = person;
            }

            return (pending, new ExaminedDocument(context, DocumentType, search, subject.Reconciled, certain.All) { SubjectId = owner, Found = found.All });

            void See(ExaminedPage page)
            {
                subject.Add(page);
                certain.Add(page);
                found.Add(page);
            }
        }
        catch
        {
            pending.Dispose();
            throw;
        }

        Func<Task<PageReadResult>> Begin(int number, CancellationToken cancel) => reading.Begin(
            new PageWork(
                context.Document.Id, context.Document.Source, context.Inspection, new PageNumber(number), pipeline.Preparation, pipeline.Request,
                pipeline.Engine.Id),
            context.Request.KnownPatient,
            cancel);
    }
}

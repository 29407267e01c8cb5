using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MedRedact.Diagnostics;
using MedRedact.Window;

namespace MedRedact.Ingestion;

/// <summary>One document on its way: reads all pages, crosses the barrier, then finishes page by page in order.</summary>
internal sealed class DocumentRun(
    CompiledPipeline pipeline, RunContext context, PageReading reading, PageFinishing finishing, PageRestoring restoring, DocumentBarrier barrier)
    : IAsyncDisposable
{
    private int _examined;

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
                if (!finishing.NeedsWholeDocument)
                    pending.LetGo(page.Page);
                context.Request.Progress?.Report(new IngestionProgress(_examined, ++finished, PageCount));
                yield return page;
            }

            Func<Task<FinishedPage>> Begin(int number, CancellationToken cancel)
            {
                PendingPage page = pending[number];
                return page switch
                {
                    { Reason: { } reason } => () => Task.FromResult(FinishedPage.Withheld(page.Number, reason)),
                    _ when incomplete => () => Task.FromResult(FinishedPage.Withheld(page.Number, PipelineFaults.IncompleteDocument)),
                    _ => finishing.Begin(document, page.Examined!, page.OriginalPixels, cancel),
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

    public ValueTask DisposeAsync() => context.Source.DisposeAsync();

    private async ValueTask<(PendingPages Pending, ExaminedDocument Document)> ExamineAsync(CancellationToken cancellationToken)
    {
        var read = new List<PageReadResult>(PageCount);
        try
        {
            await foreach (PageReadResult page in OrderedWindow.RunAsync(PageCount, pipeline.Limits.MaxPagesInFlight, Begin, cancellationToken))
            {
                read.Add(page);
                context.Request.Progress?.Report(new IngestionProgress(++_examined, 0, PageCount));
            }

            (ImmutableArray<ExaminedPage> examined, DocumentType) = await barrier.CrossAsync(
                [.. read.Where(page => page.Read is not null).Select(page => page.Read!)], context.Request.KnownPatient, cancellationToken);
            var document = new ExaminedDocument(
                context,
                finishing.NeedsWholeDocument ? examined : [],
                Subject.Of(context.Document.Id, context.Request.KnownPatient, examined),
                CertainValues.Of(examined, pipeline.Policy, context));
            return (new PendingPages(read, examined), document);
        }
        catch
        {
            foreach (PageReadResult page in read)
                page.Dispose();
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

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MedRedact.Window;

namespace MedRedact.Ingestion;

/// <summary>One document on its way: reads all pages, crosses the barrier, then finishes page by page in order.</summary>
internal sealed class DocumentRun(
    CompiledPipeline pipeline, RunContext context, PageReading reading, PageFinishing finishing, DocumentBarrier barrier) : IAsyncDisposable
{
    private int _examined;

    private int PageCount => context.Source.PageCount;

    /// <summary>The type of the document; known once the first page is out.</summary>
    public DocumentType? DocumentType { get; private set; }

    /// <summary>Streams finished pages in order; the consumer owns each.</summary>
    public async IAsyncEnumerable<FinishedPage> PagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (ImmutableArray<PageReadResult> read, ImmutableArray<ExaminedPage> examined) = await ExamineAsync(cancellationToken);
        try
        {
            bool incomplete = read.Any(page => page.Read is null) && !pipeline.Policy.ReleasesIncompleteDocuments;
            var document = new ExaminedDocument(
                context,
                examined,
                Subject.Of(context.Document.Id, context.Request.KnownPatient, examined),
                CertainValues.Of(examined, pipeline.Policy, context));
            ILookup<PageNumber, ExaminedPage> byNumber = examined.ToLookup(page => page.Number);

            int finished = 0;
            await foreach (FinishedPage page in OrderedWindow.RunAsync(PageCount, pipeline.Limits.MaxPagesInFlight, Begin, cancellationToken))
            {
                context.Request.Progress?.Report(new IngestionProgress(_examined, ++finished, PageCount));
                yield return page;
            }

            Func<Task<FinishedPage>> Begin(int number, CancellationToken cancel)
            {
                PageReadResult result = read[number - 1];
                return result switch
                {
                    { Read: null, Reason: { } reason } => () => Task.FromResult(FinishedPage.Withheld(result.Page, reason)),
                    _ when incomplete => () => Task.FromResult(FinishedPage.Withheld(result.Page, PipelineFaults.IncompleteDocument)),
                    _ => finishing.Begin(document, byNumber[result.Page].Single(), result.Read!.OriginalPixels, cancel),
                };
            }
        }
        finally
        {
            foreach (ExaminedPage page in examined)
                page.Dispose();
        }
    }

    public ValueTask DisposeAsync() => context.Source.DisposeAsync();

    private async ValueTask<(ImmutableArray<PageReadResult> Read, ImmutableArray<ExaminedPage> Examined)> ExamineAsync(CancellationToken cancellationToken)
    {
        var read = ImmutableArray.CreateBuilder<PageReadResult>(PageCount);
        try
        {
            await foreach (PageReadResult page in OrderedWindow.RunAsync(PageCount, pipeline.Limits.MaxPagesInFlight, Begin, cancellationToken))
            {
                read.Add(page);
                context.Request.Progress?.Report(new IngestionProgress(++_examined, 0, PageCount));
            }

            (ImmutableArray<ExaminedPage> examined, DocumentType) = await barrier.CrossAsync(
                [.. read.Where(page => page.Read is not null).Select(page => page.Read!)], context.Request.KnownPatient, cancellationToken);

            // The merged findings stand on the examined pages: what they were merged from need not wait with them.
            return ([.. read.Select(page => page.WithoutFindings())], examined);
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

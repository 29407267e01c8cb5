using System.Collections.Immutable;
using MedRedact.Ingestion;

namespace MedRedact.Languages;

/// <summary>Lets a worker read each page in the first languages, and reads those again whose words are of another: the pixels that were prepared are still there.</summary>
internal sealed class LanguageChoosingWorker(IPageWorker worker, IOcrEngine engine, PageLanguages languages) : IPageWorker
{
    public async ValueTask<WorkedPage> WorkAsync(PageWork work, IRasterMemory memory, CancellationToken cancellationToken = default)
    {
        WorkedPage worked = await worker.WorkAsync(work, memory, cancellationToken);
        try
        {
            ImmutableArray<string> chosen = languages.Choose(worked.Recognized.Text);
            if (!chosen.SequenceEqual(work.Request.Languages))
            {
                PageText again = await engine.RecognizeAsync(worked.Prepared, work.Request with { Languages = chosen }, cancellationToken);
                worked.Recognized.Text.Dispose();
                worked.Recognized.Text = again;
            }

            worked.Recognized.Languages = chosen;
            return worked;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            worked.Dispose();

            // As for a first reading: an engine's own exception may hold content.
            throw PipelineFaults.PageFault(PipelineFaults.PageWorkFailed);
        }
        catch
        {
            worked.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync() => worker.DisposeAsync();
}

using Spectre.Console;

namespace MedRedact.Cli;

/// <summary>A progress bar on a terminal, one line a document anywhere else.</summary>
internal sealed class ScreenReporter : IReporter
{
    private readonly IAnsiConsole _console = PlainWidth.Console();

    public async Task<IngestionReport> WatchAsync(int index, int count, Func<IProgress<IngestionProgress>?, Task<IngestionReport>> ingest)
    {
        if (!_console.Profile.Capabilities.Interactive)
            return await ingest(null);

        return await _console.Progress().AutoClear(true).StartAsync(async context =>
        {
            ProgressTask bar = context.AddTask($"document {index + 1} of {count}");
            return await ingest(new Progress(bar));
        });
    }

    public void Finished(FileResult result)
    {
        string color = result.Verdict switch
        {
            DocumentVerdict.Released => "green",
            DocumentVerdict.HeldForReview => "yellow",
            _ => "red",
        };
        string code = result.Code is null ? "" : $"  {result.Code}";
        _console.MarkupLineInterpolated(
            $"[{color}]{result.Verdict,-13}[/] #{result.Index}  {result.Document ?? "-"}  pages {result.Released} released, {result.Held} held, {result.Withheld} withheld  findings {result.Findings}{code}");
        if (result.Path is not null)
            _console.MarkupLineInterpolated($"              {result.Path}");
        if (result.Remedy is not null)
            _console.MarkupLineInterpolated($"              {result.Remedy}");
        foreach (string line in result.Explanation)
            _console.WriteLine($"              {line}");
    }

    public void Summary(int files, int released, string output) =>
        _console.MarkupLineInterpolated($"{released} of {files} released; clean documents are in {output}");

    /// <summary>Reading is most of the work, finishing the rest.</summary>
    private sealed class Progress(ProgressTask bar) : IProgress<IngestionProgress>
    {
        public void Report(IngestionProgress value)
        {
            bar.MaxValue = value.PageCount * 2;
            bar.Value = value.PagesExamined + value.PagesFinished;
        }
    }
}

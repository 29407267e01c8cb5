using MedRedact.Evaluation;
using MedRedact.Ocr.Tesseract;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary>One evaluation of pages: corpora in, a table on the screen and reports in files out. The pipeline works in a home of its own, which goes with the run.</summary>
internal static class EvalPagesRun
{
    public delegate Task<EvalPagesResult> Evaluate(EvaluatedPipeline pipeline, IReadOnlyList<GoldCorpus> corpora, bool show);

    public static async Task RunAsync(EvalPagesSettings settings, string? policy, Evaluate evaluate, CancellationToken cancellationToken)
    {
        IReadOnlyList<GoldCorpus> corpora = await CorporaAsync(settings.Gold, cancellationToken);
        using var home = new PrivateFolder();
        EvalPagesResult result;
        await using (ServiceProvider services = await LocalHost.StartAsync(home.Path, policy, settings.Jobs, settings.Ocr))
        {
            var store = services.GetRequiredService<EncryptedFileStore>();
            var pipeline = new EvaluatedPipeline(
                services.GetRequiredKeyedService<IngestionPipeline>(LocalHost.Pipeline),
                LocalHost.Tenant,
                LocalHost.Actor,
                (document, zone, name, cancel) => store.ReadArtifactAsync(document, LocalHost.Tenant, zone, name, cancel),
                services.GetRequiredService<IRasterEncoder>())
            {
                OtherReader = await TesseractProgram.FindAsync(cancellationToken: cancellationToken),
                Jobs = settings.Jobs,
            };
            result = await WatchedAsync(pipeline, corpora, watched => evaluate(watched, corpora, settings.Html is not null));
        }

        result.Show(PlainWidth.Console());
        if (settings.Json is not null)
            await ReportFile.WriteAsync(settings.Json, result.Json(), cancellationToken);
        if (settings.Html is not null)
            await ReportFile.WriteAsync(settings.Html, result.Html, cancellationToken);
    }

    /// <summary>A folder with <c>corpus.json</c> is a corpus; any other is walked for such folders.</summary>
    private static async Task<IReadOnlyList<GoldCorpus>> CorporaAsync(IEnumerable<string> gold, CancellationToken cancellationToken)
    {
        var corpora = new List<GoldCorpus>();
        foreach (string folder in gold)
        {
            if (!Directory.Exists(folder))
                throw Faults.NoCorpus();
            foreach (string each in FolderWalk.Folders(folder).Where(each => File.Exists(Path.Combine(each, GoldCorpus.FileName))).Order(StringComparer.Ordinal))
                corpora.Add(await GoldCorpusReader.ReadAsync(each, cancellationToken));
        }

        return corpora.Count > 0 ? corpora : throw Faults.NoCorpus();
    }

    private static async Task<EvalPagesResult> WatchedAsync(EvaluatedPipeline pipeline, IReadOnlyList<GoldCorpus> corpora, Func<EvaluatedPipeline, Task<EvalPagesResult>> evaluate)
    {
        IAnsiConsole console = PlainWidth.Console();
        if (!console.Profile.Capabilities.Interactive)
            return await evaluate(pipeline);
        return await console.Progress().AutoClear(true).StartAsync(async context =>
        {
            ProgressTask bar = context.AddTask("documents", maxValue: corpora.Sum(corpus => corpus.Records.Length));
            return await evaluate(pipeline with { Progress = new Progress<int>(done => bar.Value = done) });
        });
    }
}

using System.CommandLine;
using MedRedact.Evaluation;

namespace MedRedact.Cli;

/// <summary><c>medredact eval ocr|redact --gold DIR…</c>: how well pages of a corpus are read, and what of their identifiers is left after a whole run.</summary>
internal static class EvalPagesCommand
{
    public static Command Ocr()
    {
        var options = new PageOptions();
        var command = new Command("ocr", "Read the pages of a corpus as ingest does and judge the reading, beside the tesseract program where it is installed.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            await EvalPagesRun.RunAsync(options.Of(parsed), policy: null, async (pipeline, corpora, show) =>
            {
                ReadingReport report = await new ReadingEvaluation(pipeline).RunAsync(corpora, cancel);
                return new EvalPagesResult(console => ReadingTable.Show(report, console), () => ReadingReportJson.Write(report), page => ReadingPage.Write(report, page));
            }, cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command Redact()
    {
        var options = new PageOptions();
        Option<string?> policy = CommonOptions.Policy("A shipped policy or a policy file; what it keeps need not be gone. Default: safe-harbor.");
        var command = new Command("redact", "Run a corpus through the whole pipeline, in a home of its own that is removed, and judge what is released.") { policy };
        options.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            await EvalPagesRun.RunAsync(options.Of(parsed), parsed.GetValue(policy), async (pipeline, corpora, show) =>
            {
                ReleaseReport report = await new ReleaseEvaluation(pipeline, keepsPages: show).RunAsync(corpora, cancel);
                return new EvalPagesResult(console => ReleaseTable.Show(report, console), () => ReleaseReportJson.Write(report), page => ReleasePage.Write(report, page));
            }, cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The options that both commands have.</summary>
    private sealed class PageOptions
    {
        private readonly Option<string[]> _gold = new("--gold")
        {
            Description = "Folders that hold a corpus, or folders of such folders. A corpus says of itself whether it is synthetic: only then does a page show its pages.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };

        private readonly Option<string?> _json = new("--json") { Description = "Write the figures as JSON to this file." };
        private readonly Option<string?> _html = new("--html") { Description = "Write one self-contained page to this file." };
        private readonly Option<int?> _jobs = new("--jobs") { Description = "Documents worked on at once. Default: the number of processors." };
        private readonly Option<string[]> _languages = CommonOptions.Languages();
        private readonly Option<string?> _tessdata = new("--tessdata") { Description = "The folder of Tesseract's trained data." };

        public void AddTo(Command command)
        {
            foreach (Option option in (Option[])[_gold, _json, _html, _jobs, _languages, _tessdata])
                command.Options.Add(option);
            command.Validators.Add(result =>
            {
                if (result.GetValue(_jobs) is < 1 or > 256)
                    result.AddError("--jobs is 1 to 256.");
            });
        }

        public EvalPagesSettings Of(ParseResult parsed) => new(
            parsed.GetValue(_gold)!,
            parsed.GetValue(_json),
            parsed.GetValue(_html),
            parsed.GetValue(_jobs) ?? Environment.ProcessorCount,
            OcrSettings.Of(parsed.GetValue(_languages)!, parsed.GetValue(_tessdata)));
    }
}

/// <summary>What an evaluation of pages was told.</summary>
internal sealed record EvalPagesSettings(string[] Gold, string? Json, string? Html, int Jobs, OcrSettings Ocr);

/// <summary>The forms that a report can be given out in.</summary>
internal sealed record EvalPagesResult(Action<Spectre.Console.IAnsiConsole> Show, Func<byte[]> Json, Action<TextWriter> Html);

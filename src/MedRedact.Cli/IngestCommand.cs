using System.CommandLine;
using MedRedact.Redaction;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Cli;

/// <summary><c>medredact ingest PATH… --out DIR</c>.</summary>
internal static class IngestCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "Files and folders.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Where the clean documents go, a folder each.", Required = true };
        Option<string?> policy = CommonOptions.Policy("A shipped policy (safe-harbor, limited-data-set, …) or a policy file. Default: safe-harbor.");
        var known = new Option<string?>("--known") { Description = "A JSON file of what is known about the patient." };
        var jobs = new Option<int?>("--jobs") { Description = "Pages worked on at once. Default: the number of processors." };
        var key = new Option<Guid?>("--idempotency-key") { Description = "The same key with the same files returns the first result." };
        Option<string[]> languages = CommonOptions.Languages();
        var tessdata = new Option<string?>("--tessdata") { Description = "The folder of Tesseract's trained data." };
        Option<string[]> rules = CommonOptions.Rules();
        var templates = new Option<string[]>("--templates") { Description = "Files of your own form templates.", DefaultValueFactory = _ => [] };
        var second = new Option<string>("--second-reading")
        {
            Description = "Read clean pages once more as a whole before they are released, and withhold what then shows: none, sampled or all.",
            DefaultValueFactory = _ => "none",
        };
        second.AcceptOnlyFromAmong("none", "sampled", "all");
        Option<bool> json = CommonOptions.Json();
        var explain = new Option<bool>("--explain") { Description = "List every finding: page, category, rule, confidence, disposition, box." };
        var pdf = new Option<bool>("--pdf") { Description = "Also write each clean document as one searchable PDF." };
        Option<bool> showPaths = CommonOptions.ShowPaths();
        Option<string> home = CommonOptions.Home();
        var command = new Command("ingest", "Ingest scanned records; only clean pages come out.")
        {
            paths, output, policy, known, jobs, key, languages, tessdata, rules, templates, second, json, explain, pdf, showPaths, home,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(jobs) is < 1 or > 256)
                result.AddError("--jobs is 1 to 256.");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            await using ServiceProvider services = await LocalHost.StartAsync(
                parsed.GetValue(home)!,
                parsed.GetValue(policy),
                parsed.GetValue(jobs) ?? Environment.ProcessorCount,
                OcrSettings.Of(parsed.GetValue(languages)!, parsed.GetValue(tessdata)),
                new DetectionSettings(parsed.GetValue(rules)!, parsed.GetValue(templates)!),
                ScopeOf(parsed.GetValue(second)!));
            var run = new IngestRun(
                services,
                new IngestSettings(
                    parsed.GetValue(output)!,
                    await KnownPatientFile.ReadAsync(parsed.GetValue(known), cancel),
                    parsed.GetValue(key),
                    parsed.GetValue(explain),
                    parsed.GetValue(pdf),
                    parsed.GetValue(showPaths)),
                parsed.GetValue(json) ? new JsonReporter(Console.Out) : new ScreenReporter());
            return await run.RunAsync(InputFiles.Expand(parsed.GetValue(paths)!, parsed.GetValue(home)!, parsed.GetValue(output)!), cancel);
        });
        return command;
    }

    private static SecondReadingScope ScopeOf(string name) => name switch
    {
        "none" => SecondReadingScope.None,
        "sampled" => SecondReadingScope.SampledPages,
        _ => SecondReadingScope.AllPages,
    };
}

/// <summary>What an ingest run was told.</summary>
internal sealed record IngestSettings(string Output, KnownPatient? Known, Guid? Key, bool Explain, bool Pdf, bool ShowPaths);

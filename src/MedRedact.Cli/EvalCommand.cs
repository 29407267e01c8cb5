using System.CommandLine;

namespace MedRedact.Cli;

/// <summary><c>medredact eval detect --gold DIR|FILE…</c>: how well detection does on labelled text, with intervals and causes.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        var gold = new Option<string[]>("--gold")
        {
            Description = "Labelled sets: .jsonl files of {\"id\",\"text\",\"spans\":[{\"start\",\"end\",\"type\"}]} in code points, or folders of them.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string?> policy = CommonOptions.Policy("Judge what this policy removes. Default: everything that is found.");
        var age90 = new Option<bool>("--age90") { Description = "Ages up to 89 are neither misses nor errors, as Safe Harbor keeps them." };
        var json = new Option<string?>("--json") { Description = "Write the figures as JSON to this file." };
        var html = new Option<string?>("--html") { Description = "Write one self-contained page to this file." };
        var synthetic = new Option<bool>("--synthetic")
        {
            Description = "Declare that the sets are about nobody: the page then shows texts, and sets are called by their files' names. Never use it on records of people.",
        };
        var detect = new Command("detect", "Run detection over labelled sets and judge it.") { gold, policy, age90, json, html, synthetic };
        detect.SetAction(async (parsed, cancel) =>
        {
            IDispositionPolicy? decides = parsed.GetValue(policy) is { } name ? await LocalHost.PolicyAsync(name) : null;
            var run = new EvalRun(decides, parsed.GetValue(age90), parsed.GetValue(synthetic));
            await run.RunAsync(parsed.GetValue(gold)!, parsed.GetValue(json), parsed.GetValue(html), cancel);
            return ExitCodes.Done;
        });
        return new Command("eval", "Measure against labelled data.") { detect, EvalPagesCommand.Ocr(), EvalPagesCommand.Redact() };
    }
}

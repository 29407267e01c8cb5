using BenchmarkDotNet.Running;
using MedRedact.Benchmarks;

// Each measure prints what it compares and the ratio; figures in benchmarks/README.md come from these commands.
var measures = new Dictionary<string, Func<string[], Task<int>>>(StringComparer.Ordinal)
{
    ["pipeline"] = PipelineCost.RunAsync,
    ["isolation"] = WorkerStart.RunAsync,
    ["scaling"] = PipelineScaling.RunAsync,
    ["memory"] = PipelineMemory.RunAsync,
    ["released"] = ReleasedPages.RunAsync,
    ["ocr"] = OcrBaseline.RunAsync,
    ["ocr-worn"] = OcrOnWornPages.RunAsync,
    ["ocr-pages"] = OcrOnPages.RunAsync,
    ["ocr-scale"] = OcrOnReducedPages.RunAsync,
    ["ocrmypdf"] = BesideOcrMyPdf.RunAsync,
    ["bad-input"] = BadInput.RunAsync,
    ["detect"] = DetectionThroughput.RunAsync,
    ["start-up"] = DetectionStartUp.RunAsync,
    ["prose"] = ProseThroughput.RunAsync,
    ["envelope"] = EnvelopeThroughput.RunAsync,
    ["ledger"] = LedgerAppend.RunAsync,
    ["ledger-open"] = LedgerOpening.RunAsync,
    ["ledger-search"] = LedgerSearch.RunAsync,
    ["vault"] = VaultSpeed.RunAsync,
    ["access"] = AccessDecisions.RunAsync,
};

if (args is [var name, ..] && measures.TryGetValue(name, out Func<string[], Task<int>>? measure))
    return await measure(args[1..]);

if (args is ["micro", ..])
{
    BenchmarkSwitcher.FromAssembly(typeof(PipelineCost).Assembly).Run(args[1..]);
    return 0;
}

Console.WriteLine($"usage: ./build.sh bench {string.Join('|', measures.Keys)}|micro [arguments]");
return args is [] or ["--list"] ? 0 : 2;

using MedRedact.Documents.Images;
using Microsoft.Extensions.Options;

namespace MedRedact.Benchmarks;

/// <summary>Word and character errors, words found in any order and CPU seconds on the pages of a folder, the stock <c>tesseract</c> program on one thread
/// beside prepared pages.</summary>
/// <remarks>Usage: <c>ocr-pages DIR [part of a name [folder]]</c>. With a folder only the prepared pages are read, and kept there to look at. Reads every <c>.png</c> and <c>.jpg</c> beside which a <c>.txt</c> of the same name holds the truth.</remarks>
internal static class OcrOnPages
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [string folder, ..] || !Directory.Exists(folder))
        {
            Console.WriteLine("usage: ocr-pages DIR [part of a name]");
            return 2;
        }

        StockTesseract stock = await StockTesseract.FindAsync();
        await using var ours = new PreparedReading();
        await ours.WarmUpAsync();
        ReadingTally allStock = new(), allOurs = new();
        Console.WriteLine($"{"",-28} {ReadingTally.Head("stock:")}    {ReadingTally.Head("prepared:")}");
        foreach (string path in Directory.EnumerateFiles(folder, args is [_, string part, ..] ? $"*{part}*" : "*").Order(StringComparer.Ordinal))
        {
            string truthPath = Path.ChangeExtension(path, ".txt");
            if (Path.GetExtension(path) is not (".png" or ".jpg") || !File.Exists(truthPath))
                continue;

            string truth = await File.ReadAllTextAsync(truthPath);
            string? keepAt = args is [_, _, string keep] ? Path.Combine(keep, Path.GetFileNameWithoutExtension(path) + ".png") : null;
            using PageImage page = await OpenAsync(path);
            (string, double) read = keepAt is null ? await stock.ReadAsync(page) : ("", 0);
            (string, double) prepared = await ours.ReadAsync(page, keepAt);
            ReadingTally stockOne = new(), oursOne = new();
            foreach (ReadingTally tally in (ReadingTally[])[stockOne, allStock])
                tally.Add(truth, read);
            foreach (ReadingTally tally in (ReadingTally[])[oursOne, allOurs])
                tally.Add(truth, prepared);

            Console.WriteLine($"{Path.GetFileNameWithoutExtension(path),-28} {stockOne}    {oursOne}");
        }

        Console.WriteLine($"{"all",-28} {allStock}    {allOurs}");
        return 0;
    }

    private static async Task<PageImage> OpenAsync(string path)
    {
        var reader = new ImagePageReader(Options.Create(new ImageDocumentOptions()));
        await using SourceDocument document = SourceDocument.FromOpener(_ => ValueTask.FromResult<Stream>(File.OpenRead(path)));
        Inspection inspection = await reader.InspectAsync(document, new PipelineLimits());
        await using IPageSource source = await reader.OpenAsync(document, inspection);
        return await source.OpenAsync(DocumentId.Create(TimeProvider.System), new PageNumber(1), RasterMemory.Shared);
    }
}

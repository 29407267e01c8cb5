using System.Globalization;
using MedRedact.Documents.Images;
using MedRedact.Ocr.Tesseract;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Benchmarks;

/// <summary>CPU of a clean page through the whole pipeline against the same page decoded and read by bare in-process Tesseract.</summary>
/// <remarks>All variants take turns on each page, so that a noisy machine is noisy for all of them. The first pages are not counted: it would be the runtime's compiler that is measured.</remarks>
internal static class PipelineCost
{
    private const int WarmUp = 24;

    public static async Task<int> RunAsync(string[] args)
    {
        int count = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 8;
        IReadOnlyList<byte[]> pages = Bench.Pages(WarmUp + count);
        await using Bench single = Bench.Start(reRead: false, configure: options => options.PageProcess = PageProcess.InHost);
        await using Bench reRead = Bench.Start(reRead: true, configure: options => options.PageProcess = PageProcess.InHost);
        await using Bench workers = Bench.Start(reRead: true, configure: options => options.PageProcess = PageProcess.Isolated);

        foreach (byte[] page in pages.Take(WarmUp))
        {
            await BareAsync(single.Services, page);
            await single.IngestAsync(page);
            await reRead.IngestAsync(page);
            await workers.IngestAsync(page);
        }

        var bare = new List<double>();
        var once = new List<double>();
        var again = new List<double>();
        var isolated = new List<double>();
        foreach (byte[] page in pages.Skip(WarmUp))
        {
            bare.Add(await CpuOfAsync(() => BareAsync(single.Services, page)));
            once.Add(await CpuOfAsync(() => single.IngestAsync(page)));
            again.Add(await CpuOfAsync(() => reRead.IngestAsync(page)));
            isolated.Add(await CpuOfAsync(() => workers.IngestAsync(page)));
        }

        Print("bare Tesseract", bare, bare);
        Print("pipeline, no second reading", once, bare);
        Print("pipeline, boxes' surroundings re-read", again, bare);
        Print("the same in worker processes", isolated, bare);
        return 0;
    }

    private static void Print(string what, List<double> cpu, List<double> bare) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-40} {cpu.Average(),6:F3} CPU s a page   {cpu.Sum() / bare.Sum(),5:F2} x   median of ratios {Bench.Median(cpu.Zip(bare, (a, b) => a / b)),5:F2}"));

    private static async Task<double> CpuOfAsync(Func<Task> work)
    {
        double start = Bench.Cpu();
        await work();
        return Bench.Cpu() - start;
    }

    private static async Task BareAsync(IServiceProvider services, byte[] png)
    {
        ImagePageReader reader = services.GetServices<IPageReader>().OfType<ImagePageReader>().Single();
        await using SourceDocument document = SourceDocument.FromOpener(_ => ValueTask.FromResult<Stream>(new MemoryStream(png)));
        Inspection inspection = await reader.InspectAsync(document, new PipelineLimits());
        await using IPageSource source = await reader.OpenAsync(document, inspection);
        using PageImage image = await source.OpenAsync(DocumentId.Create(TimeProvider.System), new PageNumber(1), RasterMemory.Shared);
        using ReadText? text = await services.GetRequiredService<TesseractEnginePool>().RunAsync(
            engines => engines.Use(LanguageSet.Of(["eng"]), engine =>
            {
                // One pass: what the engine reads again counts as ours.
                using var watch = new RecognitionWatch(TimeProvider.System, TimeSpan.FromHours(1), CancellationToken.None);
                using GrayImage pixels = GrayImage.Of(image.Reveal());
                return engine.Recognize(pixels, image.Reveal().Dpi, OcrLayout.Page, watch);
            }),
            CancellationToken.None);
    }
}

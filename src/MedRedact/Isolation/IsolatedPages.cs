using MedRedact.Documents.Images;
using MedRedact.Isolation;
using MedRedact.Ocr.Tesseract;
using MedRedact.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Lets images be decoded, prepared and read in worker processes. PDF isolates itself: a process of poppler for each page.</summary>
internal static class IsolatedPages
{
    // The engine stops by itself a little before its process would be killed, and says so.
    private static readonly TimeSpan Sooner = TimeSpan.FromSeconds(5);

    extension(IMedRedactBuilder builder)
    {
        public IMedRedactBuilder AddIsolatedPages(OnPremisesOptions chosen)
        {
            if (chosen.PageProcess == PageProcess.InHost || (chosen.PageProcess == PageProcess.IsolatedWhereFound && !PageWorkerProbe.IsFound()))
                return builder;

            builder.AddPageWorkers(workers => workers.Isolate<ImagePageReader>().Isolate<LeptonicaPreparer>().Isolate<TesseractOcrEngine>());
            builder.Services.AddOptions<PageWorkerOptions>().Configure<IOptions<TesseractOptions>, IOptions<ImageDocumentOptions>>(
                static (workers, ocr, images) => Configure(workers, ocr.Value, images.Value));
            return builder;
        }
    }

    /// <summary>Hands the options of the parts on to the worker.</summary>
    public static void Configure(PageWorkerOptions workers, TesseractOptions ocr, ImageDocumentOptions images)
    {
        TimeSpan most = workers.Patience - Sooner;
        WorkerSettings.Write(workers.Settings, ocr, images);
        if (most >= TimeSpan.FromSeconds(1) && ocr.PageTimeLimit > most)
            WorkerSettings.LimitPageTime(workers.Settings, most);
    }
}

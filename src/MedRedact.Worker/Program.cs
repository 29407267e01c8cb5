using MedRedact;
using MedRedact.Documents.Images;
using MedRedact.Isolation;
using MedRedact.Ocr.Tesseract;
using MedRedact.Worker;
using Microsoft.Extensions.Options;

return await PageWorkerProgram.RunAsync(settings =>
{
    TesseractOptions ocr = WorkerSettings.ReadOcr(settings);
    var environment = TesseractEnvironment.Probe(ocr);
    if (environment.Fault is { } fault)
        throw new MedRedactException(fault, environment.Remedy);

    var pool = new TesseractEnginePool(ocr);
    return new PageWorkerParts
    {
        Readers = [new ImagePageReader(Options.Create(WorkerSettings.ReadImages(settings)))],
        Preparer = new LeptonicaPreparer(pool),
        Engines = [new TesseractOcrEngine(pool)],
    };
});

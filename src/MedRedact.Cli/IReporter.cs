namespace MedRedact.Cli;

/// <summary>Tells the user how an ingest run goes.</summary>
internal interface IReporter
{
    /// <summary>Shows progress while a document runs.</summary>
    Task<IngestionReport> WatchAsync(int index, int count, Func<IProgress<IngestionProgress>?, Task<IngestionReport>> ingest);

    void Finished(FileResult result);

    void Summary(int files, int released, string output);
}

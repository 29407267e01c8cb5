namespace MedRedact.Evaluation;

/// <summary>Opens an artefact of a stored document.</summary>
/// <param name="document">The document.</param>
/// <param name="zone">The zone.</param>
/// <param name="name">The artefact's name.</param>
/// <param name="cancellationToken">Stops the call.</param>
/// <returns>Its bytes, or <see langword="null"/> where there is none; the caller disposes it.</returns>
public delegate ValueTask<Stream?> StoredArtifact(DocumentId document, StorageZone zone, ObjectName name, CancellationToken cancellationToken);

/// <summary>A pipeline to be measured with a corpus, and how to get at what it stored.</summary>
/// <param name="Pipeline">The pipeline; over a home of its own, for it keeps what it is given.</param>
/// <param name="Tenant">Whose the documents are.</param>
/// <param name="Actor">Who brings them in.</param>
/// <param name="Artifact">Opens what was stored.</param>
/// <param name="Encoder">Draws pages for reports.</param>
public sealed record EvaluatedPipeline(IngestionPipeline Pipeline, TenantId Tenant, ActorId Actor, StoredArtifact Artifact, IRasterEncoder Encoder)
{
    /// <summary>Another reader, with which the pipeline's own reading is compared and released pages are read again; none by default.</summary>
    public IOcrEngine? OtherReader { get; init; }

    /// <summary>Documents worked on at once, 1 or more. Default: 1.</summary>
    public int Jobs { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value)); } = 1;

    /// <summary>Told after each document how many are done.</summary>
    public IProgress<int>? Progress { get; init; }

    /// <summary>What the other reader reads, or nothing where there is none or it gave up.</summary>
    internal async ValueTask<PageText?> ReadOtherwiseAsync(PageImage page, CancellationToken cancellationToken)
    {
        if (OtherReader is null)
            return null;
        try
        {
            return await OtherReader.RecognizeAsync(page, Pipeline.Request, cancellationToken);
        }
        catch (PageFaultException)
        {
            return null;
        }
    }

    /// <summary>Judges all documents of all corpora, several at once, and hands the answers back in order.</summary>
    internal async Task<T[][]> ForEachAsync<T>(IReadOnlyList<GoldCorpus> corpora, Func<GoldCorpus, GoldRecord, CancellationToken, Task<T>> judge, CancellationToken cancellationToken)
    {
        T[][] answers = [.. corpora.Select(corpus => new T[corpus.Records.Length])];
        int done = 0;
        await Parallel.ForEachAsync(
            corpora.SelectMany((corpus, of) => corpus.Records.Select((record, at) => (corpus, of, record, at))),
            new ParallelOptions { MaxDegreeOfParallelism = Jobs, CancellationToken = cancellationToken },
            async (one, cancel) =>
            {
                answers[one.of][one.at] = await judge(one.corpus, one.record, cancel);
                Progress?.Report(Interlocked.Increment(ref done));
            });
        return answers;
    }
}

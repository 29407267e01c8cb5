using System.Collections.Immutable;
using MedRedact.Ingestion;

namespace MedRedact.Evaluation;

/// <summary>Reads a corpus as a pipeline does, without a run, and judges what was read; beside another reader where there is one.</summary>
/// <param name="pipeline">The pipeline; nothing is stored and nothing released.</param>
public sealed class ReadingEvaluation(EvaluatedPipeline pipeline)
{
    /// <summary>Reads and judges.</summary>
    /// <param name="corpora">What to read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MedRedactException">A page cannot be compared with its truth (<see cref="EvaluationFaults.CorpusPageDiffers"/>), a file cannot be opened, or
    /// the engine failed.</exception>
    public async Task<ReadingReport> RunAsync(IReadOnlyList<GoldCorpus> corpora, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(corpora);
        ComparedReading[][][] read = await pipeline.ForEachAsync(corpora, (_, record, cancel) => ReadAsync(record, cancel), cancellationToken);
        ImmutableArray<GradeReading> grades = [.. corpora.Select((corpus, of) => new GradeReading(
            corpus.Grade,
            ComparedReading.Sum(read[of].SelectMany(pages => pages)),
            [.. corpus.Records.SelectMany((record, at) => read[of][at].Select((page, number) => new PageReadingScore(at + 1, number + 1, record.Kind, page)))]))];
        return new ReadingReport(
            pipeline.OtherReader is { } reader ? $"{reader.Id} {reader.Version}" : null, grades, ComparedReading.Sum(grades.Select(grade => grade.All)));
    }

    private async Task<ComparedReading[]> ReadAsync(GoldRecord record, CancellationToken cancellationToken)
    {
        var read = new List<ComparedReading>();
        foreach (GoldFile file in record.Files)
        {
            await using SourceDocument source = SourceDocument.FromFile(file.Path);
            await using ReadablePages pages = await pipeline.Pipeline.OpenPagesAsync(source, cancellationToken) ?? throw EvaluationFaults.PageDiffers();
            if (pages.Count != file.Pages.Length)
                throw EvaluationFaults.PageDiffers();
            for (int number = 1; number <= pages.Count; number++)
                read.Add(await ReadAsync(pages, number, file.Pages[number - 1], cancellationToken));
        }

        return [.. read];
    }

    private async Task<ComparedReading> ReadAsync(ReadablePages pages, int number, GoldPage gold, CancellationToken cancellationToken)
    {
        ReadingFigures? other = null;
        using (PageImage page = await pages.DecodeAsync(number, cancellationToken))
        {
            if (page.OriginalSize != gold.Size)
                throw EvaluationFaults.PageDiffers();
            using PageText? text = await pipeline.ReadOtherwiseAsync(page, cancellationToken);
            if (pipeline.OtherReader is not null)
                other = ReadingScorer.Score(gold, text);
        }

        try
        {
            using WorkedPage ours = await pages.ReadAsync(number, cancellationToken);
            return new ComparedReading(ReadingScorer.Score(gold, ours.Recognized.Text), other);
        }
        catch (PageFaultException)
        {
            // A run would withhold the page.
            return new ComparedReading(ReadingScorer.Score(gold, read: null), other);
        }
    }
}

using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>Runs text detection over labelled sets and judges it. Not thread-safe.</summary>
/// <param name="policy">Judges what this policy removes; without one, everything found.</param>
/// <param name="ignoresAgesUnder90">Whether ages up to 89, and ages without a figure, are don't-care, as Safe Harbor keeps them.</param>
/// <param name="isSynthetic">Declares that the sets are about nobody: only then are texts kept for the report. Default: they are not.</param>
public sealed class DetectionEvaluation(IDispositionPolicy? policy, bool ignoresAgesUnder90, bool isSynthetic = false)
{
    private readonly DetectionTally _all = new();
    private readonly ImmutableArray<DetectionSet>.Builder _sets = ImmutableArray.CreateBuilder<DetectionSet>();

    /// <summary>Evaluates one set.</summary>
    /// <param name="name">What to call it in the report.</param>
    /// <param name="documents">Its documents, see <see cref="GoldReader"/>.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    /// <returns>Its figures.</returns>
    public async Task<DetectionSet> AddAsync(string name, IAsyncEnumerable<GoldDocument> documents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var tally = new DetectionTally();
        var kept = ImmutableArray.CreateBuilder<ScoredDocument>();
        await foreach (GoldDocument gold in documents.WithCancellation(cancellationToken))
        {
            DocumentScore score = DocumentScorer.Score(gold, FoundSpans.In(gold.Text, policy), ignoresAgesUnder90);
            tally.Add(score);
            _all.Add(score);
            if (isSynthetic)
                kept.Add(new ScoredDocument(gold, score));
        }

        var set = new DetectionSet(name, tally.Figures(), kept.ToImmutable());
        _sets.Add(set);
        return set;
    }

    /// <summary>All sets evaluated so far.</summary>
    /// <returns>The report.</returns>
    public DetectionReport Report() => new(policy?.Name, ignoresAgesUnder90, _sets.ToImmutable(), _all.Figures());
}

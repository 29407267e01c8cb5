using System.Collections.Immutable;
using MedRedact.Ingestion;

namespace MedRedact.Evaluation;

/// <summary>Runs a corpus through a whole pipeline and judges what comes out: verdicts, what is left of identifiers in pixels and text, what else was lost.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="keepsPages">Whether pages of a corpus that declares itself synthetic are kept for a report that shows them. Default: they are not.</param>
public sealed class ReleaseEvaluation(EvaluatedPipeline pipeline, bool keepsPages = false)
{
    private static readonly DetectorId s_truth = new("truth");
    private static readonly RuleId s_rule = new("truth");

    /// <summary>Runs and judges.</summary>
    /// <param name="corpora">What to run.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The report; the same corpora give the same figures, in whatever order documents are finished.</returns>
    /// <exception cref="MedRedactException">A page cannot be compared with its truth (<see cref="EvaluationFaults.CorpusPageDiffers"/>,
    /// <see cref="EvaluationFaults.ReleasedPageDiffers"/>), a file cannot be opened, or store, ledger or engine failed.</exception>
    public async Task<ReleaseReport> RunAsync(IReadOnlyList<GoldCorpus> corpora, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(corpora);
        IDispositionPolicy policy = pipeline.Pipeline.Policy;
        var judge = new DocumentJudge(pipeline, new PageScorer(category => MustGo(policy, category)));
        JudgedFile[][][] judged = await pipeline.ForEachAsync(
            corpora, (corpus, record, cancel) => judge.JudgeAsync(record, keepsPages && corpus.IsSynthetic, cancel), cancellationToken);

        var all = new ReleaseTally();
        var kinds = new SortedDictionary<string, ReleaseTally>(StringComparer.Ordinal);
        var grades = ImmutableArray.CreateBuilder<GradeRelease>();
        for (int i = 0; i < corpora.Count; i++)
        {
            var grade = new ReleaseTally();
            var shown = ImmutableArray.CreateBuilder<ShownDocument>();
            foreach ((GoldRecord record, JudgedFile[] files) in corpora[i].Records.Zip(judged[i]))
            {
                if (!kinds.TryGetValue(record.Kind, out ReleaseTally? kind))
                    kinds[record.Kind] = kind = new ReleaseTally();
                foreach (JudgedFile file in files)
                {
                    Array.ForEach([all, grade, kind], file.AddTo);
                    if (keepsPages && corpora[i].IsSynthetic)
                        shown.Add(new ShownDocument(record.Id, file.Verdict, file.Code, [.. file.Pages.Select(page => page.Shown).OfType<ShownPage>()]));
                }
            }

            grades.Add(new GradeRelease(corpora[i].Grade, grade.Figures(), shown.ToImmutable()));
        }

        return new ReleaseReport(
            policy.Name,
            pipeline.OtherReader is { } reader ? $"{reader.Id} {reader.Version}" : null,
            grades.ToImmutable(),
            [.. kinds.Select(kind => new KindRelease(kind.Key, kind.Value.Figures()))],
            all.Figures());
    }

    private static bool MustGo(IDispositionPolicy policy, PhiCategory category) => policy.Decide(
        new Finding(category, new Location.Area(new Box(0, 0, 1, 1)), Confidence.Certain, s_truth, s_rule),
        new DecisionContext(DocumentType: null, new PageNumber(1), PurposeOfUse.Operations)) != Disposition.Keep;
}

/// <summary>One file of a corpus after its run.</summary>
internal sealed record JudgedFile(DocumentVerdict Verdict, string? Code, ImmutableArray<JudgedRelease> Pages)
{
    public void AddTo(ReleaseTally tally)
    {
        tally.Add(Verdict, Code);
        foreach (JudgedRelease page in Pages)
            tally.Add(page.Score, page.Leaks, page.UnfinishedReadings);
    }
}

/// <summary>One released page, judged, with what may be shown of it.</summary>
internal sealed record JudgedRelease(PageScore Score, ImmutableArray<Leak> Leaks, int UnfinishedReadings, ShownPage? Shown);

using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>Adds the scores of documents up. Not thread-safe; its memory does not grow with the documents.</summary>
public sealed class DetectionTally
{
    private readonly Dictionary<string, (long All, long Touched, long Full)> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<(ConfusionCause Cause, string? Marked, string? Found, RuleId? Rule), long> _confusions = [];
    private Proportion _characters;
    private Proportion _others;
    private Proportion _precision;
    private Proportion _clean;
    private Proportion _typeMatch;
    private long _documents;
    private long _documentsWithLeak;
    private long _leaks;
    private long _squaredLeaks;

    /// <summary>Adds a document.</summary>
    /// <param name="score">Its score.</param>
    public void Add(DocumentScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        int leaks = score.Leaks;
        _documents++;
        _documentsWithLeak += leaks > 0 ? 1 : 0;
        _leaks += leaks;
        _squaredLeaks += (long)leaks * leaks;
        _characters += score.PhiCharacters;
        _others += score.OtherCharacters;
        _precision += new Proportion(score.Found.Length - score.OverRedactions, score.Found.Length);
        if (!score.HasPhi)
            _clean += new Proportion(score.OverRedactions > 0 ? 1 : 0, 1);

        foreach (GoldVerdict verdict in score.Gold)
            Add(verdict, score.Found);
        foreach (FoundVerdict verdict in score.Found)
        {
            if (!verdict.IsMarked)
                Count(ConfusionCause.OverRedacted, null, verdict.Found);
        }
    }

    /// <summary>The figures of all that was added.</summary>
    /// <returns>The figures.</returns>
    public DetectionFigures Figures()
    {
        long all = _types.Values.Sum(type => type.All);
        return new DetectionFigures
        {
            Documents = _documents,
            Characters = _characters,
            Overlapped = new Proportion(_types.Values.Sum(type => type.Touched), all),
            Full = new Proportion(_types.Values.Sum(type => type.Full), all),
            Precision = _precision,
            OtherCharacters = _others,
            DocumentsWithLeak = new Proportion(_documentsWithLeak, _documents),
            CleanDocumentsTouched = _clean,
            TypeMatch = _typeMatch,
            Leaks = new EventRate(_leaks, _documents, Dispersion()),
            Types =
            [
                .. _types.OrderByDescending(type => type.Value.All).ThenBy(type => type.Key, StringComparer.Ordinal)
                    .Select(type => new TypeFigures(type.Key, new Proportion(type.Value.Touched, type.Value.All), new Proportion(type.Value.Full, type.Value.All))),
            ],
            Confusions =
            [
                .. _confusions.Select(pair => new Confusion(pair.Key.Cause, pair.Key.Marked, pair.Key.Found, pair.Key.Rule, pair.Value))
                    .OrderBy(one => one.Cause).ThenByDescending(one => one.Count).ThenBy(one => one.Marked, StringComparer.Ordinal)
                    .ThenBy(one => one.Found, StringComparer.Ordinal).ThenBy(one => one.Rule?.Value, StringComparer.Ordinal),
            ],
        };
    }

    private void Add(GoldVerdict verdict, ImmutableArray<FoundVerdict> found)
    {
        if (verdict.Outcome == SpanOutcome.DontCare)
            return;
        FoundSpan? by = verdict.By < 0 ? null : found[verdict.By].Found;
        if (by is { } touching)
            _typeMatch += new Proportion(touching.Type == verdict.Gold.Type ? 1 : 0, 1);

        (long all, long touched, long full) = _types.GetValueOrDefault(verdict.Gold.Type);
        bool isFull = verdict.Outcome is SpanOutcome.Found or SpanOutcome.WrongType;
        _types[verdict.Gold.Type] = (all + 1, touched + (verdict.Outcome == SpanOutcome.NotFound ? 0 : 1), full + (isFull ? 1 : 0));
        if (verdict.Outcome == SpanOutcome.NotFound)
            Count(ConfusionCause.NotFound, verdict.Gold.Type, null);
        else if (verdict.Outcome != SpanOutcome.Found)
            Count(verdict.Outcome == SpanOutcome.InPart ? ConfusionCause.InPart : ConfusionCause.WrongType, verdict.Gold.Type, by);
    }

    private void Count(ConfusionCause cause, string? marked, FoundSpan? by)
    {
        var key = (cause, marked, by?.Type, by?.Rule);
        _confusions[key] = _confusions.GetValueOrDefault(key) + 1;
    }

    /// <summary>Variance over mean of the leaks of a document.</summary>
    private double Dispersion()
    {
        if (_documents < 2 || _leaks == 0)
            return 1;
        double mean = (double)_leaks / _documents;
        return (_squaredLeaks - (_leaks * mean)) / (_documents - 1) / mean;
    }
}

using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>
/// Trains a <see cref="ClinicalTagger"/> on labelled texts, one after another. The same texts in the same order with the same seed give the
/// same model, byte for byte. Not thread-safe.
/// </summary>
/// <remarks>
/// No word that is not an ordinary one becomes part of a model: a name is seen by its form, its frequency in the lexicon and its neighbours,
/// so that a model can be shared without the names it was trained on.
/// </remarks>
public sealed class ClinicalTaggerTrainer
{
    // How often a group of features is left out, by FeatureGroup, so that none is leant on alone.
    private static readonly double[] s_dropped = [0.15, 0.1, 0.03, 0.05, 0.25, 0.3];

    private readonly TrainedWeights _weights;
    private readonly Lattice _free = new();
    private readonly Lattice _true = new();
    private readonly int[] _rows = new int[TaggerGate.LongestSequence * FeatureRows.Most];
    private readonly int[] _counts = new int[TaggerGate.LongestSequence];
    private readonly int[] _allowed = new int[TaggerGate.LongestSequence];
    private readonly float[] _shares = new float[Tags.Lanes];
    private readonly int _bits;
    private ulong _random;

    /// <summary>Begins with a model that knows nothing.</summary>
    /// <param name="seed">Any number; it chooses what features are left out when.</param>
    /// <param name="size">Base-2 logarithm of the number of feature rows, 8 to 20; each row takes 16 bytes of a model.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is out of range.</exception>
    public ClinicalTaggerTrainer(int seed = 1, int size = 18)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 20);
        (_bits, _random, _weights) = (size, (uint)seed, new TrainedWeights(size));
    }

    /// <summary>Tokens judged so far.</summary>
    public long Tokens { get; private set; }

    /// <summary>Learns from one text.</summary>
    /// <param name="text">The text with its labels; not kept.</param>
    /// <returns>The share of judged tokens that the model, before learning, gave another label than the truth: 0 to 1.</returns>
    public double Learn(LabelledText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string value = text.Text.Reveal();
        if (value.Length == 0)
            return 0;
        using ScanBuffer buffer = ScanBuffer.Rent();
        TextScan scan = buffer.Scan(value);
        foreach (ITextRecognizer rule in RecognizerRunner.Rules)
            rule.Recognize(scan, buffer.Hits);
        using TaggerScan tagger = TaggerScan.Rent();
        tagger.Prepare(scan, buffer.Hits);
        ImmutableArray<LabelledSpan> spans = Scanned(buffer, scan, text.Spans);
        int judged = 0;
        double wrong = 0;
        for ((int first, int end) = tagger.Next(0); first < end; (first, end) = tagger.Next(end))
        {
            TrueTags.Of(scan, spans, first, end, _allowed);
            wrong += Sequence(scan, tagger, first, end);
            judged += end - first;
        }

        Tokens += judged;
        return judged == 0 ? 0 : wrong / judged;
    }

    /// <summary>Writes what was learnt, as <see cref="ClinicalTaggerOptions.ModelPath"/> takes it.</summary>
    /// <param name="file">Left open.</param>
    public void Write(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        TaggerModelFile.Write(_weights.ToModel(), file);
    }

    /// <summary>Labels in positions of the scanned text, which may have lost invisible characters.</summary>
    private static ImmutableArray<LabelledSpan> Scanned(ScanBuffer buffer, in TextScan scan, ImmutableArray<LabelledSpan> spans)
    {
        if (!buffer.IsMapped)
            return spans;
        var mapped = ImmutableArray.CreateBuilder<LabelledSpan>(spans.Length);
        foreach (LabelledSpan span in spans)
        {
            (int start, int end) = buffer.ToScanned(span.Start, span.End);
            if (end > start)
                mapped.Add(span with { Start = start, End = end });
        }

        return mapped.ToImmutable();
    }

    private double Sequence(in TextScan scan, TaggerScan tagger, int first, int end)
    {
        int length = end - first;
        _free.Begin(length);
        _true.Begin(length);
        for (int t = 0; t < length; t++)
        {
            Span<int> room = _rows.AsSpan(t * FeatureRows.Most, FeatureRows.Most);
            var rows = new FeatureRows(room, _bits, Drop());
            Features.Of(scan, tagger, first + t, ref rows);
            _counts[t] = rows.Count;
            _weights.Score(room[..rows.Count], _free.Scores(t));
            _free.Scores(t).CopyTo(_true.Scores(t));
        }

        for (int t = 0; t <= length; t++)
        {
            Step step = Transitions.StepTo(scan, first + t);
            _free.SetStep(t, step);
            _true.SetStep(t, step);
        }

        _weights.Transitions.Refresh();
        _free.Sum(_weights.Transitions);
        _true.Sum(_weights.Transitions, _allowed);
        return Descend(length);
    }

    /// <summary>One step toward the labellings that the truth allows; returns how many tokens had another label.</summary>
    private double Descend(int length)
    {
        double wrong = 0;
        for (int t = 0; t < length; t++)
        {
            Lanes free = _free.Share(t);
            free.Store(_shares, 0);
            wrong += IsLikeliestAllowed(_shares, _allowed[t]) ? 0 : 1;
            _weights.Descend(_rows.AsSpan(t * FeatureRows.Most, _counts[t]), free - _true.Share(t));
        }

        for (int t = 0; t < length; t++)
            DescendSteps(t);
        return wrong;
    }

    private void DescendSteps(int t)
    {
        int step = _free.StepTo(t);
        float free = 0;
        float truth = 0;
        for (int from = 0; from < Tags.Count; from++)
        {
            free += _free.ShareOfStep(_weights.Transitions, t, from, 1).Sum();
            truth += _true.ShareOfStep(_weights.Transitions, t, from, 1).Sum();
        }

        if (free <= 0 || truth <= 0)
            return;
        for (int from = 0; from < Tags.Count; from++)
        {
            Lanes slope = _free.ShareOfStep(_weights.Transitions, t, from, 1 / free) - _true.ShareOfStep(_weights.Transitions, t, from, 1 / truth);
            _weights.DescendStep(Transitions.At(step, from), slope);
        }
    }

    private static bool IsLikeliestAllowed(ReadOnlySpan<float> shares, int allowed)
    {
        int best = 0;
        for (int tag = 1; tag < Tags.Count; tag++)
        {
            if (shares[tag] > shares[best])
                best = tag;
        }

        return (allowed >> best & 1) != 0;
    }

    /// <summary>The groups of features to leave out this time.</summary>
    private int Drop()
    {
        int dropped = 0;
        for (int group = 0; group < s_dropped.Length; group++)
        {
            // SplitMix64: its sequence is fixed for good.
            ulong z = _random += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            if (((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53)) < s_dropped[group])
                dropped |= 1 << group;
        }

        return dropped;
    }
}

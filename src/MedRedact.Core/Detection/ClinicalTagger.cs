using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>
/// Names, places, addresses, organizations, facilities and professions by a statistical tagger, which judges each word by its form, its
/// neighbours, the lexicon and what the rules say of it. <see cref="TextRules"/> holds it already, with the model that ships; register
/// this one to use the tagger alone, or a model of your own.
/// </summary>
public sealed class ClinicalTagger : IPhiDetector
{
    private readonly ITextRecognizer[] _recognizers;

    /// <summary>With the model that ships.</summary>
    public ClinicalTagger()
        : this(new ClinicalTaggerOptions())
    {
    }

    /// <summary>With the model that the options name, read and checked at once.</summary>
    /// <param name="options">Copied.</param>
    /// <exception cref="MedRedactException"><c>MR-DET-001</c>: the model is damaged or of an unknown version. <c>MR-DET-002</c>: it cannot be opened.</exception>
    public ClinicalTagger(ClinicalTaggerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TaggerModel model = Load(options.ModelPath);
        Info = new DetectorInfo(new DetectorId("clinical-tagger"), new Version(1, 0, 0, model.Digest), PhiTypes.All);
        var tagger = new SpanTagger(() => model);
        _recognizers = [new TaggerAlone(tagger)];
        WithRules = [.. RecognizerRunner.Rules, tagger];
    }

    /// <summary>All rules, then this tagger.</summary>
    internal ITextRecognizer[] WithRules { get; }

    /// <inheritdoc/>
    /// <remarks>The last part of the version is taken from the model's hash, so that a manifest says which model judged.</remarks>
    public DetectorInfo Info { get; }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(RecognizerRunner.Run(page, Info, _recognizers));
    }

    private static TaggerModel Load(string? path)
    {
        if (path is null)
            return TaggerModel.Default;
        try
        {
            using FileStream file = File.OpenRead(path);
            return TaggerModelFile.Read(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw TaggingFaults.Missing();
        }
    }

    /// <summary>Lets the rules run for what the tagger sees of them, and keeps the tagger's hits only.</summary>
    private sealed class TaggerAlone(SpanTagger tagger) : ITextRecognizer
    {
        public void Recognize(in TextScan scan, HitList hits)
        {
            var seen = new HitList();
            foreach (ITextRecognizer rule in RecognizerRunner.Rules)
                rule.Recognize(scan, seen);
            int count = seen.Count;
            tagger.Recognize(scan, seen);
            for (int i = count; i < seen.Count; i++)
                hits.Add(seen[i]);
        }
    }
}

/// <summary>Options of <see cref="ClinicalTagger"/>.</summary>
public sealed class ClinicalTaggerOptions
{
    /// <summary>A model that <see cref="ClinicalTaggerTrainer"/> wrote; by default the one that ships.</summary>
    public string? ModelPath { get; set; }
}

using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>The rules of one or more files, compiled into what a scan needs; immutable once compiled.</summary>
internal sealed class RuleSet
{
    private readonly HashSet<PhiCategory> _denied = [];

    public List<DeclaredRecognizer> Recognizers { get; } = [];

    /// <summary>Label phrases of the recognizers in this set.</summary>
    public WordTrie<DeclaredLabel> OwnLabels { get; } = new();

    /// <summary>Label phrases for the built-in rules.</summary>
    public WordTrie<(PhraseKind Kind, LabelStrength Strength)> Labels { get; } = new();

    public WordTrie<AllowedPhrase> Allowed { get; } = new();

    public WordTrie<DeniedPhrase> Denied { get; } = new();

    public FuzzyPhrases Fuzzy { get; } = new();

    /// <summary>Below which confidence hits of a category are let go.</summary>
    public Dictionary<PhiCategory, float> Thresholds { get; } = [];

    /// <summary>The rules of all files; none where there are no files.</summary>
    /// <exception cref="DetectionFileException">Two files use one name, or set the threshold of one category.</exception>
    public static RuleSet? Of(IReadOnlyCollection<DetectionRules> files)
    {
        if (files.Count == 0)
            return null;
        var rules = new RuleSet();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (DetectionRules file in files)
            RuleFileReader.Read(file.Root, rules, names);
        rules.Recognizer = new DeclaredRecognizers(rules);
        return rules;
    }

    /// <summary>Runs them all over a scan.</summary>
    public ITextRecognizer Recognizer { get; private set; } = null!;

    /// <summary>The categories that a detector with these rules may find.</summary>
    public static ImmutableArray<PhiCategory> Categories(RuleSet? rules) => rules is null
        ? PhiTypes.All
        : [.. PhiTypes.All.Union(rules.Recognizers.Select(recognizer => recognizer.Rule.Category)).Union(rules.Fuzzy.Categories).Union(rules._denied)];

    public bool Deny(string phrase, DeniedPhrase denied)
    {
        _denied.Add(denied.Rule.Category);
        return Denied.Add(phrase, denied);
    }

    public float ThresholdOf(PhiCategory category) =>
        Thresholds.TryGetValue(category, out float least) || Thresholds.TryGetValue(category.Class, out least) ? least : 0;
}

using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>Reads a file of rules into a rule set, strictly: every key and value is known, or the file is refused at that place.</summary>
internal static class RuleFileReader
{
    public const int MostRecognizers = 256, MostPatterns = 16, MostPhrases = 20_000, MostLists = 256;

    public static readonly string[] FileKeys = ["$schema", "name", "version", "description", "recognizers", "labels", "allow", "deny", "fuzzy", "thresholds"];
    public static readonly string[] RecognizerKeys = ["name", "description", "category", "patterns", "misread", "check", "mustPass", "labels", "score", "labelledScore"];
    public static readonly string[] RecognizerLabelKeys = ["before", "after", "above", "required"];
    public static readonly string[] LabelKeys = ["category", "language", "phrases", "marked"];
    public static readonly string[] AllowKeys = ["name", "description", "phrases", "categories"];
    public static readonly string[] DenyKeys = ["name", "description", "category", "phrases", "score"];
    public static readonly string[] FuzzyKeys = ["name", "description", "category", "phrases", "maxDistance", "score"];

    /// <summary>Adds the rules of a file.</summary>
    /// <param name="root">The file.</param>
    /// <param name="rules">Grows.</param>
    /// <param name="names">The names that are taken.</param>
    public static void Read(JsonAt root, RuleSet rules, HashSet<string> names)
    {
        root.Object(FileKeys);
        foreach (JsonAt each in Entries(root, "recognizers", MostRecognizers))
            ReadRecognizer(each.Object(RecognizerKeys), rules, names);
        foreach (JsonAt each in Entries(root, "labels", MostLists))
            ReadLabels(each.Object(LabelKeys), rules);
        foreach (JsonAt each in Entries(root, "allow", MostLists))
            ReadAllowed(each.Object(AllowKeys), rules, names);
        foreach (JsonAt each in Entries(root, "deny", MostLists))
            ReadDenied(each.Object(DenyKeys), rules, names);
        foreach (JsonAt each in Entries(root, "fuzzy", MostLists))
            ReadFuzzy(each.Object(FuzzyKeys), rules, names);
        foreach ((JsonAt key, JsonAt value) in root.Optional("thresholds")?.Members() ?? [])
        {
            if (!rules.Thresholds.TryAdd(key.Category(), (float)value.Number(0, 1)))
                throw key.Refused(DetectionFileFaults.Duplicate);
        }
    }

    private static IReadOnlyList<JsonAt> Entries(JsonAt root, string key, int most) => root.Optional(key)?.Items(most) ?? [];

    private static void ReadRecognizer(JsonAt at, RuleSet rules, HashSet<string> names)
    {
        if (rules.Recognizers.Count == MostRecognizers)
            throw at.Refused(DetectionFileFaults.TooMany);

        JsonAt? labels = at.Optional("labels")?.Object(RecognizerLabelKeys);
        IReadOnlyList<JsonAt> patterns = Entries(at, "patterns", MostPatterns);
        if (patterns.Count == 0 && labels is null)
            throw at.Refused(DetectionFileFaults.Missing);

        double score = at.Optional("score")?.Number(0.01, 0.99) ?? 0.6;
        var recognizer = new DeclaredRecognizer(
            NewRule(at, names),
            [.. patterns.Select(pattern => Shape.Of(pattern.Text()) ?? throw pattern.Refused(DetectionFileFaults.Pattern))],
            at.Optional("misread")?.Boolean() ?? false,
            at.Optional("check") is { } check ? NamedChecks.All.GetValueOrDefault(check.Text()) ?? throw check.Refused(DetectionFileFaults.Check) : null,
            at.Optional("mustPass")?.Boolean() ?? false,
            patterns.Count == 0 || (labels?.Optional("required")?.Boolean() ?? false),
            (float)score,
            (float)(at.Optional("labelledScore")?.Number(0.01, 0.99) ?? Math.Max(score, 0.95)));
        if (recognizer is { MustPass: true, Check: null })
            throw at.Refused(DetectionFileFaults.Missing);

        if (labels is not null)
            ReadOwnLabels(labels, rules, rules.Recognizers.Count);
        rules.Recognizers.Add(recognizer);
    }

    private static void ReadOwnLabels(JsonAt labels, RuleSet rules, int recognizer)
    {
        int phrases = 0;
        foreach ((string key, LabelPlace place) in (ReadOnlySpan<(string, LabelPlace)>)[("before", LabelPlace.Before), ("after", LabelPlace.After), ("above", LabelPlace.Above)])
        {
            foreach (JsonAt phrase in Entries(labels, key, MostPhrases))
            {
                Added(phrase, rules.OwnLabels.Add(phrase.Text(), new DeclaredLabel(recognizer, place)));
                phrases++;
            }
        }

        if (phrases == 0)
            throw labels.Refused(DetectionFileFaults.Missing);
    }

    private static void ReadLabels(JsonAt at, RuleSet rules)
    {
        JsonAt category = at.Required("category");
        PhraseKind kind = PhraseKind.Neutral;
        if (category.Text() != "none" && !LabelKinds.TryFind(category.Category(), out kind))
            throw category.Refused(DetectionFileFaults.Category);

        // For readers of the file; a phrase counts in every language.
        if (at.Optional("language") is { } language && !IsLanguage(language.Text()))
            throw language.Refused(DetectionFileFaults.Value);
        LabelStrength strength = at.Optional("marked")?.Boolean() ?? false ? LabelStrength.Marked : LabelStrength.Free;
        foreach (JsonAt phrase in at.Required("phrases").Items(MostPhrases))
            Added(phrase, rules.Labels.Add(phrase.Text(), (kind, strength)));
    }

    private static void ReadAllowed(JsonAt at, RuleSet rules, HashSet<string> names)
    {
        TakeName(at, names);
        var allowed = new AllowedPhrase([.. Entries(at, "categories", 64).Select(category => category.Category())]);
        foreach (JsonAt phrase in at.Required("phrases").Items(MostPhrases))
            Added(phrase, rules.Allowed.Add(phrase.Text(), allowed));
    }

    private static void ReadDenied(JsonAt at, RuleSet rules, HashSet<string> names)
    {
        var denied = new DeniedPhrase(NewRule(at, names), (float)(at.Optional("score")?.Number(0.01, 0.99) ?? 0.99));
        foreach (JsonAt phrase in at.Required("phrases").Items(MostPhrases))
            Added(phrase, rules.Deny(phrase.Text(), denied));
    }

    private static void ReadFuzzy(JsonAt at, RuleSet rules, HashSet<string> names)
    {
        DeclaredRule rule = NewRule(at, names);
        double most = at.Optional("maxDistance")?.Number(0, 2) ?? 1;
        double score = at.Optional("score")?.Number(0.01, 0.99) ?? 0.9;
        foreach (JsonAt phrase in at.Required("phrases").Items(FuzzyPhrases.Most))
        {
            if (rules.Fuzzy.Count == FuzzyPhrases.Most)
                throw phrase.Refused(DetectionFileFaults.TooMany);
            Added(phrase, rules.Fuzzy.Add(phrase.Text(), rule, most, (float)score));
        }
    }

    private static DeclaredRule NewRule(JsonAt at, HashSet<string> names) => new(new RuleId(TakeName(at, names)), at.Required("category").Category());

    private static string TakeName(JsonAt at, HashSet<string> names)
    {
        JsonAt name = at.Required("name");
        string id = name.Id();
        return !Rules.IsBuiltIn(id) && names.Add(id) ? id : throw name.Refused(DetectionFileFaults.Duplicate);
    }

    private static void Added(JsonAt phrase, bool added)
    {
        if (!added)
            throw phrase.Refused(DetectionFileFaults.Phrase);
    }

    private static bool IsLanguage(string tag) => tag.Length is >= 2 and <= 35 && tag.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');
}

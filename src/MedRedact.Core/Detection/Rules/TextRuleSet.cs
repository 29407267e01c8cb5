namespace MedRedact.Detection;

/// <summary>Files of rules, compiled once for <see cref="TextDetection"/>. Immutable and thread-safe.</summary>
public sealed class TextRuleSet
{
    private TextRuleSet(RuleSet? rules) => Rules = rules;

    internal RuleSet? Rules { get; }

    /// <summary>Compiles files of rules that are used together.</summary>
    /// <param name="files">The files; none: the built-in rules alone.</param>
    /// <returns>The compiled rules.</returns>
    /// <exception cref="DetectionFileException">Two files use one name (<c>MR-DET-106</c>), or have too many recognizers or phrases together (<c>MR-DET-109</c>).</exception>
    public static TextRuleSet Compile(IEnumerable<DetectionRules> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new TextRuleSet(RuleSet.Of([.. files]));
    }
}

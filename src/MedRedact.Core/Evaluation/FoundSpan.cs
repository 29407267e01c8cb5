using System.Collections.Immutable;
using MedRedact.Detection;

namespace MedRedact.Evaluation;

/// <summary>A stretch that detection found and the policy does not keep, in the terms of labelled sets. Holds no text.</summary>
/// <param name="Start">First code point.</param>
/// <param name="End">One past the last.</param>
/// <param name="Type">The type under which labelled sets count the category, see <see cref="PhiTypes.DataType"/>.</param>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Confidence">How sure it is.</param>
public readonly record struct FoundSpan(int Start, int End, string Type, RuleId Rule, Confidence Confidence)
{
    /// <summary>The finding behind it, its positions in UTF-16 units; <see langword="null"/> where the span came from elsewhere.</summary>
    public Finding? Finding { get; init; }
}

/// <summary>Detection on plain text as labelled sets see it: what <c>medredact detect</c> writes and what <c>medredact eval detect</c> judges.</summary>
public static class FoundSpans
{
    private static readonly DecisionContext s_context = new(DocumentType: null, new PageNumber(1), PurposeOfUse.Operations);

    /// <summary>Finds what would be removed from a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="policy">Leaves out what this policy keeps; without one, everything found is given.</param>
    /// <param name="rules">Rules of your own, which run together with the built-in ones.</param>
    /// <param name="tagger">A tagger of one's own in place of the one that ships.</param>
    /// <returns>Disjoint and in order.</returns>
    public static ImmutableArray<FoundSpan> In(ReadOnlySpan<char> text, IDispositionPolicy? policy, TextRuleSet? rules = null, ClinicalTagger? tagger = null)
    {
        ImmutableArray<Finding> findings = TextDetection.Detect(text, known: null, rules, tagger);
        var spans = ImmutableArray.CreateBuilder<FoundSpan>(findings.Length);
        int unit = 0;
        int point = 0;
        foreach (Finding finding in findings)
        {
            if (policy?.Decide(finding, s_context) == Disposition.Keep)
                continue;
            TextSpan span = ((Location.Text)finding.Location).Span;
            int start = PointAt(text, span.Start, ref unit, ref point);
            spans.Add(new FoundSpan(start, PointAt(text, span.End, ref unit, ref point), PhiTypes.DataType(finding.Category), finding.RuleId, finding.Confidence) { Finding = finding });
        }

        return spans.ToImmutable();
    }

    /// <inheritdoc cref="In(ReadOnlySpan{char}, IDispositionPolicy?, TextRuleSet?, ClinicalTagger?)"/>
    public static ImmutableArray<FoundSpan> In(Phi<string> text, IDispositionPolicy? policy, TextRuleSet? rules = null, ClinicalTagger? tagger = null) => In(text.Reveal(), policy, rules, tagger);

    /// <summary>Code points before a UTF-16 offset; asked for in ascending order.</summary>
    private static int PointAt(ReadOnlySpan<char> text, int at, ref int unit, ref int point)
    {
        for (; unit < at; unit++)
        {
            if (!char.IsLowSurrogate(text[unit]) || unit == 0 || !char.IsHighSurrogate(text[unit - 1]))
                point++;
        }

        return point;
    }
}

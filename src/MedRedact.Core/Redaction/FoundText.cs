using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>The values of findings.</summary>
internal static class FoundText
{
    /// <summary>The text of a finding, with line breaks as spaces; <see langword="null"/> for an area.</summary>
    public static Phi<string>? Of(ExaminedPage page, Finding finding)
    {
        if (finding.Location is not Location.Text at)
            return null;

        PageText text = at.Layer == TextLayer.Native ? page.NativeText! : page.Text;
        return Phi.Of(text.Text.Extract(at.Span).Reveal().ReplaceLineEndings(" "));
    }

    /// <summary>The values of all findings of a page.</summary>
    public static ImmutableArray<Phi<string>> All(ExaminedPage page) =>
        [.. page.Findings.Select(finding => Of(page, finding)).Where(value => value is not null).Select(value => value!.Value)];
}

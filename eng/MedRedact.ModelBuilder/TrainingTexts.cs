using MedRedact.Detection;
using MedRedact.Synthesis;

namespace MedRedact.ModelBuilder;

/// <summary>The texts that the shipped model is trained on: made up from a seed, none of them twice, in a fixed order.</summary>
internal static class TrainingTexts
{
    private static readonly DocumentKind[] s_kinds = Enum.GetValues<DocumentKind>();

    /// <summary>One made-up record among so many texts of prose.</summary>
    private const int ProseForEachRecord = 30;

    public static IEnumerable<LabelledText> Make(int seed, int count)
    {
        int made = 0;
        foreach (SyntheticText text in LabelledProse.Many(seed, count))
        {
            yield return Labelled(text.Text, text.Spans);
            if (++made % ProseForEachRecord == 0)
            {
                SyntheticRecord record = SyntheticRecords.Create(s_kinds[made / ProseForEachRecord % s_kinds.Length], unchecked((seed * 1_000_003) + made));
                yield return Labelled(record.Text, record.Spans);
            }
        }
    }

    private static LabelledText Labelled(string text, IEnumerable<TruthSpan> spans) =>
        new(text, spans.Select(span => new LabelledSpan(span.Start, span.End, new PhiCategory("safe-harbor", span.Category))));
}

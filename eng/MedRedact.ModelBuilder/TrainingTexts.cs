using MedRedact.Detection;
using MedRedact.Synthesis;

namespace MedRedact.ModelBuilder;

/// <summary>The texts that the shipped model is trained on: made up from a seed, none of them twice, in a fixed order.</summary>
internal static class TrainingTexts
{
    private static readonly DocumentKind[] s_kinds = Enum.GetValues<DocumentKind>();

    public static IEnumerable<LabelledText> Make(int seed, int count)
    {
        for (int i = 0; i < count; i++)
        {
            SyntheticRecord record = SyntheticRecords.Create(s_kinds[i % s_kinds.Length], unchecked((seed * 1_000_003) + i));
            yield return Labelled(record.Text, record.Spans);
        }
    }

    private static LabelledText Labelled(string text, IEnumerable<TruthSpan> spans) =>
        new(text, spans.Select(span => new LabelledSpan(span.Start, span.End, new PhiCategory("safe-harbor", span.Category))));
}

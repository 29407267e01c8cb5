using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>The labels that the truth allows each token of a sequence to bear, as masks of tags.</summary>
internal static class TrueTags
{
    private const int OutsideOnly = 1 << Tags.Outside;

    /// <summary>Fills in one mask a token.</summary>
    public static void Of(in TextScan scan, ImmutableArray<LabelledSpan> spans, int first, int end, Span<int> allowed)
    {
        int span = 0;
        int before = -1;
        for (int i = first; i < end; i++)
        {
            ref readonly Token token = ref scan.Tokens[i];
            while (span < spans.Length && spans[span].End <= token.Start)
                span++;
            bool isInside = span < spans.Length && spans[span].Start < token.End;
            allowed[i - first] = !isInside ? OutsideOnly : spans[span].Category is { } category ? MaskOf(category, goesOn: before == span) : Tags.Any;
            before = isInside ? span : -1;
        }
    }

    private static int MaskOf(PhiCategory category, bool goesOn)
    {
        int mask = 0;
        foreach (EntityKind kind in KindsOf(category))
            mask |= 1 << (goesOn ? Tags.Inside(kind) : Tags.Begin(kind));
        return mask == 0 ? OutsideOnly : mask;
    }

    private static ReadOnlySpan<EntityKind> KindsOf(PhiCategory category) => category.Name switch
    {
        "name/organization" or "name/insurer" => [EntityKind.Organization],
        "geo" => [EntityKind.Place, EntityKind.Region, EntityKind.Street],
        "geo/facility" => [EntityKind.Facility],
        "geo/street" => [EntityKind.Street],
        "geo/state" or "geo/country" => [EntityKind.Region],
        "geo/zip" or "geo/room" => [],
        "unique/profession" => [EntityKind.Profession],
        _ when category.Class.Name == "name" => [EntityKind.Name],
        _ when category.Class.Name == "geo" => [EntityKind.Place],
        _ => [],
    };
}
